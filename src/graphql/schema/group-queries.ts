import { group, listOf } from '../../access/declaration.ts'
import { getGroup, listGroups } from '../../iam/groups/read-groups.ts'
import { builder } from '../builder.ts'
import { nodesOf } from '../page.ts'
import { Group, GroupConnection } from './group.ts'

builder.queryField('group', (t) =>
  t.prismaField({
    type: Group,
    nullable: true,
    args: { name: t.arg.string({ required: true }) },
    access: { action: 'iam:GetGroup', resource: (_parent, { name }) => group(name) },
    resolve: (query, _parent, { name }, context) => getGroup(context, { groupName: name }, query),
  }),
)

builder.queryField('groups', (t) =>
  t.connection(
    {
      type: Group,
      nullable: true,
      description: 'Groups by name, without regard to case.',
      args: { pathPrefix: t.arg.string({ description: 'Only groups whose path begins so, e.g. `/division/`.' }) },
      access: { action: 'iam:ListGroups', resource: (_parent, { pathPrefix }) => listOf('group', pathPrefix) },
      resolve: (_parent, args, context, info) => listGroups(context, args, nodesOf(context, info)),
    },
    GroupConnection,
  ),
)
