import type { SamlProvider, SamlProviderTag } from '../../generated/prisma/client.ts'
import type { ReadCall, Selection } from '../call.ts'
import { checkConstraints } from '../constraints.ts'
import { findSamlProvider } from './find-saml-provider.ts'

interface ProviderInput {
  readonly samlProviderArn: string
}

/** An identity provider of SAML by ARN (iam:GetSAMLProvider). Throws NoSuchEntity, ValidationError. */
export async function getSamlProvider(
  call: ReadCall,
  { samlProviderArn }: ProviderInput,
  asked: Selection,
): Promise<SamlProvider | null> {
  checkConstraints({ samlProviderArn })
  const { name } = await findSamlProvider(call.db, call.principal.accountId, samlProviderArn)
  return await samlProviderNamed(call, name, asked)
}

/** The identity provider of SAML of this name; null when there is none. */
export function samlProviderNamed(
  { db, principal: { accountId } }: ReadCall,
  name: string,
  asked: Selection,
): Promise<SamlProvider | null> {
  return db.samlProvider.findUnique({ ...asked, where: { accountId_name: { accountId, name } } })
}

/** All identity providers of SAML of the account, at most 100, by name (iam:ListSAMLProviders). */
export function listSamlProviders(
  { db, principal: { accountId } }: ReadCall,
  asked: Selection,
): Promise<SamlProvider[]> {
  return db.samlProvider.findMany({ ...asked, where: { accountId }, orderBy: { name: 'asc' } })
}

/** The tags of an identity provider of SAML by key (iam:ListSAMLProviderTags). Throws NoSuchEntity, ValidationError. */
export async function listSamlProviderTags(
  { db, principal }: ReadCall,
  { samlProviderArn }: ProviderInput,
): Promise<SamlProviderTag[]> {
  checkConstraints({ samlProviderArn })
  const { accountId, name } = await findSamlProvider(db, principal.accountId, samlProviderArn)
  return await db.samlProviderTag.findMany({ where: { accountId, providerName: name }, orderBy: { key: 'asc' } })
}
