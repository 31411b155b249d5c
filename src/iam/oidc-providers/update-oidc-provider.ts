import type { OidcProvider, Prisma } from '../../generated/prisma/client.ts'
import type { AuditDetail } from '../audit-entry.ts'
import type { Call } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { IamError } from '../errors.ts'
import { findOidcProvider } from './find-oidc-provider.ts'
import { clientIdsOf, thumbprintsOf } from './provider-rules.ts'

interface ProviderInput {
  readonly openIdConnectProviderArn: string
}

export interface ClientIdInput extends ProviderInput {
  readonly clientId: string
}

export interface UpdateThumbprintInput extends ProviderInput {
  readonly thumbprintList: readonly string[]
}

/** Lets tokens for one more audience in; one that is there already stays. Throws NoSuchEntity, LimitExceeded, ValidationError. */
export async function addClientIdToOpenIdConnectProvider(call: Call, input: ClientIdInput): Promise<OidcProvider> {
  const { clientId } = input
  checkConstraints({ clientId })
  return await update(call, input, { clientId }, ({ clientIds }) => ({
    clientIds: clientIdsOf([...clientIds, clientId]),
  }))
}

/** Refuses tokens for an audience from now on; one that is not there is ignored. Throws NoSuchEntity, ValidationError. */
export async function removeClientIdFromOpenIdConnectProvider(call: Call, input: ClientIdInput): Promise<OidcProvider> {
  const { clientId } = input
  checkConstraints({ clientId })
  return await update(call, input, { clientId }, ({ clientIds }) => ({
    clientIds: clientIds.filter((other) => other !== clientId),
  }))
}

/** Replaces all thumbprints. Throws NoSuchEntity, InvalidInput, ValidationError. */
export async function updateOpenIdConnectProviderThumbprint(
  call: Call,
  input: UpdateThumbprintInput,
): Promise<OidcProvider> {
  const thumbprints = thumbprintsOf(input.thumbprintList)
  return await update(call, input, { thumbprintList: thumbprints }, () => ({ thumbprints }))
}

/**
 * Forgets a provider: none of its tokens is accepted any more. Sessions that it opened go on until they expire or the role's
 * sessions are revoked. Throws NoSuchEntity, ValidationError.
 */
export async function deleteOpenIdConnectProvider(
  call: Call,
  { openIdConnectProviderArn }: ProviderInput,
): Promise<{ readonly openIdConnectProviderArn: string }> {
  checkConstraints({ openIdConnectProviderArn })
  const { accountId } = call.principal
  await change(call, { openIdConnectProviderArn }, async (tx) => {
    const { url } = await findOidcProvider(tx, accountId, openIdConnectProviderArn, notThere)
    await tx.oidcProvider.delete({ where: { accountId_url: { accountId, url } } })
  })
  return { openIdConnectProviderArn }
}

function update(
  call: Call,
  { openIdConnectProviderArn }: ProviderInput,
  detail: AuditDetail,
  changeOf: (provider: OidcProvider) => Prisma.OidcProviderUpdateInput,
): Promise<OidcProvider> {
  checkConstraints({ openIdConnectProviderArn })
  return change(call, { openIdConnectProviderArn, ...detail }, async (tx) => {
    const provider = await findOidcProvider(tx, call.principal.accountId, openIdConnectProviderArn)
    const { accountId, url } = provider
    return await tx.oidcProvider.update({ where: { accountId_url: { accountId, url } }, data: changeOf(provider) })
  })
}

/** The wording of DeleteOpenIDConnectProvider. */
function notThere(arn: string): IamError {
  return new IamError('NoSuchEntity', `OpenId connect Provider ${arn} cannot be found.`)
}
