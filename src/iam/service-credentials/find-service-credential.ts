import type { ServiceSpecificCredential } from '../../generated/prisma/client.ts'
import type { Tx } from '../call.ts'
import { IamError } from '../errors.ts'

/** A credential as operations hand it out: without the hash of its secret. */
export type ServiceCredentialRecord = Omit<ServiceSpecificCredential, 'secretHash'>

/** Leaves the hash in the database. */
export const WITHOUT_HASH = { secretHash: true } as const

/** A credential and its secret, which is handed out here and never again. */
export interface CredentialAndSecret {
  readonly credential: ServiceCredentialRecord
  readonly secret: string
}

export type ServiceCredentialState = 'ACTIVE' | 'INACTIVE' | 'EXPIRED'

/** A credential of this user. One of another user is as unknown as one that does not exist. Throws NoSuchEntity. */
export async function findServiceCredential(
  tx: Tx,
  user: { readonly accountId: string; readonly id: string },
  id: string,
): Promise<ServiceCredentialRecord> {
  const credential = await tx.serviceSpecificCredential.findFirst({
    where: { accountId: user.accountId, id, userId: user.id },
    omit: WITHOUT_HASH,
  })
  if (credential === null)
    throw new IamError('NoSuchEntity', `The Service Specific Credential with id ${id} cannot be found.`)
  return credential
}

/** Whether it can be used now. Nothing changes the row when the time has come. */
export function stateOf(
  { status, expiresAt }: Pick<ServiceSpecificCredential, 'status' | 'expiresAt'>,
  now: Date,
): ServiceCredentialState {
  return expiresAt !== null && expiresAt.getTime() <= now.getTime() ? 'EXPIRED' : status
}

/** What can no longer be used is not made to look as if it could. Throws InvalidInput. */
export function checkNotExpired(credential: Pick<ServiceSpecificCredential, 'status' | 'expiresAt'>, now: Date): void {
  if (stateOf(credential, now) === 'EXPIRED')
    throw new IamError('InvalidInput', 'The service-specific credential has expired. Delete it and create another one.')
}
