import { listOf, user } from '../../access/declaration.ts'
import { getMfaDevice } from '../../iam/mfa/get-mfa-device.ts'
import { pageOfMfaDevices } from '../../iam/mfa/page-of-mfa-devices.ts'
import { builder } from '../builder.ts'
import { nodeQuery } from '../page.ts'
import { MfaDevice, MfaDeviceConnection } from './mfa-device.ts'

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
    resolve: async (query, _parent, args, { db, principal }) => {
      const { id } = await getMfaDevice(db, principal, args)
      return await db.mfaDevice.findUnique({
        ...query,
        where: { accountId_id: { accountId: principal.accountId, id } },
      })
    },
  }),
)

builder.queryField('virtualMfaDevices', (t) =>
  t.connection(
    {
      type: MfaDevice,
      nullable: true,
      args: { assignmentStatus: t.arg({ type: MfaAssignmentStatus, defaultValue: 'ANY' }) },
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
