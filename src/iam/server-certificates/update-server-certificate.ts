import type { Call } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import {
  checkServerCertificateNameIsFree,
  findServerCertificate,
  type ServerCertificateRecord,
  WITHOUT_KEY,
} from './find-server-certificate.ts'

export interface UpdateServerCertificateInput {
  readonly serverCertificateName: string
  readonly newPath?: string | null
  readonly newServerCertificateName?: string | null
}

/**
 * Renames or moves a server certificate. Its id, certificate and key stay; ARNs that policies spell out do not follow. Throws
 * NoSuchEntity, EntityAlreadyExists, ValidationError.
 */
export async function updateServerCertificate(
  call: Call,
  { serverCertificateName, newPath, newServerCertificateName }: UpdateServerCertificateInput,
): Promise<ServerCertificateRecord> {
  checkConstraints({ serverCertificateName, newPath, newServerCertificateName })
  const detail = {
    serverCertificateName,
    newPath: newPath ?? null,
    newServerCertificateName: newServerCertificateName ?? null,
  }
  return await change(call, detail, async (tx) => {
    const { accountId, id, name, path } = await findServerCertificate(
      tx,
      call.principal.accountId,
      serverCertificateName,
    )
    const newName = newServerCertificateName ?? name
    if (newName !== name) await checkServerCertificateNameIsFree(tx, accountId, newName)
    return await tx.serverCertificate.update({
      where: { accountId_id: { accountId, id } },
      data: { name: newName, nameKey: newName.toLowerCase(), path: newPath ?? path },
      omit: WITHOUT_KEY,
    })
  })
}

/** Deletes a server certificate with its key and tags, and returns the row that was. Throws NoSuchEntity, ValidationError. */
export async function deleteServerCertificate(
  call: Call,
  { serverCertificateName }: { readonly serverCertificateName: string },
): Promise<ServerCertificateRecord> {
  checkConstraints({ serverCertificateName })
  return await change(call, { serverCertificateName }, async (tx) => {
    const found = await findServerCertificate(tx, call.principal.accountId, serverCertificateName)
    await tx.serverCertificate.delete({ where: { accountId_id: { accountId: found.accountId, id: found.id } } })
    return found
  })
}
