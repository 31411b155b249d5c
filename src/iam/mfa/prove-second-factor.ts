import type { RequestInfo, Services, Tx } from '../call.ts'
import { takeRecoveryCode } from './recovery-codes.ts'
import { verifyMfaCode } from './verify-mfa-code.ts'

export interface SecondFactorProof {
  readonly user: Parameters<typeof takeRecoveryCode>[2]['user']
  /** What a device shows, or a recovery code in place of it. */
  readonly code: string
  readonly request: RequestInfo
}

export interface SecondFactor {
  /** How many recovery codes are left after one was used; null when it was a device's. */
  readonly recoveryCodesLeft: number | null
}

/**
 * Checks what a person signs in or steps up with, and uses it up, in the caller's transaction; null when it is wrong or was used
 * before. Programs, which ask STS for credentials with the serial number of a device, use `verifyMfaCode` itself: a recovery code
 * is for people, and of no device.
 */
export async function proveSecondFactor(
  tx: Tx,
  services: Pick<Services, 'clock' | 'random' | 'secrets'>,
  { user, code, request }: SecondFactorProof,
): Promise<SecondFactor | null> {
  if ((await verifyMfaCode(tx, services, { user, code })) !== null) return { recoveryCodesLeft: null }
  const used = await takeRecoveryCode(tx, services, { user, code, request })
  return used === null ? null : { recoveryCodesLeft: used.left }
}
