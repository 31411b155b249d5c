import { mfaDevice, userWithId } from '../../access/declaration.ts'
import { mfaArn } from '../../authn/arn.ts'
import { builder } from '../builder.ts'
import { Tag } from './tag.ts'

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
