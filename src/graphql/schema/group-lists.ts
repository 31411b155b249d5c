import { group } from '../../access/declaration.ts'
import { findGroup } from '../../iam/groups/find-group.ts'
import { ATTACHED_POLICIES, addPolicyQueries, type HolderName } from './policy-holder-queries.ts'

const named = (_parent: unknown, { groupName = '' }: HolderName) => group(groupName)

addPolicyQueries({
  kind: 'group',
  list: { action: 'iam:ListGroupPolicies', resource: named },
  get: { action: 'iam:GetGroupPolicy', resource: named },
  listAttached: { action: 'iam:ListAttachedGroupPolicies', resource: named },
  find: findGroup,
  owner: (row) => ({ kind: 'group', row }),
  inlinePolicies: (db, { accountId, id: groupId }, nameKey) =>
    db.groupPolicy.findMany({ where: { accountId, groupId, nameKey }, orderBy: { nameKey: 'asc' } }),
  attachments: (db, { accountId, id: groupId }, policy) =>
    db.groupPolicyAttachment.findMany({ where: { accountId, groupId, policy }, ...ATTACHED_POLICIES }),
})
