import { group } from '../../access/declaration.ts'
import { attachGroupPolicy, detachGroupPolicy } from '../../iam/held-policies/attached-policies.ts'
import { deleteGroupPolicy, putGroupPolicy } from '../../iam/held-policies/inline-policies.ts'
import { builder } from '../builder.ts'
import { addPolicyMutations, type HolderInput, holderName } from './policy-holder-mutations.ts'
import { Group } from './group.ts'

const named = (_parent: unknown, { input }: { readonly input: HolderInput }) => group(holderName(input))

addPolicyMutations({
  kind: 'Group',
  parameter: 'groupName',
  addHolder: (payload) =>
    builder.objectField(payload, 'group', (t) =>
      t.prismaField({
        type: Group,
        access: 'parent',
        resolve: (query, { holderId: id }, _args, { db, principal: { accountId } }) =>
          db.group.findUniqueOrThrow({ ...query, where: { accountId_id: { accountId, id } } }),
      }),
    ),
  put: {
    need: { action: 'iam:PutGroupPolicy', resource: named },
    run: async (call, input) => {
      const { groupId: holderId, name } = await putGroupPolicy(call, { ...input, groupName: holderName(input) })
      return { holderId, policyName: name }
    },
  },
  delete: {
    need: { action: 'iam:DeleteGroupPolicy', resource: named },
    run: async (call, input) => {
      const { groupId: holderId, name } = await deleteGroupPolicy(call, { ...input, groupName: holderName(input) })
      return { holderId, policyName: name }
    },
  },
  attach: {
    need: { action: 'iam:AttachGroupPolicy', resource: named },
    run: async (call, input) => {
      const { holder, policy } = await attachGroupPolicy(call, { ...input, groupName: holderName(input) })
      return { holderId: holder.id, policyId: policy.id }
    },
  },
  detach: {
    need: { action: 'iam:DetachGroupPolicy', resource: named },
    run: async (call, input) => {
      const { holder, policy } = await detachGroupPolicy(call, { ...input, groupName: holderName(input) })
      return { holderId: holder.id, policyId: policy.id }
    },
  },
})
