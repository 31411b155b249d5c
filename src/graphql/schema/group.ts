import { groupRow } from '../../access/declaration.ts'
import { groupArn } from '../../authn/arn.ts'
import { builder } from '../builder.ts'
import { pageOfWholeList } from '../page.ts'
import { InlinePolicy } from './inline-policy.ts'
import { POLICY_COLUMNS, Policy, PolicyConnection } from './policy.ts'

export const Group = builder.prismaNode('Group', {
  description: 'Users who share policies. Groups do not nest and cannot be named as a principal.',
  id: { resolve: ({ id }) => id },
  findUnique: (id, { principal }) => ({ accountId_id: { accountId: principal.accountId, id } }),
  select: { accountId: true, id: true, name: true, path: true },
  fields: (t) => ({
    groupId: t.exposeString('id', { description: 'The unique id, `AGPA…`: never given twice, unlike a name.' }),
    arn: t.field({ type: 'ARN', resolve: (group) => groupArn(group) }),
    name: t.exposeString('name'),
    path: t.exposeString('path'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    inlinePolicies: t.field({
      type: [InlinePolicy],
      nullable: true,
      access: { action: 'iam:ListGroupPolicies', resource: groupRow },
      select: { inlinePolicies: { orderBy: { nameKey: 'asc' } } },
      resolve: ({ inlinePolicies, ...row }) =>
        inlinePolicies.map((policy) => ({ ...policy, owner: { kind: 'group' as const, row } })),
    }),
    attachedPolicies: t.connection(
      {
        type: Policy,
        nullable: true,
        access: { action: 'iam:ListAttachedGroupPolicies', resource: groupRow },
        // At most ten are attached: they come whole and are cut into pages here.
        select: (_args, _context, nestedSelection) => ({
          attachedPolicies: {
            orderBy: { policy: { nameKey: 'asc' } },
            select: {
              policy: nestedSelection({ select: { ...POLICY_COLUMNS, nameKey: true, createdAt: true } }, [
                'edges',
                'node',
              ]),
            },
          },
        }),
        resolve: ({ attachedPolicies }, args) =>
          pageOfWholeList(
            attachedPolicies.map(({ policy }) => policy),
            args,
          ),
      },
      PolicyConnection,
    ),
  }),
})

export const GroupConnection = builder.connectionObject({ type: Group, name: 'GroupConnection' }, { name: 'GroupEdge' })
