import { parseOidcProviderArn } from '../../authn/arn.ts'
import type { OidcProvider } from '../../generated/prisma/client.ts'
import type { Tx } from '../call.ts'
import { IamError } from '../errors.ts'

/** The identity provider of the account with exactly this ARN. `notFound` says in the words of the operation that there is none. */
export async function findOidcProvider(
  tx: Tx,
  accountId: string,
  arn: string,
  notFound: (arn: string) => IamError = oidcProviderNotFound,
): Promise<OidcProvider> {
  const named = parseOidcProviderArn(arn)
  if (named?.accountId !== accountId) throw notFound(arn)
  const provider = await tx.oidcProvider.findUnique({ where: { accountId_url: { accountId, url: named.url } } })
  if (provider === null) throw notFound(arn)
  return provider
}

function oidcProviderNotFound(arn: string): IamError {
  return new IamError('NoSuchEntity', `OpenIDConnect Provider not found for arn ${arn}`)
}
