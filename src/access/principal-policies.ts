import { BoundedCache } from '../authn/bounded-cache.ts'
import { type Delegation, isUser, type Principal } from '../authn/principal.ts'
import {
  type CompiledPolicy,
  compilePolicy,
  compileSet,
  contextKeysOf,
  type Layers,
  type PolicyDocument,
  type PolicyKind,
  parsePolicy,
} from '../policy/index.ts'
import type { RequestCost } from './request-info.ts'
import type { PolicySource, PolicyText, Tag } from './sources.ts'

/** A principal's policies, ready for `decide`. */
export interface CompiledPrincipal {
  readonly epoch: bigint
  /** The account lets its users change their own passwords without any policy. */
  readonly mayChangePassword: boolean
  /** The caller is a user, root included, for whom a device is enabled. */
  readonly hasMfaDevice: boolean
  readonly layers: Layers
  readonly tags: readonly Tag[]
  readonly boundaryArn: string | null
  /** Whether any policy looks at the target's tags; when none does, nobody needs to read them. */
  readonly readsResourceTags: boolean
}

const MAX_PRINCIPALS = 10_000
const MAX_DOCUMENTS = 10_000

const KIND_OF = {
  'user-inline': 'inline',
  'group-inline': 'inline',
  'role-inline': 'inline',
  managed: 'managed',
  boundary: 'managed',
  session: 'session',
} as const satisfies Record<PolicyText['type'], PolicyKind>

/**
 * Compiled policies of principals, reused while the account's policy epoch stands still and the database is the same one. An
 * entry that is newer than the request's epoch is not used: after a restore epochs begin again at an earlier number.
 */
export function createPrincipalPolicies(source: PolicySource, generationNow: () => number) {
  const principals = new BoundedCache<string, { readonly compiled: CompiledPrincipal; readonly generation: number }>(
    MAX_PRINCIPALS,
  )
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
    const kind = KIND_OF[policy.type]
    const key = `${kind}:${policy.text}`
    const known = documents.get(key)
    if (known) return known
    const parsed = parsePolicy(policy.text, kind, { stored: true })
    // It was checked when it was written; failing closed here keeps a damaged row from granting by omission of a Deny.
    if (!parsed.ok) throw new Error(`stored policy ${policy.id} does not parse: ${parsed.error.message}`)
    documents.set(key, parsed.document)
    return parsed.document
  }

  /** Null: no session policies were given, so the session has no limit of its own. */
  async function sessionPolicies(
    { accountId, kind, delegation }: Principal,
    charge: RequestCost['charge'],
  ): Promise<CompiledPolicy[] | null> {
    if (delegation === undefined) return null
    const { policies, policyArns } = delegation.session
    // A federated user has what was passed along, and nothing when nothing was.
    if (policies.length + policyArns.length === 0) return kind === 'federated' ? [] : null
    const managed = policyArns.length === 0 ? [] : await charge(() => source.loadManaged(accountId, policyArns))
    // One that was deleted might have taken a Deny with it: then nothing passes.
    if (managed.length < policyArns.length) return []
    const inline = policies.map((text, i) => ({
      id: `session:${i + 1}`,
      type: 'session' as const,
      name: 'session',
      text,
    }))
    return [...inline, ...managed].map(compile)
  }

  function loadStored({ accountId, id, kind, delegation }: Principal) {
    if (kind === 'role-session' && delegation !== undefined) return source.loadRole(accountId, delegation.ownerId)
    return source.loadPrincipal(accountId, delegation?.ownerId ?? id)
  }

  async function load(principal: Principal, charge: RequestCost['charge']): Promise<CompiledPrincipal | null> {
    // Before the question: what is lost meanwhile counts.
    const generation = generationNow()
    const stored = await charge(() => loadStored(principal))
    if (!stored) return null
    const root = principal.kind === 'root' || principal.delegation?.ownerIsRoot === true
    const session = await sessionPolicies(principal, charge)
    const identity = stored.identity.map(compile)
    const boundary = stored.boundary ? [compile(stored.boundary)] : null
    const compiled: CompiledPrincipal = {
      epoch: stored.epoch,
      mayChangePassword: stored.mayChangePassword && principal.kind === 'user',
      hasMfaDevice: stored.hasMfaDevice && isUser(principal),
      layers: {
        identity: compileSet(root ? [] : identity),
        boundary: boundary && !root ? compileSet(boundary) : null,
        session: session && compileSet(session),
        root,
      },
      tags: stored.tags,
      boundaryArn: stored.boundary?.arn ?? null,
      readsResourceTags: [...identity, ...(boundary ?? []), ...(session ?? [])].some(({ document }) =>
        contextKeysOf(document).some((key) => /^(aws|iam):resourcetag\//i.test(key)),
      ),
    }
    principals.set(keyOf(principal), { compiled, generation })
    return compiled
  }

  return {
    /** The compiled policies if they are at hand and current. */
    cached(principal: Principal): CompiledPrincipal | undefined {
      const entry = principals.get(keyOf(principal))
      const stands = entry?.generation === generationNow() && entry.compiled.epoch === principal.epoch
      return stands ? entry.compiled : undefined
    },
    /** Null when the user was deleted after authentication. */
    load,
  }
}

/** Sessions of one role share what they have in common, unless they were given session policies. */
function keyOf({ accountId, id, kind, sessionId, delegation }: Principal): string {
  if (delegation === undefined) return `${accountId}/${id}`
  const own = kind === 'federated' || isLimited(delegation)
  return own ? `${accountId}/${delegation.ownerId}/${sessionId}` : `${accountId}/${delegation.ownerId}`
}

function isLimited({ session }: Delegation): boolean {
  return session.policies.length + session.policyArns.length > 0
}
