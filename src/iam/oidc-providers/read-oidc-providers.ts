import type { OidcProvider, OidcProviderTag } from '../../generated/prisma/client.ts'
import type { ReadCall, Selection } from '../call.ts'
import { checkConstraints } from '../constraints.ts'
import { findOidcProvider } from './find-oidc-provider.ts'

interface ProviderInput {
  readonly openIdConnectProviderArn: string
}

/** An identity provider by ARN (iam:GetOpenIDConnectProvider). Throws NoSuchEntity, ValidationError. */
export async function getOpenIdConnectProvider(
  call: ReadCall,
  { openIdConnectProviderArn }: ProviderInput,
  asked: Selection,
): Promise<OidcProvider | null> {
  checkConstraints({ openIdConnectProviderArn })
  const { url } = await findOidcProvider(call.db, call.principal.accountId, openIdConnectProviderArn)
  return await oidcProviderAt(call, url, asked)
}

/** The identity provider with this address, without `https://`; null when there is none. */
export function oidcProviderAt(
  { db, principal: { accountId } }: ReadCall,
  url: string,
  asked: Selection,
): Promise<OidcProvider | null> {
  return db.oidcProvider.findUnique({ ...asked, where: { accountId_url: { accountId, url } } })
}

/** All identity providers of the account, at most 100, by address (iam:ListOpenIDConnectProviders). */
export function listOpenIdConnectProviders(
  { db, principal: { accountId } }: ReadCall,
  asked: Selection,
): Promise<OidcProvider[]> {
  return db.oidcProvider.findMany({ ...asked, where: { accountId }, orderBy: { url: 'asc' } })
}

/** The tags of an identity provider by key (iam:ListOpenIDConnectProviderTags). Throws NoSuchEntity, ValidationError. */
export async function listOpenIdConnectProviderTags(
  { db, principal }: ReadCall,
  { openIdConnectProviderArn }: ProviderInput,
): Promise<OidcProviderTag[]> {
  checkConstraints({ openIdConnectProviderArn })
  const { accountId, url: providerUrl } = await findOidcProvider(db, principal.accountId, openIdConnectProviderArn)
  return await db.oidcProviderTag.findMany({ where: { accountId, providerUrl }, orderBy: { key: 'asc' } })
}
