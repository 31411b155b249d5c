import { role } from '../../access/declaration.ts'
import { attachRolePolicy, detachRolePolicy } from '../../iam/held-policies/attached-policies.ts'
import { deleteRolePolicy, putRolePolicy } from '../../iam/held-policies/inline-policies.ts'
import { builder } from '../builder.ts'
import { addPolicyMutations, type HolderInput, holderName } from './policy-holder-mutations.ts'
import { Role } from './role.ts'

const named = (_parent: unknown, { input }: { readonly input: HolderInput }) => role(holderName(input))

addPolicyMutations({
  kind: 'Role',
  parameter: 'roleName',
  addHolder: (payload) =>
    builder.objectField(payload, 'role', (t) =>
      t.prismaField({
        type: Role,
        access: 'parent',
        resolve: (query, { holderId: id }, _args, { db, principal: { accountId } }) =>
          db.role.findUniqueOrThrow({ ...query, where: { accountId_id: { accountId, id } } }),
      }),
    ),
  put: {
    need: { action: 'iam:PutRolePolicy', resource: named },
    run: async (call, input) => {
      const { roleId: holderId, name } = await putRolePolicy(call, { ...input, roleName: holderName(input) })
      return { holderId, policyName: name }
    },
  },
  delete: {
    need: { action: 'iam:DeleteRolePolicy', resource: named },
    run: async (call, input) => {
      const { roleId: holderId, name } = await deleteRolePolicy(call, { ...input, roleName: holderName(input) })
      return { holderId, policyName: name }
    },
  },
  attach: {
    need: { action: 'iam:AttachRolePolicy', resource: named },
    run: async (call, input) => {
      const { holder, policy } = await attachRolePolicy(call, { ...input, roleName: holderName(input) })
      return { holderId: holder.id, policyId: policy.id }
    },
  },
  detach: {
    need: { action: 'iam:DetachRolePolicy', resource: named },
    run: async (call, input) => {
      const { holder, policy } = await detachRolePolicy(call, { ...input, roleName: holderName(input) })
      return { holderId: holder.id, policyId: policy.id }
    },
  },
})
