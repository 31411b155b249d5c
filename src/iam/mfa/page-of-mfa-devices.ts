import type { Prisma } from '../../generated/prisma/client.ts'
import { type KeysetPage, keysetPage, type PageArgs } from '../keyset-page.ts'

export interface MfaDevicesArgs extends PageArgs {
  readonly assignmentStatus?: 'ASSIGNED' | 'UNASSIGNED' | 'ANY' | null
}

export interface MfaDevicePage extends Omit<KeysetPage, 'where'> {
  readonly where: Prisma.MfaDeviceWhereInput
}

/** A page of an account's virtual MFA devices by path and name. Throws ValidationError for bad arguments and cursors. */
export function pageOfMfaDevices(accountId: string, args: MfaDevicesArgs): MfaDevicePage {
  const page = keysetPage(args)
  const filters: Prisma.MfaDeviceWhereInput[] = []
  if (args.assignmentStatus === 'ASSIGNED') filters.push({ userId: { not: null } })
  if (args.assignmentStatus === 'UNASSIGNED') filters.push({ userId: null })
  return { ...page, where: { accountId, AND: [...page.where.AND, ...filters] } }
}
