import { listOf, user } from '../../access/declaration.ts'
import { checkConstraints } from '../../iam/constraints.ts'
import { userNotFound } from '../../iam/users/find-user.ts'
import { pageOfUsers } from '../../iam/users/page-of-users.ts'
import { builder } from '../builder.ts'
import { nodeQuery } from '../page.ts'
import { User, UserConnection } from './user.ts'

const OrderDirection = builder.enumType('OrderDirection', { values: ['ASC', 'DESC'] as const })

const UserOrderField = builder.enumType('UserOrderField', { values: ['NAME', 'CREATED_AT'] as const })

const UserOrder = builder.inputType('UserOrder', {
  fields: (t) => ({
    field: t.field({ type: UserOrderField, required: true }),
    direction: t.field({ type: OrderDirection, required: true, defaultValue: 'ASC' }),
  }),
})

builder.queryField('user', (t) =>
  t.prismaField({
    type: User,
    nullable: true,
    description: 'A user by name; the caller when omitted.',
    args: { name: t.arg.string() },
    access: { action: 'iam:GetUser', resource: (_parent, { name }) => user(name) },
    resolve: async (query, _parent, { name }, { db, principal }) => {
      checkConstraints({ userName: name })
      const { accountId } = principal
      const where =
        name === null || name === undefined
          ? { accountId, id: principal.id }
          : { accountId, root: false, nameKey: name.toLowerCase() }
      const found = await db.user.findFirst({ ...query, where })
      if (!found) throw userNotFound(name ?? principal.id)
      return found
    },
  }),
)

builder.queryField('users', (t) =>
  t.connection(
    {
      type: User,
      nullable: true,
      description: 'Users by name, without regard to case.',
      args: {
        pathPrefix: t.arg.string({ description: 'Only users whose path begins so, e.g. `/division/`.' }),
        search: t.arg.string({
          description:
            'The whole id of an access key, active or not, finds its owner; anything else is a part of a name.',
        }),
        accessKeyId: t.arg.id({ description: 'Only the owner of this key, active or not.' }),
        orderBy: t.arg({ type: UserOrder }),
      },
      access: { action: 'iam:ListUsers', resource: (_parent, { pathPrefix }) => listOf('user', pathPrefix) },
      resolve: async (_parent, args, context, info) => {
        const page = await pageOfUsers(context.db, context.principal.accountId, args)
        const { where, orderBy, take } = page
        return page.connection(
          await context.db.user.findMany({ ...nodeQuery(context, info, page), where, orderBy, take }),
        )
      },
    },
    UserConnection,
  ),
)
