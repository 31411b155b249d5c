import { listOf, userRow } from '../../access/declaration.ts'
import { userArn } from '../../authn/arn.ts'
import { QUOTAS } from '../../iam/quotas.ts'
import { ENTITY_BY_ID } from '../../iam/entities-by-id.ts'
import { builder } from '../builder.ts'
import { type PayloadFields, stillThere } from '../operation.ts'
import { InlinePolicy } from './inline-policy.ts'
import { Policy, PolicyConnection } from './policy.ts'
import {
  ATTACHED_POLICY,
  attachedPoliciesQuery,
  INLINE_POLICIES,
  inlinePoliciesOf,
  pageOfAttached,
} from './held-policies.ts'
import { Quota } from './quota.ts'
import { Tag } from './tag.ts'

const DAY = 24 * 60 * 60 * 1000

export const User = builder.prismaNode('User', {
  description: 'An IAM user of the account, or its root user.',
  id: { resolve: ({ id }) => id },
  findUnique: (id, { principal }) => ({ accountId_id: { accountId: principal.accountId, id } }),
  select: { accountId: true, id: true, name: true, path: true, root: true },
  fields: (t) => ({
    userId: t.exposeString('id', {
      description:
        'The unique id, `AIDA…`; the account id for the root user. It is never given to another user; a name can be.',
    }),
    arn: t.field({ type: 'ARN', resolve: (user) => userArn(user) }),
    name: t.exposeString('name'),
    path: t.exposeString('path'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    passwordLastUsedAt: t.expose('passwordLastUsedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the user last signed in with the password; null when that never happened.',
      access: {
        anyOf: [
          { action: 'iam:GetUser', resource: userRow },
          // Lists show it: the list of everybody, and that of the user's own path.
          { action: 'iam:ListUsers', resource: () => listOf('user') },
          { action: 'iam:ListUsers', resource: ({ path }) => listOf('user', path) },
        ],
      },
    }),
    tags: t.field({
      type: [Tag],
      nullable: true,
      description: 'The tags of the user, by key.',
      access: {
        anyOf: [
          { action: 'iam:ListUserTags', resource: userRow },
          { action: 'iam:GetUser', resource: userRow },
        ],
      },
      select: { tags: { select: { key: true, value: true }, orderBy: { keyFold: 'asc' } } },
      resolve: ({ tags }) => tags,
    }),
    accessKeys: t.relation('accessKeys', {
      nullable: true,
      description: 'The access keys of the user, active and inactive, oldest first.',
      access: { action: 'iam:ListAccessKeys', resource: userRow },
      query: { orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] },
    }),
    accessKeyQuota: t.field({
      type: Quota,
      description: 'How many access keys the user has, inactive ones included, and how many there can be.',
      access: 'parent',
      select: { _count: { select: { accessKeys: true } } },
      resolve: ({ _count }) => ({ used: _count.accessKeys, limit: QUOTAS.AccessKeysPerUser.limit }),
    }),
    accessKeyAgeInDays: t.int({
      nullable: true,
      description: 'Whole days since the oldest ACTIVE access key of the user was created; null when there is none.',
      access: { action: 'iam:ListAccessKeys', resource: userRow },
      select: {
        accessKeys: {
          where: { status: 'ACTIVE' },
          orderBy: { createdAt: 'asc' },
          take: 1,
          select: { createdAt: true },
        },
      },
      resolve: ({ accessKeys: [oldest] }, _args, { clock }) =>
        oldest ? Math.max(0, Math.floor((clock().getTime() - oldest.createdAt.getTime()) / DAY)) : null,
    }),
    inlinePolicies: t.field({
      type: [InlinePolicy],
      nullable: true,
      description: 'The inline policies of the user, by name.',
      access: { action: 'iam:ListUserPolicies', resource: userRow },
      select: INLINE_POLICIES,
      resolve: ({ inlinePolicies, ...row }) => inlinePoliciesOf({ kind: 'user', row }, inlinePolicies),
    }),
    attachedPolicies: t.connection(
      {
        type: Policy,
        nullable: true,
        description: 'The managed policies that are attached to the user, by name.',
        access: { action: 'iam:ListAttachedUserPolicies', resource: userRow },
        select: (_args, _context, nested) => attachedPoliciesQuery(nested(ATTACHED_POLICY, ['edges', 'node'])),
        resolve: ({ attachedPolicies }, args) => pageOfAttached(attachedPolicies, args),
      },
      PolicyConnection,
    ),
    permissionsBoundary: t.relation('boundary', {
      nullable: true,
      description: 'The managed policy that is the permissions boundary of the user; null when there is none.',
      access: { action: 'iam:GetUser', resource: userRow },
    }),
    mfaDevices: t.relation('mfaDevices', {
      nullable: true,
      description: 'The MFA devices that are enabled for the user, by path and name.',
      access: { action: 'iam:ListMFADevices', resource: userRow },
      query: { orderBy: { nameKey: 'asc' } },
    }),
    recoveryCodes: t.relation('recoveryCodes', {
      nullable: true,
      description:
        'The recovery codes of the user, which are accepted in place of the code of a lost MFA device; null when there are none.',
      access: { action: 'iam:ListMFADevices', resource: userRow },
    }),
    loginProfile: t.relation('loginProfile', {
      nullable: true,
      description: 'The password of the user: its dates, never the password itself. Null when the user has none.',
      access: { action: 'iam:GetLoginProfile', resource: userRow },
    }),
  }),
})

export const UserConnection = builder.connectionObject({ type: User, name: 'UserConnection' }, { name: 'UserEdge' })

/** The user that a mutation changed: read again, with just what the client asked for. */
export function changedUser<Row extends object>(t: PayloadFields<Row>, idOf: (row: Row) => string) {
  return t.prismaField({
    type: User,
    access: 'parent',
    resolve: async (query, row, _args, context) => stillThere(await ENTITY_BY_ID.User(context, idOf(row), query)),
  })
}
