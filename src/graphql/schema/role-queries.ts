import { role, listOf } from '../../access/declaration.ts'
import { getRole, listRoles } from '../../iam/roles/read-roles.ts'
import { builder } from '../builder.ts'
import { nodesOf } from '../page.ts'
import { Role, RoleConnection } from './role.ts'

builder.queryField('role', (t) =>
  t.prismaField({
    type: Role,
    nullable: true,
    args: { name: t.arg.string({ required: true }) },
    access: { action: 'iam:GetRole', resource: (_parent, { name }) => role(name) },
    resolve: (query, _parent, { name }, context) => getRole(context, { roleName: name }, query),
  }),
)

builder.queryField('roles', (t) =>
  t.connection(
    {
      type: Role,
      nullable: true,
      description: 'Roles by name, without regard to case.',
      args: { pathPrefix: t.arg.string({ description: 'Only roles whose path begins so, e.g. `/division/`.' }) },
      access: { action: 'iam:ListRoles', resource: (_parent, { pathPrefix }) => listOf('role', pathPrefix) },
      resolve: (_parent, args, context, info) => listRoles(context, args, nodesOf(context, info)),
    },
    RoleConnection,
  ),
)
