import { listOf, user } from '../../access/declaration.ts'
import { getUser, listUsers } from '../../iam/users/read-users.ts'
import { builder } from '../builder.ts'
import { nodesOf } from '../page.ts'
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
    resolve: (query, _parent, { name }, context) => getUser(context, { userName: name }, query),
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
      resolve: (_parent, args, context, info) => listUsers(context, args, nodesOf(context, info)),
    },
    UserConnection,
  ),
)
