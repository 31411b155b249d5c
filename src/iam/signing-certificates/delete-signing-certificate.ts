import type { SigningCertificate } from '../../generated/prisma/client.ts'
import type { Call } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { resolveUser } from '../users/find-user.ts'
import { findSigningCertificate } from './find-signing-certificate.ts'

export interface DeleteSigningCertificateInput {
  /** The caller when omitted. */
  readonly userName?: string | null
  readonly certificateId: string
}

/** Deletes a certificate, also an active one, and returns the row that was. Throws NoSuchEntity, ValidationError. */
export async function deleteSigningCertificate(
  call: Call,
  { userName, certificateId }: DeleteSigningCertificateInput,
): Promise<SigningCertificate> {
  checkConstraints({ userName, certificateId })
  return await change(call, { userName: userName ?? call.principal.name, certificateId }, async (tx) => {
    const user = await resolveUser(tx, call, userName)
    const { accountId, id } = await findSigningCertificate(tx, user, certificateId)
    return await tx.signingCertificate.delete({ where: { accountId_id: { accountId, id } } })
  })
}
