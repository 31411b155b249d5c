import { groupRow, userRow } from '../../access/declaration.ts'
import { keysetPage } from '../../iam/keyset-page.ts'
import { builder } from '../builder.ts'
import { nestedPage, pageOfWholeList } from '../page.ts'
import { Group, GroupConnection } from './group.ts'
import { User, UserConnection } from './user.ts'

// Users and groups lead to each other: the fields that do so stand here, so that neither file needs the other.

builder.prismaObjectField(User, 'groups', (t) =>
  t.connection(
    {
      type: Group,
      nullable: true,
      description: 'The groups that the user is a member of, by name.',
      access: { action: 'iam:ListGroupsForUser', resource: userRow },
      // A user is in ten groups at most: they come whole and are cut into pages here.
      select: (_args, _context, nestedSelection) => ({
        groups: {
          orderBy: { group: { nameKey: 'asc' } },
          select: {
            group: nestedSelection(
              { select: { accountId: true, id: true, name: true, path: true, nameKey: true, createdAt: true } },
              ['edges', 'node'],
            ),
          },
        },
      }),
      resolve: ({ groups }, args) =>
        pageOfWholeList(
          groups.map(({ group }) => group),
          args,
        ),
    },
    GroupConnection,
  ),
)

builder.prismaObjectField(Group, 'users', (t) =>
  t.connection(
    {
      type: User,
      nullable: true,
      description: 'The members of the group, by name.',
      access: { action: 'iam:GetGroup', resource: groupRow },
      select: (args, _context, nestedSelection) => {
        const { where, orderBy, take, select } = nestedPage(args)
        return {
          members: {
            where: { user: where },
            orderBy: orderBy.map((user) => ({ user })),
            take,
            select: {
              user: nestedSelection({ select: { accountId: true, name: true, path: true, root: true, ...select } }, [
                'edges',
                'node',
              ]),
            },
          },
        }
      },
      resolve: ({ members }, args) => keysetPage(args).connection(members.map(({ user }) => user)),
    },
    UserConnection,
  ),
)
