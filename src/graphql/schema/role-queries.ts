import { role, listOf } from '../../access/declaration.ts'
import { getRole, listRoles } from '../../iam/roles/read-roles.ts'
import { builder } from '../builder.ts'
import { nodesOf } from '../page.ts'
import { Role, RoleConnection } from './role.ts'

builder.queryField('role', (t) =>
  t.prismaField({
    type: Role,
    nullable: true,
    description: 'A role by name. NoSuchEntity when there is none.',
    args: {
      name: t.arg.string({
        required: true,
        description: 'Name of a role, without regard to case: 1 to 64 characters.',
      }),
    },
    access: { action: 'iam:GetRole', resource: (_parent, { name }) => role(name) },
    resolve: (query, _parent, { name }, context) => getRole(context, { roleName: name }, query),
  }),
)

builder.queryField('roles', (t) =>
  t.connection(
    {
      type: Role,
      nullable: true,
      description: 'The roles of the account, ordered by name without regard to case.',
      args: { pathPrefix: t.arg.string() },
      access: { action: 'iam:ListRoles', resource: (_parent, { pathPrefix }) => listOf('role', pathPrefix) },
      resolve: (_parent, args, context, info) => listRoles(context, args, nodesOf(context, info)),
    },
    RoleConnection,
  ),
)
