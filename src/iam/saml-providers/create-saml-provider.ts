import type { Call } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { IamError } from '../errors.ts'
import { newSamlProviderId } from '../identifiers.ts'
import { checkQuota } from '../quotas.ts'
import { checkTags, describeTags, type TagInput } from '../tags/tag-rules.ts'
import { tagsOf, writeTags } from '../tags/write-tags.ts'
import { type SamlProviderRecord, WITHOUT_DOCUMENT } from './find-saml-provider.ts'
import { describeDocument, readMetadataDocument } from './read-metadata-document.ts'

export interface CreateSamlProviderInput {
  /** Metadata of one identity provider (SAML Metadata §2.3.2): an XML document of 1,000 to 300,000 characters. */
  readonly samlMetadataDocument: string
  readonly name: string
  readonly tags?: readonly TagInput[] | null
}

/**
 * Registers an identity provider of SAML 2.0. Its assertions open nothing until a role's trust policy names it. Throws
 * EntityAlreadyExists, LimitExceeded, InvalidInput, ValidationError.
 */
export async function createSamlProvider(call: Call, input: CreateSamlProviderInput): Promise<SamlProviderRecord> {
  const { samlMetadataDocument, name } = input
  const tags = input.tags ?? []
  checkConstraints({ samlMetadataDocument, samlProviderName: name })
  checkTags(tags, 'saml-provider')
  const document = readMetadataDocument(samlMetadataDocument, call.clock())
  const { accountId } = call.principal
  const id = newSamlProviderId(call.random)
  const detail = { name, ...describeDocument(document), tags: describeTags(tags) }
  return await change(call, detail, async (tx) => {
    const where = { accountId_name: { accountId, name } }
    if ((await tx.samlProvider.findUnique({ where, select: { name: true } })) !== null)
      throw new IamError(
        'EntityAlreadyExists',
        `Unable to create SAML Provider. Provider with name ${name} already exists.`,
      )
    checkQuota('SAMLProvidersPerAccount', (await tx.samlProvider.count({ where: { accountId } })) + 1)
    const data = { accountId, name, id, ...document, createdAt: call.clock() }
    const provider = await tx.samlProvider.create({ data, omit: WITHOUT_DOCUMENT })
    await writeTags(tagsOf(tx, 'saml-provider', accountId, name), tags)
    return provider
  })
}
