import type { Call } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { IamError } from '../errors.ts'
import { findSamlProvider, type SamlProviderRecord, WITHOUT_DOCUMENT } from './find-saml-provider.ts'
import { describeDocument, readMetadataDocument } from './read-metadata-document.ts'

interface ProviderInput {
  readonly samlProviderArn: string
}

export interface UpdateSamlProviderInput extends ProviderInput {
  readonly samlMetadataDocument?: string | null
}

/**
 * Replaces the metadata of a provider: from the next assertion on, the certificates of the new document count and no others. Throws
 * NoSuchEntity, InvalidInput, ValidationError.
 */
export async function updateSamlProvider(
  call: Call,
  { samlProviderArn, samlMetadataDocument }: UpdateSamlProviderInput,
): Promise<SamlProviderRecord> {
  checkConstraints({ samlMetadataDocument, samlProviderArn })
  const document = samlMetadataDocument == null ? null : readMetadataDocument(samlMetadataDocument, call.clock())
  return await change(call, { samlProviderArn, ...(document && describeDocument(document)) }, async (tx) => {
    const { accountId, name } = await findSamlProvider(tx, call.principal.accountId, samlProviderArn)
    // At AWS it may be left out where keys for encrypted assertions change.
    if (document === null)
      throw new IamError('InvalidInput', 'There is nothing to update: SAMLMetadataDocument is missing.')
    const where = { accountId_name: { accountId, name } }
    return await tx.samlProvider.update({ where, data: document, omit: WITHOUT_DOCUMENT })
  })
}

/**
 * Forgets a provider: none of its assertions is accepted any more. Sessions that it opened go on until they expire or the role's
 * sessions are revoked. Throws NoSuchEntity, ValidationError.
 */
export async function deleteSamlProvider(call: Call, { samlProviderArn }: ProviderInput): Promise<ProviderInput> {
  checkConstraints({ samlProviderArn })
  await change(call, { samlProviderArn }, async (tx) => {
    const { accountId, name } = await findSamlProvider(tx, call.principal.accountId, samlProviderArn)
    await tx.samlProvider.delete({ where: { accountId_name: { accountId, name } } })
  })
  return { samlProviderArn }
}
