import { listOf, type Requirement, roleRow } from '../../access/declaration.ts'
import { roleArn } from '../../authn/arn.ts'
import { ENTITY_BY_ID } from '../../iam/entities-by-id.ts'
import { builder } from '../builder.ts'
import { type PayloadFields, there } from '../operation.ts'
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
  description: 'All null when no session of the role ever made a request.',
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', nullable: true }),
    region: t.exposeString('region', { nullable: true }),
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
  description: 'Permissions without credentials of their own: whom the trust policy names gets temporary ones.',
  id: { resolve: ({ id }) => id },
  findUnique: (id, { principal }) => ({ accountId_id: { accountId: principal.accountId, id } }),
  select: { accountId: true, id: true, name: true, path: true },
  fields: (t) => ({
    roleId: t.exposeString('id', { description: 'The unique id, `AROA…`: never given twice, unlike a name.' }),
    arn: t.field({ type: 'ARN', resolve: (role) => roleArn(role) }),
    name: t.exposeString('name'),
    path: t.exposeString('path'),
    description: t.exposeString('description', { nullable: true }),
    maxSessionDuration: t.exposeInt('maxSessionDuration', { description: 'Seconds.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    assumeRolePolicyDocument: t.field({
      type: 'PolicyDocument',
      nullable: true,
      description: 'The trust policy. Principals that were deleted are shown by their unique id.',
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
      access: { action: 'iam:GetRole', resource: roleRow },
      select: { lastUsedAt: true, lastUsedRegion: true },
      resolve: ({ lastUsedAt, lastUsedRegion }) => ({ at: lastUsedAt, region: lastUsedRegion }),
    }),
    tags: t.field({
      type: [Tag],
      nullable: true,
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
      access: { action: 'iam:GetRole', resource: roleRow },
    }),
    inlinePolicies: t.field({
      type: [InlinePolicy],
      nullable: true,
      access: { action: 'iam:ListRolePolicies', resource: roleRow },
      select: INLINE_POLICIES,
      resolve: ({ inlinePolicies, ...row }) => inlinePoliciesOf({ kind: 'role', row }, inlinePolicies),
    }),
    attachedPolicies: t.connection(
      {
        type: Policy,
        nullable: true,
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
    resolve: async (query, row, _args, context) => there(await ENTITY_BY_ID.Role(context, idOf(row), query)),
  })
}
