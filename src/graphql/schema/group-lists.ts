import { group } from '../../access/declaration.ts'
import {
  getGroupPolicy,
  listAttachedGroupPolicies,
  listGroupPolicies,
} from '../../iam/held-policies/read-held-policies.ts'
import { addPolicyQueries, type HolderName, holderName } from './policy-holder-queries.ts'

const named = (_parent: unknown, { groupName = '' }: HolderName) => group(groupName)

addPolicyQueries({
  kind: 'group',
  list: {
    need: { action: 'iam:ListGroupPolicies', resource: named },
    read: (call, args) => listGroupPolicies(call, { groupName: holderName(args) }),
  },
  get: {
    need: { action: 'iam:GetGroupPolicy', resource: named },
    async read(call, { policyName, ...args }) {
      const { holder, policy } = await getGroupPolicy(call, { groupName: holderName(args), policyName })
      return { ...policy, owner: { kind: 'group', row: holder } }
    },
  },
  listAttached: {
    need: { action: 'iam:ListAttachedGroupPolicies', resource: named },
    read: (call, { pathPrefix, ...args }) =>
      listAttachedGroupPolicies(call, { groupName: holderName(args), pathPrefix }),
  },
})
