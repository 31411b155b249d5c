import { role, listOf } from '../../access/declaration.ts'
import { checkConstraints } from '../../iam/constraints.ts'
import { roleNotFound } from '../../iam/roles/find-role.ts'
import { pageOfRoles } from '../../iam/roles/page-of-roles.ts'
import { builder } from '../builder.ts'
import { nodeQuery } from '../page.ts'
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
    resolve: async (query, _parent, { name }, { db, principal }) => {
      checkConstraints({ roleName: name })
      const where = { accountId_nameKey: { accountId: principal.accountId, nameKey: name.toLowerCase() } }
      const found = await db.role.findUnique({ ...query, where })
      if (!found) throw roleNotFound(name)
      return found
    },
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
      resolve: async (_parent, args, context, info) => {
        const page = pageOfRoles(context.principal.accountId, args)
        const { where, orderBy, take } = page
        return page.connection(
          await context.db.role.findMany({ ...nodeQuery(context, info, page), where, orderBy, take }),
        )
      },
    },
    RoleConnection,
  ),
)
