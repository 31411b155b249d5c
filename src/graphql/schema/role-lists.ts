import { role } from '../../access/declaration.ts'
import { checkConstraints } from '../../iam/constraints.ts'
import { findRole } from '../../iam/roles/find-role.ts'
import { builder } from '../builder.ts'
import { ATTACHED_POLICIES, addPolicyQueries, type HolderName } from './policy-holder-queries.ts'
import { Tag } from './tag.ts'

builder.queryField('roleTags', (t) =>
  t.field({
    type: [Tag],
    nullable: true,
    description: 'The tags of a role, ordered by key.',
    args: { roleName: t.arg.string({ required: true }) },
    access: { action: 'iam:ListRoleTags', resource: (_parent, { roleName }) => role(roleName) },
    resolve: async (_parent, { roleName }, { db, principal }) => {
      checkConstraints({ roleName })
      const { accountId, id: roleId } = await findRole(db, principal.accountId, roleName)
      return await db.roleTag.findMany({ where: { accountId, roleId }, orderBy: { keyFold: 'asc' } })
    },
  }),
)

const named = (_parent: unknown, { roleName = '' }: HolderName) => role(roleName)

addPolicyQueries({
  kind: 'role',
  list: { action: 'iam:ListRolePolicies', resource: named },
  get: { action: 'iam:GetRolePolicy', resource: named },
  listAttached: { action: 'iam:ListAttachedRolePolicies', resource: named },
  find: findRole,
  owner: (row) => ({ kind: 'role', row }),
  inlinePolicies: (db, { accountId, id: roleId }, nameKey) =>
    db.rolePolicy.findMany({ where: { accountId, roleId, nameKey }, orderBy: { nameKey: 'asc' } }),
  attachments: (db, { accountId, id: roleId }, policy) =>
    db.rolePolicyAttachment.findMany({ where: { accountId, roleId, policy }, ...ATTACHED_POLICIES }),
})
