import { listOf, mfaDevice, user } from '../../access/declaration.ts'
import { getMfaDevice, listMfaDeviceTags, listVirtualMfaDevices } from '../../iam/mfa/read-mfa-devices.ts'
import { builder } from '../builder.ts'
import { nodesOf } from '../page.ts'
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
    resolve: (query, _parent, args, context) => getMfaDevice(context, args, query),
  }),
)

builder.queryField('mfaDeviceTags', (t) =>
  t.field({
    type: [Tag],
    nullable: true,
    description: 'The tags of a virtual MFA device, ordered by key.',
    args: { serialNumber: t.arg.string({ required: true }) },
    access: { action: 'iam:ListMFADeviceTags', resource: (_parent, { serialNumber }) => mfaDevice(serialNumber) },
    resolve: (_parent, args, context) => listMfaDeviceTags(context, args),
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
      resolve: (_parent, args, context, info) => listVirtualMfaDevices(context, args, nodesOf(context, info)),
    },
    MfaDeviceConnection,
  ),
)
