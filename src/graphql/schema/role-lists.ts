import { role } from '../../access/declaration.ts'
import {
  getRolePolicy,
  listAttachedRolePolicies,
  listRolePolicies,
} from '../../iam/held-policies/read-held-policies.ts'
import { listRoleTags } from '../../iam/roles/read-roles.ts'
import { builder } from '../builder.ts'
import { addPolicyQueries, type HolderName, holderName } from './policy-holder-queries.ts'
import { Tag } from './tag.ts'

builder.queryField('roleTags', (t) =>
  t.field({
    type: [Tag],
    nullable: true,
    description: 'The tags of a role by key.',
    args: { roleName: t.arg.string({ required: true }) },
    access: { action: 'iam:ListRoleTags', resource: (_parent, { roleName }) => role(roleName) },
    resolve: (_parent, args, context) => listRoleTags(context, args),
  }),
)

const named = (_parent: unknown, { roleName = '' }: HolderName) => role(roleName)

addPolicyQueries({
  kind: 'role',
  list: {
    need: { action: 'iam:ListRolePolicies', resource: named },
    read: (call, args) => listRolePolicies(call, { roleName: holderName(args) }),
  },
  get: {
    need: { action: 'iam:GetRolePolicy', resource: named },
    async read(call, { policyName, ...args }) {
      const { holder, policy } = await getRolePolicy(call, { roleName: holderName(args), policyName })
      return { ...policy, owner: { kind: 'role', row: holder } }
    },
  },
  listAttached: {
    need: { action: 'iam:ListAttachedRolePolicies', resource: named },
    read: (call, { pathPrefix, ...args }) => listAttachedRolePolicies(call, { roleName: holderName(args), pathPrefix }),
  },
})
