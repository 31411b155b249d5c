import { listOf, mfaDevice, userWithId } from '../../access/declaration.ts'
import { mfaArn, userArn } from '../../authn/arn.ts'
import { ENTITY_BY_ID } from '../../iam/entities-by-id.ts'
import { builder } from '../builder.ts'
import { type PayloadFields, there } from '../operation.ts'
import { Tag } from './tag.ts'

interface Assignee {
  readonly accountId: string
  readonly id: string
  readonly name: string
  readonly path: string
  readonly root: boolean
  readonly createdAt: Date
}

const MfaAssignee = builder.objectRef<Assignee>('MfaAssignee').implement({
  fields: (t) => ({
    userId: t.exposeString('id'),
    arn: t.field({ type: 'ARN', resolve: (user) => userArn(user) }),
    name: t.exposeString('name'),
    path: t.exposeString('path'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
})

export const MfaDevice = builder.prismaNode('MfaDevice', {
  id: { resolve: ({ id }) => id },
  findUnique: (id, { principal }) => ({ accountId_id: { accountId: principal.accountId, id } }),
  // Explicit: the sealed seed is never read here.
  select: { accountId: true, id: true, name: true, path: true, userId: true },
  fields: (t) => ({
    serialNumber: t.field({ type: 'ARN', resolve: (device) => mfaArn(device) }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    enabledAt: t.expose('enabledAt', { type: 'DateTime', nullable: true, description: 'Null while nobody uses it.' }),
    tags: t.field({
      type: [Tag],
      nullable: true,
      access: { action: 'iam:ListMFADeviceTags', resource: (device) => mfaDevice(mfaArn(device)) },
      select: { tags: { select: { key: true, value: true }, orderBy: { key: 'asc' } } },
      resolve: ({ tags }) => tags,
    }),
    userName: t.string({
      nullable: true,
      description: 'Whose device it is; null while it is not assigned.',
      select: { user: { select: { name: true } } },
      resolve: ({ user }) => user?.name ?? null,
    }),
    assignee: t.field({
      type: MfaAssignee,
      nullable: true,
      description: 'The same as IAM shows it in the list of devices; null while the device is not assigned.',
      access: {
        anyOf: [
          { action: 'iam:ListVirtualMFADevices', resource: () => listOf('mfa') },
          { action: 'iam:GetUser', resource: ({ userId }) => userWithId(userId ?? '') },
        ],
      },
      select: {
        user: {
          select: {
            accountId: true,
            id: true,
            name: true,
            path: true,
            root: true,
            createdAt: true,
          },
        },
      },
      resolve: ({ user }) => user,
    }),
    user: t.relation('user', {
      nullable: true,
      description: 'Null while the device is not assigned.',
      access: {
        action: 'iam:GetUser',
        resource: ({ userId }) => userWithId(userId ?? ''),
        when: ({ userId }) => userId !== null,
      },
    }),
  }),
})

export const MfaDeviceConnection = builder.connectionObject(
  { type: MfaDevice, name: 'MfaDeviceConnection' },
  { name: 'MfaDeviceEdge' },
)

/** The device that a mutation changed: read again, with just what the client asked for. */
export function changedMfaDevice<Row extends object>(t: PayloadFields<Row>, idOf: (row: Row) => string) {
  return t.prismaField({
    type: MfaDevice,
    access: 'parent',
    resolve: async (query, row, _args, context) => there(await ENTITY_BY_ID.MfaDevice(context, idOf(row), query)),
  })
}
