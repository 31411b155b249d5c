import { policy } from '../../access/declaration.ts'
import { managedPolicyArn } from '../../authn/arn.ts'
import { attachmentsIn, boundaryUsesIn, POLICY_USES } from '../../iam/policies/policy-uses.ts'
import { ENTITY_BY_ID } from '../../iam/entities-by-id.ts'
import { builder } from '../builder.ts'
import { type PayloadFields, stillThere } from '../operation.ts'
import { Tag } from './tag.ts'

type Row = { accountId: string; name: string; path: string; builtIn: boolean }

const thisPolicy = (row: Row) => policy(managedPolicyArn(row))

/** A version with the policy that it belongs to: permissions are checked on the policy. */
interface VersionRow {
  number: number
  document: string
  createdAt: Date
  policy: Row & { defaultVersion: number }
}

export const PolicyVersion = builder.objectRef<VersionRow>('PolicyVersion').implement({
  description: 'A version of a managed policy. A version does not change; a new document is a new version.',
  fields: (t) => ({
    versionId: t.string({ description: 'The version: `v1`, `v2` and so on.', resolve: ({ number }) => `v${number}` }),
    isDefaultVersion: t.boolean({
      description: 'Whether this version is in force.',
      resolve: ({ number, policy }) => number === policy.defaultVersion,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    policyDocument: t.expose('document', {
      type: 'PolicyDocument',
      nullable: true,
      description: 'The document as JSON.',
      access: { action: 'iam:GetPolicyVersion', resource: (version) => thisPolicy(version.policy) },
    }),
    policyText: t.exposeString('document', {
      nullable: true,
      description: 'The document as it was written, white space included.',
      access: { action: 'iam:GetPolicyVersion', resource: (version) => thisPolicy(version.policy) },
    }),
  }),
})

/** What every policy object carries. */
export const POLICY_COLUMNS = {
  accountId: true,
  id: true,
  name: true,
  path: true,
  builtIn: true,
  defaultVersion: true,
} as const

export const Policy = builder.prismaNode('Policy', {
  description: 'A managed policy: of the account, or built in.',
  id: { resolve: ({ id }) => id },
  findUnique: (id, { principal }) => ({ accountId_id: { accountId: principal.accountId, id } }),
  select: POLICY_COLUMNS,
  fields: (t) => ({
    policyId: t.exposeString('id', {
      description: 'The unique id, `ANPA…`. It is never given to another policy; a name can be.',
    }),
    arn: t.field({ type: 'ARN', resolve: (policy) => managedPolicyArn(policy) }),
    policyName: t.exposeString('name'),
    path: t.exposeString('path'),
    defaultVersionId: t.string({
      description: 'The version in force: `v1`, `v2` and so on.',
      resolve: ({ defaultVersion }) => `v${defaultVersion}`,
    }),
    attachmentCount: t.int({
      description:
        'How many users, groups and roles the policy is attached to. Uses as a permissions boundary are not counted.',
      select: { _count: { select: POLICY_USES } },
      resolve: ({ _count }) => attachmentsIn(_count),
    }),
    permissionsBoundaryUsageCount: t.int({
      description: 'How many users and roles have the policy as their permissions boundary.',
      select: { _count: { select: POLICY_USES } },
      resolve: ({ _count }) => boundaryUsesIn(_count),
    }),
    isAttachable: t.boolean({ description: 'Always true.', resolve: () => true }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When the last version was created.' }),
    description: t.exposeString('description', {
      nullable: true,
      description: 'Null when the policy has none.',
      access: { action: 'iam:GetPolicy', resource: thisPolicy },
    }),
    tags: t.field({
      type: [Tag],
      nullable: true,
      description: 'The tags of the policy, by key.',
      access: {
        anyOf: [
          { action: 'iam:ListPolicyTags', resource: thisPolicy },
          { action: 'iam:GetPolicy', resource: thisPolicy },
        ],
      },
      select: { tags: { select: { key: true, value: true }, orderBy: { key: 'asc' } } },
      resolve: ({ tags }) => tags,
    }),
    versions: t.field({
      type: [PolicyVersion],
      nullable: true,
      description: 'The versions of the policy, newest first.',
      access: { action: 'iam:ListPolicyVersions', resource: thisPolicy },
      select: { versions: { orderBy: { number: 'desc' } } },
      resolve: ({ versions, ...row }) => versions.map((version) => ({ ...version, policy: row })),
    }),
    defaultVersion: t.field({
      type: PolicyVersion,
      nullable: true,
      description: 'The version that is in force.',
      access: { action: 'iam:GetPolicyVersion', resource: thisPolicy },
      select: { versions: true },
      resolve: ({ versions, ...row }) => {
        const version = versions.find(({ number }) => number === row.defaultVersion)
        return version ? { ...version, policy: row } : null
      },
    }),
  }),
})

export const PolicyUsageFilter = builder.enumType('PolicyUsageFilter', {
  description: 'How a managed policy is used.',
  values: {
    PERMISSIONS_POLICY: { description: 'It is attached to a user, group or role.' },
    PERMISSIONS_BOUNDARY: { description: 'It is the permissions boundary of a user or role.' },
  } as const,
})

export const PolicyConnection = builder.connectionObject(
  { type: Policy, name: 'PolicyConnection' },
  { name: 'PolicyEdge' },
)

/** The policy that a mutation changed: read again, with just what the client asked for. */
export function changedPolicy<Row extends object>(t: PayloadFields<Row>, idOf: (row: Row) => string) {
  return t.prismaField({
    type: Policy,
    access: 'parent',
    resolve: async (query, row, _args, context) => stillThere(await ENTITY_BY_ID.Policy(context, idOf(row), query)),
  })
}

/** Which policies may be attached or detached is a condition; the resource is the holder. */
export const policyAsked = ({ policyArn }: { readonly policyArn: string }) => [['iam:PolicyARN', policyArn] as const]
