import { listOf, type Requirement, resourcesOf } from '../../access/declaration.ts'
import { instanceProfileArn } from '../../authn/arn.ts'
import { ENTITY_BY_ID } from '../../iam/entities-by-id.ts'
import { builder } from '../builder.ts'
import { type PayloadFields, stillThere } from '../operation.ts'
import { Role } from './role.ts'
import { Tag } from './tag.ts'

export const INSTANCE_PROFILE = resourcesOf('instance-profile')

interface ProfileColumns {
  id: string
  name: string
  path: string
}

/** The role is part of what lists show. */
const readable = {
  anyOf: [
    { action: 'iam:GetInstanceProfile', resource: INSTANCE_PROFILE.row },
    { action: 'iam:ListInstanceProfiles', resource: () => listOf('instance-profile') },
  ],
} as const satisfies { readonly anyOf: readonly Requirement<ProfileColumns, object>[] }

export const InstanceProfile = builder.prismaNode('InstanceProfile', {
  description:
    'What hands a role to a machine of EC2. Tools that were written for AWS keep roles in instance profiles.',
  id: { resolve: ({ id }) => id },
  findUnique: (id, { principal }) => ({ accountId_id: { accountId: principal.accountId, id } }),
  select: { accountId: true, id: true, name: true, path: true },
  fields: (t) => ({
    instanceProfileId: t.exposeString('id', {
      description: 'The unique id, `AIPA…`. It is never given to another instance profile; a name can be.',
    }),
    arn: t.field({ type: 'ARN', resolve: (profile) => instanceProfileArn(profile) }),
    name: t.exposeString('name'),
    path: t.exposeString('path'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    role: t.relation('role', {
      type: Role,
      nullable: true,
      description: 'The role in the instance profile; null when there is none.',
      access: readable,
    }),
    tags: t.field({
      type: [Tag],
      nullable: true,
      description: 'The tags of the instance profile, by key.',
      access: {
        anyOf: [
          { action: 'iam:ListInstanceProfileTags', resource: INSTANCE_PROFILE.row },
          { action: 'iam:GetInstanceProfile', resource: INSTANCE_PROFILE.row },
        ],
      },
      select: { tags: { select: { key: true, value: true }, orderBy: { key: 'asc' } } },
      resolve: ({ tags }) => tags,
    }),
  }),
})

export const InstanceProfileConnection = builder.connectionObject(
  { type: InstanceProfile, name: 'InstanceProfileConnection' },
  { name: 'InstanceProfileEdge' },
)

/** The instance profile that a mutation changed: read again, with just what the client asked for. */
export function changedInstanceProfile<Row extends object>(t: PayloadFields<Row>, idOf: (row: Row) => string) {
  return t.prismaField({
    type: InstanceProfile,
    access: 'parent',
    resolve: async (query, row, _args, context) =>
      stillThere(await ENTITY_BY_ID.InstanceProfile(context, idOf(row), query)),
  })
}
