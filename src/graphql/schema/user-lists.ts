import { user } from '../../access/declaration.ts'
import {
  getUserPolicy,
  listAttachedUserPolicies,
  listUserPolicies,
} from '../../iam/held-policies/read-held-policies.ts'
import { getLoginProfile } from '../../iam/login-profiles/read-login-profiles.ts'
import { listAccessKeys, listGroupsForUser, listMfaDevices, listUserTags } from '../../iam/users/read-users.ts'
import { builder } from '../builder.ts'
import { AccessKey } from './access-key.ts'
import { Group } from './group.ts'
import { LoginProfile } from './login-profile.ts'
import { MfaDevice } from './mfa-device.ts'
import { addPolicyQueries, type HolderName, holderName } from './policy-holder-queries.ts'
import { Tag } from './tag.ts'

// What belongs to one user, each by IAM's own action: whoever may list keys need not be allowed to read the user.

builder.queryField('accessKeys', (t) =>
  t.prismaField({
    type: [AccessKey],
    nullable: true,
    description: 'The keys of a user, active and inactive, oldest first; of the caller when no name is given.',
    args: { userName: t.arg.string() },
    access: { action: 'iam:ListAccessKeys', resource: (_parent, { userName }) => user(userName) },
    resolve: (query, _parent, args, context) => listAccessKeys(context, args, query),
  }),
)

builder.queryField('userTags', (t) =>
  t.field({
    type: [Tag],
    nullable: true,
    description: 'The tags of a user by key.',
    args: { userName: t.arg.string({ required: true }) },
    access: { action: 'iam:ListUserTags', resource: (_parent, { userName }) => user(userName) },
    resolve: (_parent, args, context) => listUserTags(context, args),
  }),
)

builder.queryField('loginProfile', (t) =>
  t.prismaField({
    type: LoginProfile,
    nullable: true,
    description: 'That a user has a password; of the caller when no name is given. NoSuchEntity when there is none.',
    args: { userName: t.arg.string() },
    access: { action: 'iam:GetLoginProfile', resource: (_parent, { userName }) => user(userName) },
    resolve: (query, _parent, args, context) => getLoginProfile(context, args, query),
  }),
)

builder.queryField('mfaDevices', (t) =>
  t.prismaField({
    type: [MfaDevice],
    nullable: true,
    description: 'The devices that are enabled for a user; for the caller when no name is given.',
    args: { userName: t.arg.string() },
    access: { action: 'iam:ListMFADevices', resource: (_parent, { userName }) => user(userName) },
    resolve: (query, _parent, args, context) => listMfaDevices(context, args, query),
  }),
)

builder.queryField('groupsForUser', (t) =>
  t.prismaField({
    type: [Group],
    nullable: true,
    description: 'The groups that a user is in.',
    args: { userName: t.arg.string({ required: true }) },
    access: { action: 'iam:ListGroupsForUser', resource: (_parent, { userName }) => user(userName) },
    resolve: (query, _parent, args, context) => listGroupsForUser(context, args, query),
  }),
)

const named = (_parent: unknown, { userName = '' }: HolderName) => user(userName)

addPolicyQueries({
  kind: 'user',
  list: {
    need: { action: 'iam:ListUserPolicies', resource: named },
    read: (call, args) => listUserPolicies(call, { userName: holderName(args) }),
  },
  get: {
    need: { action: 'iam:GetUserPolicy', resource: named },
    async read(call, { policyName, ...args }) {
      const { holder, policy } = await getUserPolicy(call, { userName: holderName(args), policyName })
      return { ...policy, owner: { kind: 'user', row: holder } }
    },
  },
  listAttached: {
    need: { action: 'iam:ListAttachedUserPolicies', resource: named },
    read: (call, { pathPrefix, ...args }) => listAttachedUserPolicies(call, { userName: holderName(args), pathPrefix }),
  },
})
