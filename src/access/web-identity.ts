import { oidcProviderArn } from '../authn/arn.ts'
import type { WebIdentitySession } from '../authn/principal.ts'
import { type AccessRequest, createContext, decide } from '../policy/index.ts'
import { requestEntries, targetEntries, webIdentityEntries } from './context.ts'
import type { RequestKeys } from './declaration.ts'
import type { RequestInfo } from './request-info.ts'
import type { Tag } from './sources.ts'
import { trustSet } from './trust-set.ts'
import type { RecordableVerdict } from './verdict.ts'

/** What a token says, beside what stays with the session. */
export interface WebIdentity extends WebIdentitySession {
  /** All audiences that the token names. */
  readonly audiences: readonly string[]
  /** How the subject was authenticated, as far as the provider says. */
  readonly methods: readonly string[]
  /** What else the token says and policies may compare. */
  readonly claims: readonly (readonly [name: string, value: string | readonly string[]])[]
}

/** Somebody whom an identity provider vouches for wants to become a role. The token was verified. */
export interface WebIdentityQuestion {
  /** `sts:AssumeRoleWithWebIdentity` and what goes with it; all must be allowed. */
  readonly actions: readonly [string, ...string[]]
  /** Whose provider it is: that of the role, or there is no question. */
  readonly accountId: string
  readonly identity: WebIdentity
  readonly roleArn: string
  /** Null when there is no such role. */
  readonly role: { readonly trustPolicy: string; readonly tags: readonly Tag[] } | null
  /** Condition keys of the request. */
  readonly keys: RequestKeys
}

/**
 * Decides by the trust policy alone: such a caller has no policies of its own. Answers about the first action that is not
 * allowed, or else about the first.
 */
export function decideForWebIdentity(
  question: WebIdentityQuestion,
  request: RequestInfo,
  { clock, newDecisionId }: { readonly clock: () => Date; readonly newDecisionId: () => string },
): RecordableVerdict {
  const at = requestEntries(request, clock())
  const verdicts = question.actions.map((action) => decideOn(action, question, at, newDecisionId))
  return verdicts.find(({ decision }) => decision.effect !== 'ALLOW') ?? verdicts[0]!
}

function decideOn(
  action: string,
  { accountId, identity, roleArn, role, keys }: WebIdentityQuestion,
  at: ReturnType<typeof requestEntries>,
  newDecisionId: () => string,
): RecordableVerdict {
  const target = { arn: roleArn, tags: role?.tags ?? [], boundaryArn: null }
  const context = createContext([
    // First: of two entries for one key the later one counts, and nothing that a token says takes the place of what we know.
    ...claimEntries(identity),
    ...at,
    ...webIdentityEntries(accountId, identity),
    [`${identity.provider}:oaud`, identity.audiences],
    ...(identity.methods.length > 0 ? [[`${identity.provider}:amr`, identity.methods] as const] : []),
    ...targetEntries(target),
    ...keys,
  ])
  const provider = oidcProviderArn(accountId, identity.provider)
  const question: AccessRequest = {
    action,
    resource: roleArn,
    context,
    // No account: a trust policy that names the role's own account does not mean everybody whom a provider knows.
    principal: { kind: 'web-identity', accountId: '', provider },
  }
  const layers = { resource: { set: trustSet(role), kind: 'trust' as const } }
  return {
    id: newDecisionId(),
    principal: { accountId, arn: provider },
    action: question.action,
    resource: roleArn,
    decision: decide(layers, question),
    publicArn: roleArn,
    display: roleArn,
    mfaRequired: false,
    passwordChangeRequired: false,
    hidesReason: false,
    explain: () => {
      const { trace = { layers: [], missingContextKeys: [] } } = decide(layers, question, { trace: true })
      return { context, trace }
    },
  }
}

/** Claims as condition keys that begin with the provider's address, the names as the provider writes them. */
function claimEntries({ provider, claims }: WebIdentity) {
  // A host without a dot could be called `aws`: its claims would be keys that the server or another service speaks for.
  if (!/[.:/]/.test(provider)) return []
  return claims.map(([name, value]) => [`${provider}:${name}`, value] as const)
}
