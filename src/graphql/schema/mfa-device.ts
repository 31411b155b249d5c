import { listOf, mfaDevice, userWithId } from '../../access/declaration.ts'
import { mfaArn, userArn } from '../../authn/arn.ts'
import { ENTITY_BY_ID } from '../../iam/entities-by-id.ts'
import { builder } from '../builder.ts'
import { type PayloadFields, stillThere } from '../operation.ts'
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
  description: 'The user whom an MFA device is enabled for, as IAM shows them in the list of devices.',
  fields: (t) => ({
    userId: t.exposeString('id', { description: 'The unique id, `AIDA…`; the account id for the root user.' }),
    arn: t.field({ type: 'ARN', resolve: (user) => userArn(user) }),
    name: t.exposeString('name'),
    path: t.exposeString('path'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
})

export const MfaDevice = builder.prismaNode('MfaDevice', {
  description: 'A virtual MFA device, such as an authenticator app. Its seed is never returned.',
  id: { resolve: ({ id }) => id },
  findUnique: (id, { principal }) => ({ accountId_id: { accountId: principal.accountId, id } }),
  // Explicit: the sealed seed is never read here.
  select: { accountId: true, id: true, name: true, path: true, userId: true },
  fields: (t) => ({
    serialNumber: t.field({
      type: 'ARN',
      description: 'The serial number, which is the ARN of the device.',
      resolve: (device) => mfaArn(device),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    enabledAt: t.expose('enabledAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the device was enabled for its user; null while it has none.',
    }),
    tags: t.field({
      type: [Tag],
      nullable: true,
      description: 'The tags of the device, by key.',
      access: { action: 'iam:ListMFADeviceTags', resource: (device) => mfaDevice(mfaArn(device)) },
      select: { tags: { select: { key: true, value: true }, orderBy: { key: 'asc' } } },
      resolve: ({ tags }) => tags,
    }),
    userName: t.string({
      nullable: true,
      description: 'Name of the user whom the device is enabled for; null while it has none.',
      select: { user: { select: { name: true } } },
      resolve: ({ user }) => user?.name ?? null,
    }),
    assignee: t.field({
      type: MfaAssignee,
      nullable: true,
      description:
        'The user whom the device is enabled for, in short, for callers who may list devices; null while it has none.',
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
      description: 'The user whom the device is enabled for; null while it has none.',
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
    resolve: async (query, row, _args, context) => stillThere(await ENTITY_BY_ID.MfaDevice(context, idOf(row), query)),
  })
}
