import { parseSamlProviderArn } from '../../authn/arn.ts'
import type { SamlProvider } from '../../generated/prisma/client.ts'
import type { Tx } from '../call.ts'
import { IamError } from '../errors.ts'

/** An identity provider without the document that it was registered with. */
export type SamlProviderRecord = Omit<SamlProvider, 'metadataDocument'>

/** Leaves the document, which may be long, in the database. */
export const WITHOUT_DOCUMENT = { metadataDocument: true } as const

/** The identity provider of SAML of the account with exactly this ARN. Throws NoSuchEntity. */
export async function findSamlProvider(tx: Tx, accountId: string, arn: string): Promise<SamlProviderRecord> {
  const named = parseSamlProviderArn(arn)
  if (named?.accountId !== accountId) throw samlProviderNotFound(arn)
  const where = { accountId_name: { accountId, name: named.name } }
  const provider = await tx.samlProvider.findUnique({ where, omit: WITHOUT_DOCUMENT })
  if (provider === null) throw samlProviderNotFound(arn)
  return provider
}

function samlProviderNotFound(arn: string): IamError {
  return new IamError('NoSuchEntity', `Manifest not found for arn ${arn}`)
}
