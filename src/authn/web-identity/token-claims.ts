import { z } from 'zod'

/** What a provider says of a subject beside who it is (AWS IAM user guide, "Pass session tags in AWS STS"). */
export interface TokenClaims {
  /**
   * Claims that policies may compare, by name: scalars as text, lists of scalars as several values. Not among them: what the
   * server itself makes of a token (`RESERVED`), objects, and lists that hold other than scalars.
   */
  readonly compared: readonly (readonly [name: string, value: string | readonly string[]])[]
  readonly sessionTags: readonly { readonly key: string; readonly value: string }[]
  readonly transitiveTagKeys: readonly string[]
  readonly sourceIdentity: string | null
}

/** What is wrong with claims that cannot be read as what they say. Safe to tell whoever presents the token. */
export class UnreadableClaims extends Error {
  override readonly name = 'UnreadableClaims'
}

/** A token has 20,000 characters at most, so this bounds what a decision looks through, and the rest is bounded by that. */
const MOST_CLAIMS = 200

/** Keys of these names say what the server found, whatever a token has under them. */
const RESERVED: ReadonlySet<string> = new Set(['iss', 'sub', 'aud', 'oaud', 'azp', 'amr'])

const AWS = 'https://aws.amazon.com/'
const TAGS = `${AWS}tags`
/** For providers that cannot nest: one claim for each tag. */
const FLAT_TAG = `${TAGS}/principal_tags/`
const FLAT_TRANSITIVE = `${TAGS}/transitive_tag_keys`
const SOURCE_IDENTITY = `${AWS}source_identity`

/** One value, or a list of one. */
const tagValue = z.union([z.string(), z.tuple([z.string()]).transform(([only]) => only)])
const keys = z.array(z.string())
const tagsClaim = z.strictObject({
  principal_tags: z.record(z.string(), tagValue).optional(),
  transitive_tag_keys: keys.optional(),
})

type Payload = Readonly<Record<string, unknown>>

/**
 * Reads what is said beside the registered claims. A claim that cannot be compared as what it says ends it all: leaving one out
 * would pass conditions that deny by it.
 *
 * Throws UnreadableClaims.
 */
export function readTokenClaims(payload: Payload): TokenClaims {
  const entries = Object.entries(payload)
  if (entries.length > MOST_CLAIMS) throw new UnreadableClaims(`it has more than ${MOST_CLAIMS} claims`)
  return { compared: comparedOf(entries), ...tagsOf(payload, entries), sourceIdentity: sourceIdentityOf(payload) }
}

function comparedOf(entries: readonly (readonly [string, unknown])[]): TokenClaims['compared'] {
  const compared = entries.flatMap(([name, value]) => {
    const text = isOffered(name) ? textsOf(name, value) : null
    return text === null ? [] : [[name, text] as const]
  })
  // Condition keys are the same in any case: of two such claims one would count, and nobody could say which.
  const names = compared.map(([name]) => name.toLowerCase())
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined) throw new UnreadableClaims(`two of its claims differ in case only: ${twice.slice(0, 128)}`)
  return compared
}

function isOffered(name: string): boolean {
  if (name === '' || RESERVED.has(name.toLowerCase()) || name.toLowerCase().startsWith(AWS)) return false
  // `idp.example.com:8443:sub` is a key of the provider on that port, and must not be one of the provider without.
  return !/^\d+[:/]/.test(name)
}

function textsOf(name: string, value: unknown): string | string[] | null {
  if (!Array.isArray(value)) return textOf(name, value)
  const texts = value.map((one) => textOf(name, one))
  return texts.length > 0 && texts.every((one) => one !== null) ? texts : null
}

function textOf(name: string, value: unknown): string | null {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return String(value)
  if (typeof value !== 'number') return null
  // Two ids beyond that would be read as one.
  if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER)
    throw new UnreadableClaims(`the number ${name.slice(0, 128)} is beyond 2^53 - 1`)
  return String(value)
}

function tagsOf(payload: Payload, entries: readonly (readonly [string, unknown])[]) {
  const nested = read(TAGS, tagsClaim.optional(), payload[TAGS])
  const flat = entries
    .filter(([name]) => name.startsWith(FLAT_TAG))
    .map(([name, value]) => [name.slice(FLAT_TAG.length), read(name, tagValue, value)] as const)
  const all = [...Object.entries(nested?.principal_tags ?? {}), ...flat]
  return {
    sessionTags: all.map(([key, value]) => ({ key, value })),
    transitiveTagKeys: [
      ...new Set([
        ...(nested?.transitive_tag_keys ?? []),
        ...(read(FLAT_TRANSITIVE, keys.optional(), payload[FLAT_TRANSITIVE]) ?? []),
      ]),
    ],
  }
}

function sourceIdentityOf(payload: Payload): string | null {
  return read(SOURCE_IDENTITY, z.string().optional(), payload[SOURCE_IDENTITY]) ?? null
}

function read<T>(name: string, shape: z.ZodType<T>, value: unknown): T {
  const parsed = shape.safeParse(value)
  if (!parsed.success)
    throw new UnreadableClaims(`its claim ${name.slice(0, 256)} is not of the form that it must have`)
  return parsed.data
}
