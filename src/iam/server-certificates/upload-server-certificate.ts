import { SECRET_OWNER } from '../../authn/secret-owner.ts'
import type { Call } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { uniqueId } from '../identifiers.ts'
import { checkQuota } from '../quotas.ts'
import { checkTags, describeTags, type TagInput } from '../tags/tag-rules.ts'
import { tagsOf, writeTags } from '../tags/write-tags.ts'
import { checkCertificate, type CertificateTexts } from './check-certificate.ts'
import {
  checkServerCertificateNameIsFree,
  type ServerCertificateRecord,
  WITHOUT_KEY,
} from './find-server-certificate.ts'

export interface UploadServerCertificateInput extends CertificateTexts {
  readonly path?: string | null
  readonly serverCertificateName: string
  readonly tags?: readonly TagInput[] | null
}

/**
 * Stores a certificate, its chain and its private key, which is sealed and never handed out. Throws EntityAlreadyExists,
 * LimitExceeded, MalformedCertificate, InvalidCertificate, KeyPairMismatch, InvalidInput, ValidationError.
 */
export async function uploadServerCertificate(
  call: Call,
  input: UploadServerCertificateInput,
): Promise<ServerCertificateRecord> {
  const { serverCertificateName: name, certificateBody } = input
  const tags = input.tags ?? []
  const path = input.path ?? '/'
  const certificateChain = input.certificateChain ?? null
  const texts = { certificateBody, privateKey: input.privateKey, certificateChain }
  checkConstraints({ path: input.path, serverCertificateName: name, ...texts })
  checkTags(tags, 'server-certificate')
  const { expiresAt, privateKey } = await checkCertificate(texts, call.clock())

  const { accountId } = call.principal
  const id = uniqueId('ASCA', call.random)
  const sealed = call.secrets.seal(Buffer.from(privateKey), SECRET_OWNER.serverCertificate({ accountId, id }))
  const detail = {
    serverCertificateName: name,
    serverCertificateId: id,
    path,
    expiration: expiresAt.toISOString(),
    tags: describeTags(tags),
  }
  return await change(call, detail, async (tx) => {
    await checkServerCertificateNameIsFree(tx, accountId, name)
    checkQuota('ServerCertificatesPerAccount', (await tx.serverCertificate.count({ where: { accountId } })) + 1)
    const certificate = await tx.serverCertificate.create({
      data: {
        accountId,
        id,
        name,
        nameKey: name.toLowerCase(),
        path,
        certificateBody,
        certificateChain,
        privateKey: sealed.ciphertext,
        sealedBy: sealed.keyId,
        createdAt: call.clock(),
        expiresAt,
      },
      omit: WITHOUT_KEY,
    })
    await writeTags(tagsOf(tx, 'server-certificate', accountId, id), tags)
    return certificate
  })
}
