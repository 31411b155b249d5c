import type { Prisma, ServerCertificate, ServerCertificateTag } from '../../generated/prisma/client.ts'
import type { ReadCall, Selection } from '../call.ts'
import { checkConstraints } from '../constraints.ts'
import { type KeysetConnection, keysetPage, type NodesOf, type PageArgs } from '../keyset-page.ts'
import { likeLiteral } from '../like-literal.ts'
import { findServerCertificate, serverCertificateNotFound } from './find-server-certificate.ts'

interface CertificateInput {
  readonly serverCertificateName: string
}

export interface ServerCertificatesArgs extends PageArgs {
  /** Certificates whose path begins with it; it needs no final slash. */
  readonly pathPrefix?: string | null
}

/** A server certificate by name without regard to case (iam:GetServerCertificate). Throws NoSuchEntity, ValidationError. */
export async function getServerCertificate(
  { db, principal: { accountId } }: ReadCall,
  { serverCertificateName }: CertificateInput,
  asked: Selection,
): Promise<ServerCertificate> {
  checkConstraints({ serverCertificateName })
  const where = { accountId_nameKey: { accountId, nameKey: serverCertificateName.toLowerCase() } }
  const found = await db.serverCertificate.findUnique({ ...asked, where })
  if (!found) throw serverCertificateNotFound(serverCertificateName)
  return found
}

/** One page of the server certificates by name (iam:ListServerCertificates). Throws ValidationError. */
export async function listServerCertificates(
  { db, principal: { accountId } }: ReadCall,
  { pathPrefix, ...args }: ServerCertificatesArgs,
  nodes: NodesOf,
): Promise<KeysetConnection<ServerCertificate>> {
  checkConstraints({ pathPrefix })
  const page = keysetPage(args)
  const { orderBy, take } = page
  const below: Prisma.ServerCertificateWhereInput[] = pathPrefix
    ? [{ path: { startsWith: likeLiteral(pathPrefix) } }]
    : []
  const where = { accountId, AND: [...page.where.AND, ...below] }
  return page.connection(await db.serverCertificate.findMany({ ...nodes(page), where, orderBy, take }))
}

/** The tags of a server certificate by key (iam:ListServerCertificateTags). Throws NoSuchEntity, ValidationError. */
export async function listServerCertificateTags(
  { db, principal }: ReadCall,
  { serverCertificateName }: CertificateInput,
): Promise<ServerCertificateTag[]> {
  checkConstraints({ serverCertificateName })
  const { accountId, id } = await findServerCertificate(db, principal.accountId, serverCertificateName)
  return await db.serverCertificateTag.findMany({ where: { accountId, certificateId: id }, orderBy: { key: 'asc' } })
}
