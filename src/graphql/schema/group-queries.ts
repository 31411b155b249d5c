import { group, listOf } from '../../access/declaration.ts'
import { checkConstraints } from '../../iam/constraints.ts'
import { groupNotFound } from '../../iam/groups/find-group.ts'
import { pageOfGroups } from '../../iam/groups/page-of-groups.ts'
import { builder } from '../builder.ts'
import { nodeQuery } from '../page.ts'
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
    resolve: async (query, _parent, { name }, { db, principal }) => {
      checkConstraints({ groupName: name })
      const where = { accountId_nameKey: { accountId: principal.accountId, nameKey: name.toLowerCase() } }
      const found = await db.group.findUnique({ ...query, where })
      if (!found) throw groupNotFound(name)
      return found
    },
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
      resolve: async (_parent, args, context, info) => {
        const page = pageOfGroups(context.principal.accountId, args)
        const { where, orderBy, take } = page
        return page.connection(
          await context.db.group.findMany({ ...nodeQuery(context, info, page), where, orderBy, take }),
        )
      },
    },
    GroupConnection,
  ),
)
