import type { CredentialStatus, SigningCertificate } from '../../generated/prisma/client.ts'
import type { Call } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { resolveUser } from '../users/find-user.ts'
import { findSigningCertificate } from './find-signing-certificate.ts'

export interface UpdateSigningCertificateInput {
  /** The caller when omitted. */
  readonly userName?: string | null
  readonly certificateId: string
  readonly status: CredentialStatus
}

/**
 * Activates or deactivates a certificate, also an expired one; the status that it has already is accepted. Throws NoSuchEntity
 * (also for one of another user), ValidationError.
 */
export async function updateSigningCertificate(
  call: Call,
  { userName, certificateId, status }: UpdateSigningCertificateInput,
): Promise<SigningCertificate> {
  checkConstraints({ userName, certificateId })
  const detail = { userName: userName ?? call.principal.name, certificateId, status }
  return await change(call, detail, async (tx) => {
    const user = await resolveUser(tx, call, userName)
    const { accountId, id } = await findSigningCertificate(tx, user, certificateId)
    return await tx.signingCertificate.update({ where: { accountId_id: { accountId, id } }, data: { status } })
  })
}
