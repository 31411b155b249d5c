import { listOf, user } from '../../access/declaration.ts'
import { getUser, listUsers } from '../../iam/users/read-users.ts'
import { builder } from '../builder.ts'
import { nodesOf } from '../page.ts'
import { User, UserConnection } from './user.ts'

const OrderDirection = builder.enumType('OrderDirection', {
  description: 'The direction of an order.',
  values: {
    ASC: { description: 'From A to Z, from old to new.' },
    DESC: { description: 'From Z to A, from new to old.' },
  } as const,
})

const UserOrderField = builder.enumType('UserOrderField', {
  description: 'What users are ordered by.',
  values: {
    NAME: { description: 'By name, without regard to case.' },
    CREATED_AT: { description: 'By the time of creation.' },
  } as const,
})

const UserOrder = builder.inputType('UserOrder', {
  description: 'The order of a list of users.',
  fields: (t) => ({
    field: t.field({ type: UserOrderField, required: true, description: 'What the users are ordered by.' }),
    direction: t.field({
      type: OrderDirection,
      required: true,
      defaultValue: 'ASC',
      description: 'Whether the order rises or falls.',
    }),
  }),
})

builder.queryField('user', (t) =>
  t.prismaField({
    type: User,
    nullable: true,
    description: 'An IAM user by name, or the caller. NoSuchEntity when there is none.',
    args: {
      name: t.arg.string({ description: 'Name of an IAM user, without regard to case. Left out or null: the caller.' }),
    },
    access: { action: 'iam:GetUser', resource: (_parent, { name }) => user(name) },
    resolve: (query, _parent, { name }, context) => getUser(context, { userName: name }, query),
  }),
)

builder.queryField('users', (t) =>
  t.connection(
    {
      type: User,
      nullable: true,
      description: 'The IAM users of the account, ordered by name without regard to case unless `orderBy` is given.',
      args: {
        pathPrefix: t.arg.string(),
        search: t.arg.string({
          description:
            'Lists only users whose name contains this text, without regard to case; or, when it is a whole access key id, the user who owns the key. At most 128 characters. Left out, null or empty: all users.',
        }),
        accessKeyId: t.arg.id({
          description: 'Lists only the user who owns this access key, active or inactive. Left out or null: all users.',
        }),
        orderBy: t.arg({
          type: UserOrder,
          description: 'The order of the list. Left out or null: by name, from A to Z.',
        }),
      },
      access: { action: 'iam:ListUsers', resource: (_parent, { pathPrefix }) => listOf('user', pathPrefix) },
      resolve: (_parent, args, context, info) => listUsers(context, args, nodesOf(context, info)),
    },
    UserConnection,
  ),
)
