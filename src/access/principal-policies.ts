import { BoundedCache } from '../authn/bounded-cache.ts'
import type { Principal } from '../authn/principal.ts'
import {
  type CompiledPolicy,
  compilePolicy,
  compileSet,
  contextKeysOf,
  type Layers,
  type PolicyDocument,
  parsePolicy,
} from '../policy/index.ts'

import type { PolicySource, PolicyText, Tag } from './sources.ts'

/** A principal's policies, ready for `decide`. */
export interface CompiledPrincipal {
  readonly epoch: bigint
  /** The account lets its users change their own passwords without any policy. */
  readonly mayChangePassword: boolean
  readonly layers: Layers
  readonly tags: readonly Tag[]
  readonly boundaryArn: string | null
  /** Whether any policy looks at the target's tags; when none does, nobody needs to read them. */
  readonly readsResourceTags: boolean
}

const MAX_PRINCIPALS = 10_000
const MAX_DOCUMENTS = 10_000

/**
 * Compiled policies of principals, reused while the account's policy epoch stands still. An entry that is newer than the
 * request's epoch is used as well: it is never staler than what the request saw when it was authenticated.
 */
export function createPrincipalPolicies(source: PolicySource) {
  const principals = new BoundedCache<string, CompiledPrincipal>(MAX_PRINCIPALS)
  // A document attached to many users is parsed once. The text is the key, so a changed version can never hit.
  const documents = new BoundedCache<string, PolicyDocument>(MAX_DOCUMENTS)

  function compile(policy: PolicyText): CompiledPolicy {
    return compilePolicy(documentOf(policy), {
      id: policy.id,
      type: policy.type,
      name: policy.name,
      ...(policy.arn !== undefined && { arn: policy.arn }),
    })
  }

  function documentOf(policy: PolicyText): PolicyDocument {
    const kind = policy.type === 'managed' || policy.type === 'boundary' ? 'managed' : 'inline'
    const key = `${kind}:${policy.text}`
    const known = documents.get(key)
    if (known) return known
    const parsed = parsePolicy(policy.text, kind)
    // It was checked when it was written; failing closed here keeps a damaged row from granting by omission of a Deny.
    if (!parsed.ok) throw new Error(`stored policy ${policy.id} does not parse: ${parsed.error.message}`)
    documents.set(key, parsed.document)
    return parsed.document
  }

  async function load(principal: Principal): Promise<CompiledPrincipal | null> {
    const stored = await source.loadPrincipal(principal.accountId, principal.id)
    if (!stored) return null
    const root = principal.kind === 'root'
    const identity = stored.identity.map(compile)
    const boundary = stored.boundary ? [compile(stored.boundary)] : null
    const compiled: CompiledPrincipal = {
      epoch: stored.epoch,
      mayChangePassword: stored.mayChangePassword && principal.kind === 'user',
      layers: {
        identity: compileSet(root ? [] : identity),
        boundary: boundary && !root ? compileSet(boundary) : null,
        root,
      },
      tags: stored.tags,
      boundaryArn: stored.boundary?.arn ?? null,
      readsResourceTags: [...identity, ...(boundary ?? [])].some(({ document }) =>
        contextKeysOf(document).some((key) => /^(aws|iam):resourcetag\//i.test(key)),
      ),
    }
    principals.set(keyOf(principal), compiled)
    return compiled
  }

  return {
    /** The compiled policies if they are at hand and current. */
    cached(principal: Principal): CompiledPrincipal | undefined {
      const entry = principals.get(keyOf(principal))
      return entry && entry.epoch >= principal.epoch ? entry : undefined
    },
    /** Null when the user was deleted after authentication. */
    load,
  }
}

function keyOf(principal: Principal): string {
  return `${principal.accountId}/${principal.id}`
}
