import type { ReadCall } from '../call.ts'
import { checkConstraints } from '../constraints.ts'
import { resolveUser } from '../users/find-user.ts'
import type { OwnerInput } from '../users/read-users.ts'
import { recordOf, type SigningCertificateRecord } from './find-signing-certificate.ts'

/** The certificates of a user, or of the caller, oldest first (iam:ListSigningCertificates). Throws NoSuchEntity, ValidationError. */
export async function listSigningCertificates(
  call: ReadCall,
  { userName }: OwnerInput,
): Promise<SigningCertificateRecord[]> {
  checkConstraints({ userName })
  const user = await resolveUser(call.db, call, userName)
  const rows = await call.db.signingCertificate.findMany({
    where: { accountId: user.accountId, userId: user.id },
    orderBy: [{ uploadedAt: 'asc' }, { id: 'asc' }],
  })
  return rows.map((row) => recordOf(user, row))
}
