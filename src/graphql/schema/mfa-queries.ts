import { listOf } from '../../access/declaration.ts'
import { pageOfMfaDevices } from '../../iam/mfa/page-of-mfa-devices.ts'
import { builder } from '../builder.ts'
import { nodeQuery } from '../page.ts'
import { MfaDevice, MfaDeviceConnection } from './mfa-device.ts'

const MfaAssignmentStatus = builder.enumType('MfaAssignmentStatus', {
  values: ['ASSIGNED', 'UNASSIGNED', 'ANY'] as const,
})

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
