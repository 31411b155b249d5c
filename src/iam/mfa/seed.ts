import { SECRET_OWNER } from '../../authn/secret-owner.ts'
import type { MfaDevice } from '../../generated/prisma/client.ts'
import type { SealedSecret, SecretBox } from '../call.ts'

type DeviceId = Pick<MfaDevice, 'accountId' | 'id'>

/** Encrypts the base32 seed of a device, bound to the device. */
export function sealSeed(secrets: SecretBox, device: DeviceId, seed: string): SealedSecret {
  return secrets.seal(Buffer.from(seed, 'ascii'), SECRET_OWNER.mfaSeed(device))
}

/** The base32 seed of a device. */
export function openSeed(secrets: SecretBox, device: MfaDevice): string {
  const opened = secrets.open({ ciphertext: device.seed, keyId: device.seedKeyId }, SECRET_OWNER.mfaSeed(device))
  return Buffer.from(opened).toString('ascii')
}
