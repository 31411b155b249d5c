import { user } from '../../access/declaration.ts'
import { checkConstraints } from '../../iam/constraints.ts'
import { getUserPolicy } from '../../iam/policies/user-policies.ts'
import { findUser, resolveUser } from '../../iam/users/find-user.ts'
import { builder } from '../builder.ts'
import { AccessKey } from './access-key.ts'
import { AttachedPolicy } from './authorization-details.ts'
import { InlinePolicy } from './inline-policy.ts'
import { Tag } from './tag.ts'

// What belongs to one user, each by IAM's own action: whoever may list keys need not be allowed to read the user.

builder.queryField('accessKeys', (t) =>
  t.prismaField({
    type: [AccessKey],
    nullable: true,
    description: 'The keys of a user, active and inactive, oldest first; of the caller when no name is given.',
    args: { userName: t.arg.string() },
    access: { action: 'iam:ListAccessKeys', resource: (_parent, { userName }) => user(userName) },
    resolve: async (query, _parent, { userName }, { db, principal }) => {
      checkConstraints({ userName })
      const { accountId, id: userId } = await resolveUser(db, { principal }, userName)
      return await db.accessKey.findMany({
        ...query,
        where: { accountId, userId },
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      })
    },
  }),
)

builder.queryField('userTags', (t) =>
  t.field({
    type: [Tag],
    nullable: true,
    description: 'The tags of a user by key.',
    args: { userName: t.arg.string({ required: true }) },
    access: { action: 'iam:ListUserTags', resource: (_parent, { userName }) => user(userName) },
    resolve: async (_parent, { userName }, { db, principal }) => {
      checkConstraints({ userName })
      const { accountId, id: userId } = await findUser(db, principal.accountId, userName)
      return await db.userTag.findMany({ where: { accountId, userId }, orderBy: { keyFold: 'asc' } })
    },
  }),
)

builder.queryField('userPolicyNames', (t) =>
  t.stringList({
    nullable: true,
    description: 'The names of the inline policies of a user.',
    args: { userName: t.arg.string({ required: true }) },
    access: { action: 'iam:ListUserPolicies', resource: (_parent, { userName }) => user(userName) },
    resolve: async (_parent, { userName }, { db, principal }) => {
      checkConstraints({ userName })
      const { accountId, id: userId } = await findUser(db, principal.accountId, userName)
      const policies = await db.userPolicy.findMany({
        where: { accountId, userId },
        orderBy: { nameKey: 'asc' },
        select: { name: true },
      })
      return policies.map(({ name }) => name)
    },
  }),
)

builder.queryField('userPolicy', (t) =>
  t.field({
    type: InlinePolicy,
    nullable: true,
    description: 'An inline policy of a user.',
    args: { userName: t.arg.string({ required: true }), policyName: t.arg.string({ required: true }) },
    access: { action: 'iam:GetUserPolicy', resource: (_parent, { userName }) => user(userName) },
    resolve: async (_parent, args, { db, principal }) => {
      const { user: row, policy } = await getUserPolicy(db, principal, args)
      return { ...policy, owner: { kind: 'user' as const, row } }
    },
  }),
)

builder.queryField('attachedUserPolicies', (t) =>
  t.field({
    type: [AttachedPolicy],
    nullable: true,
    description: 'The managed policies that are attached to a user.',
    args: { userName: t.arg.string({ required: true }), pathPrefix: t.arg.string() },
    access: { action: 'iam:ListAttachedUserPolicies', resource: (_parent, { userName }) => user(userName) },
    resolve: async (_parent, { userName, pathPrefix }, { db, principal }) => {
      checkConstraints({ userName, pathPrefix })
      const { accountId, id: userId } = await findUser(db, principal.accountId, userName)
      const attachments = await db.userPolicyAttachment.findMany({
        where: { accountId, userId, policy: { path: { startsWith: pathPrefix ?? '/' } } },
        orderBy: { policy: { nameKey: 'asc' } },
        select: { policy: { select: { accountId: true, name: true, path: true, builtIn: true } } },
      })
      return attachments.map(({ policy }) => policy)
    },
  }),
)
