import { groupRow } from '../../access/declaration.ts'
import { groupArn } from '../../authn/arn.ts'
import { ENTITY_BY_ID } from '../../iam/entities-by-id.ts'
import { builder } from '../builder.ts'
import { type PayloadFields, stillThere } from '../operation.ts'
import { InlinePolicy } from './inline-policy.ts'
import { Policy, PolicyConnection } from './policy.ts'
import {
  ATTACHED_POLICY,
  attachedPoliciesQuery,
  INLINE_POLICIES,
  inlinePoliciesOf,
  pageOfAttached,
} from './held-policies.ts'

export const Group = builder.prismaNode('Group', {
  description:
    'A group of users who share its policies. A group cannot be a member of a group, nor the principal of a policy.',
  id: { resolve: ({ id }) => id },
  findUnique: (id, { principal }) => ({ accountId_id: { accountId: principal.accountId, id } }),
  select: { accountId: true, id: true, name: true, path: true },
  fields: (t) => ({
    groupId: t.exposeString('id', {
      description: 'The unique id, `AGPA…`. It is never given to another group; a name can be.',
    }),
    arn: t.field({ type: 'ARN', resolve: (group) => groupArn(group) }),
    name: t.exposeString('name'),
    path: t.exposeString('path'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    inlinePolicies: t.field({
      type: [InlinePolicy],
      nullable: true,
      description: 'The inline policies of the group, by name.',
      access: { action: 'iam:ListGroupPolicies', resource: groupRow },
      select: INLINE_POLICIES,
      resolve: ({ inlinePolicies, ...row }) => inlinePoliciesOf({ kind: 'group', row }, inlinePolicies),
    }),
    attachedPolicies: t.connection(
      {
        type: Policy,
        nullable: true,
        description: 'The managed policies that are attached to the group, by name.',
        access: { action: 'iam:ListAttachedGroupPolicies', resource: groupRow },
        select: (_args, _context, nested) => attachedPoliciesQuery(nested(ATTACHED_POLICY, ['edges', 'node'])),
        resolve: ({ attachedPolicies }, args) => pageOfAttached(attachedPolicies, args),
      },
      PolicyConnection,
    ),
  }),
})

export const GroupConnection = builder.connectionObject({ type: Group, name: 'GroupConnection' }, { name: 'GroupEdge' })

/** The group that a mutation changed: read again, with just what the client asked for. */
export function changedGroup<Row extends object>(t: PayloadFields<Row>, idOf: (row: Row) => string) {
  return t.prismaField({
    type: Group,
    access: 'parent',
    resolve: async (query, row, _args, context) => stillThere(await ENTITY_BY_ID.Group(context, idOf(row), query)),
  })
}
