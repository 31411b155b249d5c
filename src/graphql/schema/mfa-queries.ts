import { listOf, mfaDevice, user } from '../../access/declaration.ts'
import { checkConstraints } from '../../iam/constraints.ts'
import { findDevice } from '../../iam/mfa/find-device.ts'
import { getMfaDevice } from '../../iam/mfa/get-mfa-device.ts'
import { pageOfMfaDevices } from '../../iam/mfa/page-of-mfa-devices.ts'
import { builder } from '../builder.ts'
import { nodeQuery } from '../page.ts'
import { MfaDevice, MfaDeviceConnection } from './mfa-device.ts'
import { Tag } from './tag.ts'

const MfaAssignmentStatus = builder.enumType('MfaAssignmentStatus', {
  description: 'Which virtual MFA devices to list.',
  values: {
    ASSIGNED: { description: 'Devices that are enabled for a user or for the root user.' },
    UNASSIGNED: { description: 'Devices that belong to no user.' },
    ANY: { description: 'All devices.' },
  } as const,
})

builder.queryField('mfaDevice', (t) =>
  t.prismaField({
    type: MfaDevice,
    nullable: true,
    description: 'An MFA device that is enabled for a user. NoSuchEntity when the user has no such device.',
    args: {
      serialNumber: t.arg.string({ required: true }),
      userName: t.arg.string({
        description: 'Name of an IAM user, without regard to case. Left out or null: the caller.',
      }),
    },
    access: { action: 'iam:GetMFADevice', resource: (_parent, { userName }) => user(userName) },
    resolve: async (query, _parent, args, { db, principal }) => {
      const { id } = await getMfaDevice(db, principal, args)
      return await db.mfaDevice.findUnique({
        ...query,
        where: { accountId_id: { accountId: principal.accountId, id } },
      })
    },
  }),
)

builder.queryField('mfaDeviceTags', (t) =>
  t.field({
    type: [Tag],
    nullable: true,
    description: 'The tags of a virtual MFA device, ordered by key.',
    args: { serialNumber: t.arg.string({ required: true }) },
    access: { action: 'iam:ListMFADeviceTags', resource: (_parent, { serialNumber }) => mfaDevice(serialNumber) },
    resolve: async (_parent, { serialNumber }, { db, principal }) => {
      checkConstraints({ serialNumber })
      const { accountId, id: deviceId } = await findDevice(db, principal.accountId, serialNumber)
      return await db.mfaDeviceTag.findMany({ where: { accountId, deviceId }, orderBy: { key: 'asc' } })
    },
  }),
)

builder.queryField('virtualMfaDevices', (t) =>
  t.connection(
    {
      type: MfaDevice,
      nullable: true,
      description: 'The virtual MFA devices of the account, ordered by path and name.',
      args: {
        assignmentStatus: t.arg({
          type: MfaAssignmentStatus,
          defaultValue: 'ANY',
          description: 'Lists only devices that are enabled, or only those that are not. Null: all.',
        }),
      },
      access: { action: 'iam:ListVirtualMFADevices', resource: () => listOf('mfa') },
      resolve: async (_parent, args, context, info) => {
        const page = pageOfMfaDevices(context.principal.accountId, args)
        const { where, orderBy, take } = page
        return page.connection(
          await context.db.mfaDevice.findMany({ ...nodeQuery(context, info, page), where, orderBy, take }),
        )
      },
    },
    MfaDeviceConnection,
  ),
)
