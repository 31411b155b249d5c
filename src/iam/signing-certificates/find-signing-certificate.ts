import type { SigningCertificate, User } from '../../generated/prisma/client.ts'
import type { Tx } from '../call.ts'
import { IamError } from '../errors.ts'
import { readCertificate } from './certificate-material.ts'

/** A certificate as operations hand it out, with its owner's name and what it says itself. */
export type SigningCertificateRecord = Pick<SigningCertificate, 'id' | 'body' | 'status' | 'uploadedAt'> & {
  readonly userName: string
  readonly subject: string
  readonly expiresAt: Date
}

export function recordOf(
  { name }: Pick<User, 'name'>,
  { id, body, status, uploadedAt }: SigningCertificate,
): SigningCertificateRecord {
  const { subject, expiresAt } = readCertificate(body)
  return { id, body, status, uploadedAt, userName: name, subject, expiresAt }
}

/** A certificate of this user. One of another user is as unknown as one that does not exist. Throws NoSuchEntity. */
export async function findSigningCertificate(
  tx: Tx,
  { accountId, id: userId }: Pick<User, 'accountId' | 'id'>,
  certificateId: string,
): Promise<SigningCertificate> {
  const found = await tx.signingCertificate.findFirst({ where: { accountId, id: certificateId, userId } })
  if (found === null) throw new IamError('NoSuchEntity', `The Certificate with id ${certificateId} cannot be found.`)
  return found
}
