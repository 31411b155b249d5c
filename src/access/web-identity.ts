import { oidcProviderArn, samlProviderArn } from '../authn/arn.ts'
import type { SamlSession, WebIdentitySession } from '../authn/principal.ts'
import { type AccessRequest, createContext, decide } from '../policy/index.ts'
import { requestEntries, samlEntries, targetEntries, webIdentityEntries } from './context.ts'
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

/** What an assertion of SAML says, beside what stays with the session. */
export interface SamlIdentity extends SamlSession {
  readonly issuer: string
  /** To whom the assertion is addressed: `saml:aud`. */
  readonly recipient: string
  /** Attributes that policies may compare, by the name of their key without `saml:`. */
  readonly claims: readonly (readonly [name: string, value: string | readonly string[]])[]
}

/** A request of the holder of an identity provider's token or assertion to assume a role. It has been verified. */
export interface WebIdentityQuestion {
  /** `sts:AssumeRoleWithWebIdentity` or `sts:AssumeRoleWithSAML`, and what goes with it; all must be allowed. */
  readonly actions: readonly [string, ...string[]]
  /** Whose provider it is: that of the role, or there is no question. */
  readonly accountId: string
  readonly identity: WebIdentity | SamlIdentity
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
    ...(isSaml(identity)
      ? identity.claims.map(([name, value]) => [`saml:${name}`, value] as const)
      : claimEntries(identity)),
    ...at,
    ...(isSaml(identity) ? samlKeys(accountId, identity) : webIdentityKeys(accountId, identity)),
    ...targetEntries(target),
    ...keys,
  ])
  const provider = (isSaml(identity) ? samlProviderArn : oidcProviderArn)(accountId, identity.provider)
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

function isSaml(identity: WebIdentity | SamlIdentity): identity is SamlIdentity {
  return 'nameQualifier' in identity
}

function webIdentityKeys(accountId: string, identity: WebIdentity): [string, string | readonly string[]][] {
  const keys: [string, string | readonly string[]][] = [
    ...webIdentityEntries(accountId, identity),
    [`${identity.provider}:oaud`, identity.audiences],
  ]
  if (identity.methods.length > 0) keys.push([`${identity.provider}:amr`, identity.methods])
  return keys
}

/** `saml:doc` names the provider, as `saml:aud` and `saml:iss` are what the assertion says. */
function samlKeys(accountId: string, identity: SamlIdentity): [string, string | readonly string[]][] {
  return [
    ...samlEntries(accountId, identity),
    ['saml:aud', identity.recipient],
    ['saml:doc', `${accountId}/${identity.provider}`],
    ['saml:iss', identity.issuer],
  ]
}

/** Claims as condition keys that begin with the provider's address, the names as the provider writes them. */
function claimEntries({ provider, claims }: WebIdentity) {
  // A host without a dot could be called `aws`: its claims would be keys that the server or another service speaks for.
  if (!/[.:/]/.test(provider)) return []
  return claims.map(([name, value]) => [`${provider}:${name}`, value] as const)
}
