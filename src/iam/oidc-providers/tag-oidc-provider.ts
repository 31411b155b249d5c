import type { OidcProvider } from '../../generated/prisma/client.ts'
import type { Call, Tx } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { checkQuota } from '../quotas.ts'
import { checkTagKeys, checkTags, type TagInput } from '../tags/tag-rules.ts'
import { describeTags } from '../tags/tag-user.ts'
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
    await writeProviderTags(tx, provider, tags)
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
    await removeProviderTags(tx, provider, tagKeys)
    return provider
  })
}

type TaggedProvider = Pick<OidcProvider, 'accountId' | 'url'>

/** Adds tags or replaces those of the same keys. The tags must have been checked. Throws LimitExceeded. */
export async function writeProviderTags(tx: Tx, provider: TaggedProvider, tags: readonly TagInput[]): Promise<void> {
  if (tags.length === 0) return
  const owner = { accountId: provider.accountId, providerUrl: provider.url }
  await removeProviderTags(
    tx,
    provider,
    tags.map(({ key }) => key),
  )
  checkQuota('TagsPerOpenIdConnectProvider', (await tx.oidcProviderTag.count({ where: owner })) + tags.length)
  await tx.oidcProviderTag.createMany({ data: tags.map(({ key, value }) => ({ ...owner, key, value })) })
}

async function removeProviderTags(tx: Tx, { accountId, url }: TaggedProvider, keys: readonly string[]): Promise<void> {
  await tx.oidcProviderTag.deleteMany({ where: { accountId, providerUrl: url, key: { in: [...keys] } } })
}
