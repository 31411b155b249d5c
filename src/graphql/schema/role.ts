import { listOf, type Requirement, roleRow } from '../../access/declaration.ts'
import { roleArn } from '../../authn/arn.ts'
import { ENTITY_BY_ID } from '../../iam/entities-by-id.ts'
import { builder } from '../builder.ts'
import { type PayloadFields, stillThere } from '../operation.ts'
import { shownTrustPolicy } from '../trust-policy.ts'
import { InlinePolicy } from './inline-policy.ts'
import { Policy, PolicyConnection } from './policy.ts'
import {
  ATTACHED_POLICY,
  attachedPoliciesQuery,
  INLINE_POLICIES,
  inlinePoliciesOf,
  pageOfAttached,
} from './held-policies.ts'
import { Tag } from './tag.ts'

interface LastUsed {
  readonly at: Date | null
  readonly region: string | null
}

const RoleLastUsed = builder.objectRef<LastUsed>('RoleLastUsed').implement({
  description: 'The last request of a session of a role. Every field is null when there was none.',
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', nullable: true, description: 'When the request was made.' }),
    region: t.exposeString('region', {
      nullable: true,
      description: 'The region that was asked, for example `us-east-1`.',
    }),
  }),
})

interface RoleColumns {
  id: string
  name: string
  path: string
}

/** The trust policy is part of what lists show. */
const readable = {
  anyOf: [
    { action: 'iam:GetRole', resource: roleRow },
    { action: 'iam:ListRoles', resource: () => listOf('role') },
  ],
} as const satisfies { readonly anyOf: readonly Requirement<RoleColumns, object>[] }

export const Role = builder.prismaNode('Role', {
  description:
    'A role: permissions that principals named by its trust policy can assume. They get temporary credentials; the role has none of its own.',
  id: { resolve: ({ id }) => id },
  findUnique: (id, { principal }) => ({ accountId_id: { accountId: principal.accountId, id } }),
  select: { accountId: true, id: true, name: true, path: true },
  fields: (t) => ({
    roleId: t.exposeString('id', {
      description: 'The unique id, `AROA…`. It is never given to another role; a name can be.',
    }),
    arn: t.field({ type: 'ARN', resolve: (role) => roleArn(role) }),
    name: t.exposeString('name'),
    path: t.exposeString('path'),
    description: t.exposeString('description', { nullable: true, description: 'Null when the role has none.' }),
    maxSessionDuration: t.exposeInt('maxSessionDuration', {
      description: 'How long a session of the role may last at most, in seconds.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    assumeRolePolicyDocument: t.field({
      type: 'PolicyDocument',
      nullable: true,
      description:
        'The trust policy, which says who may assume the role. Principals that have been deleted are shown by their unique ids.',
      access: readable,
      select: { trustPolicy: true },
      resolve: (role, _args, context) => shownTrustPolicy(context, role),
    }),
    assumeRolePolicyText: t.string({
      nullable: true,
      description: 'The trust policy as it was written, white space included.',
      access: readable,
      select: { trustPolicy: true },
      resolve: (role, _args, context) => shownTrustPolicy(context, role),
    }),
    lastUsed: t.field({
      type: RoleLastUsed,
      nullable: true,
      description: 'The last request of a session of the role.',
      access: { action: 'iam:GetRole', resource: roleRow },
      select: { lastUsedAt: true, lastUsedRegion: true },
      resolve: ({ lastUsedAt, lastUsedRegion }) => ({ at: lastUsedAt, region: lastUsedRegion }),
    }),
    tags: t.field({
      type: [Tag],
      nullable: true,
      description: 'The tags of the role, by key.',
      access: {
        anyOf: [
          { action: 'iam:ListRoleTags', resource: roleRow },
          { action: 'iam:GetRole', resource: roleRow },
        ],
      },
      select: { tags: { select: { key: true, value: true }, orderBy: { keyFold: 'asc' } } },
      resolve: ({ tags }) => tags,
    }),
    permissionsBoundary: t.relation('boundary', {
      nullable: true,
      description: 'The managed policy that is the permissions boundary of the role; null when there is none.',
      access: { action: 'iam:GetRole', resource: roleRow },
    }),
    inlinePolicies: t.field({
      type: [InlinePolicy],
      nullable: true,
      description: 'The inline policies of the role, by name.',
      access: { action: 'iam:ListRolePolicies', resource: roleRow },
      select: INLINE_POLICIES,
      resolve: ({ inlinePolicies, ...row }) => inlinePoliciesOf({ kind: 'role', row }, inlinePolicies),
    }),
    attachedPolicies: t.connection(
      {
        type: Policy,
        nullable: true,
        description: 'The managed policies that are attached to the role, by name.',
        access: { action: 'iam:ListAttachedRolePolicies', resource: roleRow },
        select: (_args, _context, nested) => attachedPoliciesQuery(nested(ATTACHED_POLICY, ['edges', 'node'])),
        resolve: ({ attachedPolicies }, args) => pageOfAttached(attachedPolicies, args),
      },
      PolicyConnection,
    ),
  }),
})

export const RoleConnection = builder.connectionObject({ type: Role, name: 'RoleConnection' }, { name: 'RoleEdge' })

/** The role that a mutation changed: read again, with just what the client asked for. */
export function changedRole<Row extends object>(t: PayloadFields<Row>, idOf: (row: Row) => string) {
  return t.prismaField({
    type: Role,
    access: 'parent',
    resolve: async (query, row, _args, context) => stillThere(await ENTITY_BY_ID.Role(context, idOf(row), query)),
  })
}
