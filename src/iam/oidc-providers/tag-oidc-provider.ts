import type { OidcProvider } from '../../generated/prisma/client.ts'
import type { Call } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { checkTagKeys, checkTags, describeTags, type TagInput } from '../tags/tag-rules.ts'
import { tagsOfOidcProvider, writeTags } from '../tags/write-tags.ts'
import { findOidcProvider } from './find-oidc-provider.ts'

export interface TagOpenIdConnectProviderInput {
  readonly openIdConnectProviderArn: string
  readonly tags: readonly TagInput[]
}

export interface UntagOpenIdConnectProviderInput {
  readonly openIdConnectProviderArn: string
  readonly tagKeys: readonly string[]
}

/** Adds or replaces tags of an identity provider. Throws NoSuchEntity, LimitExceeded, InvalidInput, ValidationError. */
export async function tagOpenIdConnectProvider(
  call: Call,
  { openIdConnectProviderArn, tags }: TagOpenIdConnectProviderInput,
): Promise<OidcProvider> {
  checkConstraints({ openIdConnectProviderArn })
  checkTags(tags, 'case-sensitive')
  return await change(call, { openIdConnectProviderArn, tags: describeTags(tags) }, async (tx) => {
    const provider = await findOidcProvider(tx, call.principal.accountId, openIdConnectProviderArn)
    await writeTags(tagsOfOidcProvider(tx, provider), tags)
    return provider
  })
}

/** Takes tags away from an identity provider; keys that are not there are ignored. Throws NoSuchEntity, ValidationError. */
export async function untagOpenIdConnectProvider(
  call: Call,
  { openIdConnectProviderArn, tagKeys }: UntagOpenIdConnectProviderInput,
): Promise<OidcProvider> {
  checkConstraints({ openIdConnectProviderArn })
  checkTagKeys(tagKeys)
  return await change(call, { openIdConnectProviderArn, tagKeys }, async (tx) => {
    const provider = await findOidcProvider(tx, call.principal.accountId, openIdConnectProviderArn)
    await tagsOfOidcProvider(tx, provider).remove(tagKeys)
    return provider
  })
}
