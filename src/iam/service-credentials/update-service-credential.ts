import type { Call } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints, throwBroken } from '../constraints.ts'
import { resolveUser } from '../users/find-user.ts'
import {
  checkNotExpired,
  type CredentialAndSecret,
  findServiceCredential,
  type ServiceCredentialRecord,
  type ServiceCredentialState,
  WITHOUT_HASH,
} from './find-service-credential.ts'
import { hashServiceSecret, newServiceSecret } from './service-secret.ts'

interface ServiceCredentialInput {
  /** The caller when omitted. */
  readonly userName?: string | null
  readonly serviceSpecificCredentialId: string
}

export interface UpdateServiceSpecificCredentialInput extends ServiceCredentialInput {
  readonly status: ServiceCredentialState
}

/** Activates or deactivates a credential. Throws NoSuchEntity, InvalidInput (activating an expired one), ValidationError. */
export async function updateServiceSpecificCredential(
  call: Call,
  { status, ...named }: UpdateServiceSpecificCredentialInput,
): Promise<ServiceCredentialRecord> {
  checkConstraints(named)
  if (status === 'EXPIRED') {
    throwBroken([
      `Value at 'status' failed to satisfy constraint: Member must satisfy enum value set: [Active, Inactive]`,
    ])
  }
  const data = { status: status === 'ACTIVE' ? 'ACTIVE' : 'INACTIVE' } as const
  return await change(call, { ...detailOf(call, named), status }, async (tx) => {
    const user = await resolveUser(tx, call, named.userName)
    const found = await findServiceCredential(tx, user, named.serviceSpecificCredentialId)
    if (status === 'ACTIVE') checkNotExpired(found, call.clock())
    return await tx.serviceSpecificCredential.update({ where: rowOf(found), data, omit: WITHOUT_HASH })
  })
}

/**
 * Gives a credential another secret; the former one is refused from then on. Status and expiration stay. Throws NoSuchEntity,
 * InvalidInput (expired), ValidationError.
 */
export async function resetServiceSpecificCredential(
  call: Call,
  named: ServiceCredentialInput,
): Promise<CredentialAndSecret> {
  checkConstraints({ ...named })
  return await change(call, detailOf(call, named), async (tx) => {
    const user = await resolveUser(tx, call, named.userName)
    const found = await findServiceCredential(tx, user, named.serviceSpecificCredentialId)
    checkNotExpired(found, call.clock())
    const secret = newServiceSecret(found, call.random)
    const data = { secretHash: hashServiceSecret(secret) }
    const credential = await tx.serviceSpecificCredential.update({ where: rowOf(found), data, omit: WITHOUT_HASH })
    return { credential, secret }
  })
}

/** Deletes a credential, active or not, and returns the row that was. Throws NoSuchEntity, ValidationError. */
export async function deleteServiceSpecificCredential(
  call: Call,
  named: ServiceCredentialInput,
): Promise<ServiceCredentialRecord> {
  checkConstraints({ ...named })
  return await change(call, detailOf(call, named), async (tx) => {
    const user = await resolveUser(tx, call, named.userName)
    const found = await findServiceCredential(tx, user, named.serviceSpecificCredentialId)
    await tx.serviceSpecificCredential.delete({ where: rowOf(found) })
    return found
  })
}

function detailOf(call: Call, { userName, serviceSpecificCredentialId }: ServiceCredentialInput) {
  return { userName: userName ?? call.principal.name, serviceSpecificCredentialId }
}

function rowOf({ accountId, id }: ServiceCredentialRecord) {
  return { accountId_id: { accountId, id } }
}
