import type { ServerCertificate } from '../../generated/prisma/client.ts'
import type { Tx } from '../call.ts'
import { IamError } from '../errors.ts'

/** A server certificate as operations hand it out: without its sealed private key. */
export type ServerCertificateRecord = Omit<ServerCertificate, 'privateKey' | 'sealedBy'>

/** Leaves the sealed private key in the database. */
export const WITHOUT_KEY = { privateKey: true, sealedBy: true } as const

/** The server certificate that is meant by name, without regard to case. Throws NoSuchEntity. */
export async function findServerCertificate(tx: Tx, accountId: string, name: string): Promise<ServerCertificateRecord> {
  const where = { accountId_nameKey: { accountId, nameKey: name.toLowerCase() } }
  const certificate = await tx.serverCertificate.findUnique({ where, omit: WITHOUT_KEY })
  if (certificate === null) throw serverCertificateNotFound(name)
  return certificate
}

/** Names that differ in case only are the same. Throws EntityAlreadyExists. */
export async function checkServerCertificateNameIsFree(tx: Tx, accountId: string, name: string): Promise<void> {
  const where = { accountId_nameKey: { accountId, nameKey: name.toLowerCase() } }
  if ((await tx.serverCertificate.findUnique({ where, select: { id: true } })) !== null)
    throw new IamError('EntityAlreadyExists', `The Server Certificate with name ${name} already exists.`)
}

export function serverCertificateNotFound(name: string): IamError {
  return new IamError('NoSuchEntity', `The Server Certificate with name ${name} cannot be found.`)
}
