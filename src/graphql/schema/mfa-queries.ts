import { listOf, mfaDevice, user } from '../../access/declaration.ts'
import { getMfaDevice, listMfaDeviceTags, listVirtualMfaDevices } from '../../iam/mfa/read-mfa-devices.ts'
import { builder } from '../builder.ts'
import { nodesOf } from '../page.ts'
import { MfaDevice, MfaDeviceConnection } from './mfa-device.ts'
import { Tag } from './tag.ts'

const MfaAssignmentStatus = builder.enumType('MfaAssignmentStatus', {
  values: ['ASSIGNED', 'UNASSIGNED', 'ANY'] as const,
})

builder.queryField('mfaDevice', (t) =>
  t.prismaField({
    type: MfaDevice,
    nullable: true,
    description: 'A device that is enabled for a user; for the caller when no name is given.',
    args: { serialNumber: t.arg.string({ required: true }), userName: t.arg.string() },
    access: { action: 'iam:GetMFADevice', resource: (_parent, { userName }) => user(userName) },
    resolve: (query, _parent, args, context) => getMfaDevice(context, args, query),
  }),
)

builder.queryField('mfaDeviceTags', (t) =>
  t.field({
    type: [Tag],
    nullable: true,
    description: 'The tags of a virtual MFA device by key.',
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
      args: { assignmentStatus: t.arg({ type: MfaAssignmentStatus, defaultValue: 'ANY' }) },
      access: { action: 'iam:ListVirtualMFADevices', resource: () => listOf('mfa') },
      resolve: (_parent, args, context, info) => listVirtualMfaDevices(context, args, nodesOf(context, info)),
    },
    MfaDeviceConnection,
  ),
)
