import type { Tx } from '../call.ts'
import { tagging } from '../tags/tagging.ts'
import { findDevice } from './find-device.ts'

/** Tags of a virtual MFA device, by serial number: keys that differ in case are two. */
export const [tagMfaDevice, untagMfaDevice] = tagging({
  kind: 'mfa',
  parameter: 'serialNumber',
  named: (serialNumber) => ({ serialNumber }),
  find: findWithoutSeed,
  keyOf: ({ id }) => id,
})

/** Nothing more of its row is needed, least of all its seed. */
async function findWithoutSeed(tx: Tx, account: string, serialNumber: string) {
  const { accountId, id } = await findDevice(tx, account, serialNumber)
  return { accountId, id }
}
