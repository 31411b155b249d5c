import { user } from '../../access/declaration.ts'
import { checkConstraints } from '../../iam/constraints.ts'
import { loginProfileNotFound } from '../../iam/login-profiles/login-profiles.ts'
import { findUser, resolveUser } from '../../iam/users/find-user.ts'
import { builder } from '../builder.ts'
import { AccessKey } from './access-key.ts'
import { Group } from './group.ts'
import { LoginProfile } from './login-profile.ts'
import { MfaDevice } from './mfa-device.ts'
import { ATTACHED_POLICIES, addPolicyQueries, type HolderName } from './policy-holder-queries.ts'
import { Tag } from './tag.ts'

// What belongs to one user, each by IAM's own action: whoever may list keys need not be allowed to read the user.

builder.queryField('accessKeys', (t) =>
  t.prismaField({
    type: [AccessKey],
    nullable: true,
    description: 'The access keys of a user, active and inactive, oldest first.',
    args: {
      userName: t.arg.string({
        description: 'Name of an IAM user, without regard to case. Left out or null: the caller.',
      }),
    },
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
    description: 'The tags of a user, ordered by key.',
    args: { userName: t.arg.string({ required: true }) },
    access: { action: 'iam:ListUserTags', resource: (_parent, { userName }) => user(userName) },
    resolve: async (_parent, { userName }, { db, principal }) => {
      checkConstraints({ userName })
      const { accountId, id: userId } = await findUser(db, principal.accountId, userName)
      return await db.userTag.findMany({ where: { accountId, userId }, orderBy: { keyFold: 'asc' } })
    },
  }),
)

builder.queryField('loginProfile', (t) =>
  t.prismaField({
    type: LoginProfile,
    nullable: true,
    description: 'The password of a user: its dates, never the password itself. NoSuchEntity when the user has none.',
    args: {
      userName: t.arg.string({
        description: 'Name of an IAM user, without regard to case. Left out or null: the caller.',
      }),
    },
    access: { action: 'iam:GetLoginProfile', resource: (_parent, { userName }) => user(userName) },
    resolve: async (query, _parent, { userName }, { db, principal }) => {
      checkConstraints({ userName })
      const { accountId, id: userId, name } = await resolveUser(db, { principal }, userName)
      const found = await db.loginProfile.findUnique({ ...query, where: { accountId_userId: { accountId, userId } } })
      if (found === null) throw loginProfileNotFound(name)
      return found
    },
  }),
)

builder.queryField('mfaDevices', (t) =>
  t.prismaField({
    type: [MfaDevice],
    nullable: true,
    description: 'The MFA devices that are enabled for a user, ordered by path and name.',
    args: {
      userName: t.arg.string({
        description: 'Name of an IAM user, without regard to case. Left out or null: the caller.',
      }),
    },
    access: { action: 'iam:ListMFADevices', resource: (_parent, { userName }) => user(userName) },
    resolve: async (query, _parent, { userName }, { db, principal }) => {
      checkConstraints({ userName })
      const { accountId, id: userId } = await resolveUser(db, { principal }, userName)
      return await db.mfaDevice.findMany({ ...query, where: { accountId, userId }, orderBy: { nameKey: 'asc' } })
    },
  }),
)

builder.queryField('groupsForUser', (t) =>
  t.prismaField({
    type: [Group],
    nullable: true,
    description: 'The groups that a user is a member of, ordered by name.',
    args: { userName: t.arg.string({ required: true }) },
    access: { action: 'iam:ListGroupsForUser', resource: (_parent, { userName }) => user(userName) },
    resolve: async (query, _parent, { userName }, { db, principal }) => {
      checkConstraints({ userName })
      const { accountId, id: userId } = await findUser(db, principal.accountId, userName)
      const where = { accountId, members: { some: { userId } } }
      return await db.group.findMany({ ...query, where, orderBy: { nameKey: 'asc' } })
    },
  }),
)

const named = (_parent: unknown, { userName = '' }: HolderName) => user(userName)

addPolicyQueries({
  kind: 'user',
  list: { action: 'iam:ListUserPolicies', resource: named },
  get: { action: 'iam:GetUserPolicy', resource: named },
  listAttached: { action: 'iam:ListAttachedUserPolicies', resource: named },
  find: findUser,
  owner: (row) => ({ kind: 'user', row }),
  inlinePolicies: (db, { accountId, id: userId }, nameKey) =>
    db.userPolicy.findMany({ where: { accountId, userId, nameKey }, orderBy: { nameKey: 'asc' } }),
  attachments: (db, { accountId, id: userId }, policy) =>
    db.userPolicyAttachment.findMany({ where: { accountId, userId, policy }, ...ATTACHED_POLICIES }),
})
