import { group, listOf } from '../../access/declaration.ts'
import { getGroup, listGroups } from '../../iam/groups/read-groups.ts'
import { builder } from '../builder.ts'
import { nodesOf } from '../page.ts'
import { Group, GroupConnection } from './group.ts'

builder.queryField('group', (t) =>
  t.prismaField({
    type: Group,
    nullable: true,
    description: 'A group by name. NoSuchEntity when there is none.',
    args: {
      name: t.arg.string({
        required: true,
        description: 'Name of a group, without regard to case: 1 to 128 characters.',
      }),
    },
    access: { action: 'iam:GetGroup', resource: (_parent, { name }) => group(name) },
    resolve: (query, _parent, { name }, context) => getGroup(context, { groupName: name }, query),
  }),
)

builder.queryField('groups', (t) =>
  t.connection(
    {
      type: Group,
      nullable: true,
      description: 'The groups of the account, ordered by name without regard to case.',
      args: { pathPrefix: t.arg.string() },
      access: { action: 'iam:ListGroups', resource: (_parent, { pathPrefix }) => listOf('group', pathPrefix) },
      resolve: (_parent, args, context, info) => listGroups(context, args, nodesOf(context, info)),
    },
    GroupConnection,
  ),
)
