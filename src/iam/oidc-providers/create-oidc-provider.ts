import { oidcProviderArn } from '../../authn/arn.ts'
import type { OidcProvider } from '../../generated/prisma/client.ts'
import type { Call } from '../call.ts'
import { change } from '../change.ts'
import { IamError } from '../errors.ts'
import { checkQuota } from '../quotas.ts'
import { checkTags, describeTags, type TagInput } from '../tags/tag-rules.ts'
import { addressOf, clientIdsOf, thumbprintsOf } from './provider-rules.ts'
import { tagsOf, writeTags } from '../tags/write-tags.ts'

export interface CreateOpenIdConnectProviderInput {
  /** `https://` and exactly what the provider's tokens have as `iss`. */
  readonly url: string
  /** Audiences that tokens may be for. Without any, no token is accepted. */
  readonly clientIdList?: readonly string[] | null
  /** Kept for clients written for AWS: certificates are checked against certificate authorities, never by thumbprint. */
  readonly thumbprintList?: readonly string[] | null
  readonly tags?: readonly TagInput[] | null
}

/**
 * Registers an identity provider. Its tokens open nothing until a role's trust policy names it. Nothing is fetched from it
 * yet. Throws EntityAlreadyExists, LimitExceeded, InvalidInput, ValidationError.
 */
export async function createOpenIdConnectProvider(
  call: Call,
  input: CreateOpenIdConnectProviderInput,
): Promise<OidcProvider> {
  const url = addressOf(input.url)
  const clientIds = clientIdsOf(input.clientIdList ?? [])
  const thumbprints = thumbprintsOf(input.thumbprintList ?? [])
  const tags = input.tags ?? []
  checkTags(tags, 'oidc-provider')
  const { accountId } = call.principal
  const detail = {
    openIdConnectProviderArn: oidcProviderArn(accountId, url),
    clientIdList: clientIds,
    thumbprintList: thumbprints,
    tags: describeTags(tags),
  }
  return await change(call, detail, async (tx) => {
    const where = { accountId_url: { accountId, url } }
    if ((await tx.oidcProvider.findUnique({ where, select: { url: true } })) !== null)
      throw new IamError('EntityAlreadyExists', `Provider with url ${input.url} already exists.`)
    checkQuota('OpenIdConnectProvidersPerAccount', (await tx.oidcProvider.count({ where: { accountId } })) + 1)
    const data = { accountId, url, clientIds, thumbprints, createdAt: call.clock() }
    const provider = await tx.oidcProvider.create({ data })
    await writeTags(tagsOf(tx, 'oidc-provider', accountId, provider.url), tags)
    return provider
  })
}
