import type { AuditDetail } from '../audit-entry.ts'
import type { Call } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { IamError } from '../errors.ts'
import { newCertificateId } from '../identifiers.ts'
import { checkQuota } from '../quotas.ts'
import { resolveUser } from '../users/find-user.ts'
import { acceptCertificate } from './certificate-material.ts'
import { recordOf, type SigningCertificateRecord } from './find-signing-certificate.ts'

export interface UploadSigningCertificateInput {
  /** The caller when omitted. */
  readonly userName?: string | null
  /** Kept as it is. */
  readonly certificateBody: string
}

/**
 * Gives a user, or the caller, an X.509 certificate, which is active at once. Nobody in the account must have it already. Inactive
 * ones count toward the quota of two. Throws NoSuchEntity, MalformedCertificate, InvalidCertificate, DuplicateCertificate,
 * LimitExceeded, ValidationError.
 */
export async function uploadSigningCertificate(
  call: Call,
  { userName, certificateBody }: UploadSigningCertificateInput,
): Promise<SigningCertificateRecord> {
  checkConstraints({ userName, certificateBody })
  // Not the text: somebody may have given a private key.
  const detail: AuditDetail & { certificateId: string | null; subject: string | null } = {
    userName: userName ?? call.principal.name,
    certificateId: null,
    subject: null,
  }
  return await change(call, detail, async (tx) => {
    const user = await resolveUser(tx, call, userName)
    const { accountId, id: userId } = user
    const { digest, subject } = acceptCertificate(certificateBody, call.clock())
    detail.subject = subject
    if ((await tx.signingCertificate.count({ where: { accountId, digest } })) > 0) {
      throw new IamError('DuplicateCertificate', 'The certificate is already associated with a user of the account.')
    }
    checkQuota('SigningCertificatesPerUser', (await tx.signingCertificate.count({ where: { accountId, userId } })) + 1)
    const id = newCertificateId(call.random)
    detail.certificateId = id
    const row = await tx.signingCertificate.create({
      data: { accountId, id, userId, body: certificateBody, digest, uploadedAt: call.clock() },
    })
    return recordOf(user, row)
  })
}
