import { user } from '../../access/declaration.ts'
import { attachUserPolicy, detachUserPolicy } from '../../iam/held-policies/attached-policies.ts'
import { deleteUserPolicy, putUserPolicy } from '../../iam/held-policies/inline-policies.ts'
import { builder } from '../builder.ts'
import { addPolicyMutations, type HolderInput, holderName } from './policy-holder-mutations.ts'
import { User } from './user.ts'

const named = (_parent: unknown, { input }: { readonly input: HolderInput }) => user(holderName(input))

addPolicyMutations({
  kind: 'User',
  parameter: 'userName',
  addHolder: (payload) =>
    builder.objectField(payload, 'user', (t) =>
      t.prismaField({
        type: User,
        access: 'parent',
        resolve: (query, { holderId: id }, _args, { db, principal: { accountId } }) =>
          db.user.findUniqueOrThrow({ ...query, where: { accountId_id: { accountId, id } } }),
      }),
    ),
  put: {
    need: { action: 'iam:PutUserPolicy', resource: named },
    run: async (call, input) => {
      const { userId: holderId, name } = await putUserPolicy(call, { ...input, userName: holderName(input) })
      return { holderId, policyName: name }
    },
  },
  delete: {
    need: { action: 'iam:DeleteUserPolicy', resource: named },
    run: async (call, input) => {
      const { userId: holderId, name } = await deleteUserPolicy(call, { ...input, userName: holderName(input) })
      return { holderId, policyName: name }
    },
  },
  attach: {
    need: { action: 'iam:AttachUserPolicy', resource: named },
    run: async (call, input) => {
      const { holder, policy } = await attachUserPolicy(call, { ...input, userName: holderName(input) })
      return { holderId: holder.id, policyId: policy.id }
    },
  },
  detach: {
    need: { action: 'iam:DetachUserPolicy', resource: named },
    run: async (call, input) => {
      const { holder, policy } = await detachUserPolicy(call, { ...input, userName: holderName(input) })
      return { holderId: holder.id, policyId: policy.id }
    },
  },
})
