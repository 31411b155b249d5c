import { invalidSessionToken } from '../authn/authentication-error.ts'
import { isUser, type Principal } from '../authn/principal.ts'
import {
  type AccessRequest,
  compilePolicy,
  compileSet,
  type Decision,
  decide,
  denialTail,
  type Layers,
  type PolicySet,
  parsePolicy,
  type RequestContext,
  type Trace,
} from '../policy/index.ts'
import { AccessDenied, type DenialReason } from './access-denied.ts'
import { targetEntries, withFreshMfa } from './context.ts'
import type { RequestKeys } from './declaration.ts'
import type { CompiledPrincipal } from './principal-policies.ts'
import type { LocatedTarget } from './targets.ts'

/** Who asks, with everything that decides for them at this moment. */
export interface Asker {
  readonly principal: Principal
  readonly compiled: CompiledPrincipal
  readonly context: RequestContext
  readonly now: Date
}

/** The answer to one question, allowed or not, with what a person needs to understand it. */
export interface Verdict {
  /** UUID; made when somebody first looks at it, because most allowed decisions are never looked at. */
  readonly id: string
  readonly principal: Principal
  readonly action: string
  /** Full ARN with path that the decision was made on. */
  readonly resource: string
  readonly decision: Decision
  /** ARN and short form as a denial shows them. */
  readonly publicArn: string
  readonly display: string
  readonly mfaRequired: boolean
  readonly passwordChangeRequired: boolean
  /** Why it was denied is nobody's business: it would tell what is in the other account. */
  readonly hidesReason: boolean
  /** What was known and looked at. Costs a second evaluation, so it is for who asks for it. */
  readonly explain: () => Explanation
}

/** The context of a request, and every statement about its action. */
export interface Explanation {
  readonly context: RequestContext
  readonly trace: Trace
}

/** A role's trust policy, which decides together with the caller's own policies. */
export interface TrustLayer {
  readonly set: PolicySet
  /** The role's account, be it the caller's or another. */
  readonly accountId: string
}

/**
 * While a password must be changed, nothing else may be done with it: a session policy like any other. It denies rather than
 * leaves out, because a resource policy that names the user is not narrowed by what a session policy does not allow.
 */
const PASSWORD_CHANGE_ONLY = builtIn(
  'password-change-required',
  `{"Version":"2012-10-17","Statement":[
    {"Effect":"Allow","Action":"*","Resource":"*"},
    {"Effect":"Deny","NotAction":"iam:ChangePassword","Resource":"*"}
  ]}`,
)

const ALLOWED_BY_RESET: Decision = { effect: 'ALLOW', reason: 'SESSION_POLICY', layer: 'session' }
/** The account's password policy speaks for every user, as an identity policy of each would. */
const ALLOWED_BY_ACCOUNT: Decision = { effect: 'ALLOW', reason: 'IDENTITY_POLICY', layer: 'identity' }

/** Decides one question. Throws when AWS answers such a credential with an authentication error instead. */
export function judge(
  { principal, compiled, context: base, now }: Asker,
  action: string,
  { target, publicArn, display }: LocatedTarget,
  keys: RequestKeys | undefined,
  newDecisionId: () => string,
  trust?: TrustLayer,
): Verdict {
  if (isBarred(principal, action)) throw invalidSessionToken()
  let context = base
  if (target.tags.length > 0 || target.boundaryArn !== null) context = context.extend(targetEntries(target))
  if (keys) context = context.extend(keys)
  const request = {
    ...requestOf(principal, action, target.arn, context),
    ...(trust && { resourceAccountId: trust.accountId }),
  }
  const pending = principal.passwordResetPending
  const layers: Layers = {
    ...compiled.layers,
    ...(pending && { session: PASSWORD_CHANGE_ONLY }),
    ...(trust && { resource: { set: trust.set, kind: 'trust' } }),
  }

  let decision = decide(layers, request)
  if (decision.effect === 'IMPLICIT_DENY')
    decision = allowedWithoutPolicy(principal, compiled, action, target.arn) ?? decision
  const mfaRequired =
    decision.effect !== 'ALLOW' &&
    isUser(principal) &&
    decide(layers, { ...request, context: withFreshMfa(context, now) }).effect === 'ALLOW'
  let id: string | undefined
  return {
    get id() {
      id ??= newDecisionId()
      return id
    },
    principal,
    action,
    resource: target.arn,
    decision,
    publicArn,
    display,
    mfaRequired,
    passwordChangeRequired: pending,
    hidesReason: trust !== undefined,
    // Another account's trust policy is nobody's business here.
    explain: () => explain(trust?.accountId === principal.accountId ? layers : { ...layers, resource: null }, request),
  }
}

function explain(layers: Layers, request: AccessRequest): Explanation {
  const { trace = { layers: [], missingContextKeys: [] } } = decide(layers, request, { trace: true })
  return { context: request.context, trace }
}

/** What AWS does not let some temporary credentials do, whatever the policies say; it says so in an authentication error. */
function isBarred({ kind, credential, mfaAuthenticatedAt }: Principal, action: string): boolean {
  if (kind === 'federated') return /^(?:iam:|sts:(?!GetCallerIdentity$))/i.test(action)
  // Those that a key made without MFA can do nothing in IAM.
  return kind !== 'role-session' && credential === 'SESSION' && mfaAuthenticatedAt === null && /^iam:/i.test(action)
}

/**
 * Whoever must change the password may do so, and where the account lets users change their own they may also read the rules
 * for it, both without any policy. An explicit deny still holds.
 */
function allowedWithoutPolicy(
  principal: Principal,
  { mayChangePassword }: CompiledPrincipal,
  action: string,
  resource: string,
): Decision | null {
  const { passwordResetPending: pending } = principal
  switch (action.toLowerCase()) {
    case 'iam:changepassword':
      if (resource !== principal.arn) return null
      return pending ? ALLOWED_BY_RESET : mayChangePassword ? ALLOWED_BY_ACCOUNT : null
    case 'iam:getaccountpasswordpolicy':
      return mayChangePassword && !pending ? ALLOWED_BY_ACCOUNT : null
    default:
      return null
  }
}

/** By what `speaksOf` answers from: it is the same for every request until the policies change. */
const spokenOf = new WeakMap<CompiledPrincipal, Map<string, boolean>>()

/** Whether any Allow of the asker is about the action, whatever its resources and conditions. */
export function speaksOf({ compiled, context, principal }: Asker, action: string): boolean {
  if (compiled.layers.root === true) return true
  const answers = spokenOf.get(compiled) ?? new Map<string, boolean>()
  const known = answers.get(action)
  if (known !== undefined) return known
  const identity = compiled.layers.identity ?? null
  // The trace holds every statement about the action; whether they apply to this resource and context is not looked at.
  const { trace } = decide({ identity }, requestOf(principal, action, '*', context), { trace: true })
  if (trace === undefined) return false
  const spoken = trace.layers.some(({ statements }) => statements.some(({ statement }) => statement.effect === 'Allow'))
  spokenOf.set(compiled, answers.set(action, spoken))
  return spoken
}

/** The error of a denial, in AWS's words. */
export function denied(verdict: Verdict): AccessDenied {
  const { id, principal, action, decision, publicArn, mfaRequired, passwordChangeRequired, hidesReason } = verdict
  return new AccessDenied(denialMessage(verdict), {
    decisionId: id,
    principal: principal.arn,
    action,
    resource: publicArn,
    effect: decision.effect === 'EXPLICIT_DENY' && !hidesReason ? 'EXPLICIT_DENY' : 'IMPLICIT_DENY',
    reason: hidesReason ? 'RESOURCE_POLICY' : denialReason(decision),
    mfaRequired,
    ...(passwordChangeRequired && { passwordChangeRequired }),
  })
}

/** `User: … is not authorized to perform: … on resource: … because …`. */
export function denialMessage({ action, decision, principal, display, hidesReason }: Verdict): string {
  const tail = hidesReason ? '' : denialTail(decision, action)
  return `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${display}${tail}`
}

/** The reason as clients know it: an evaluation that failed closed looks like nothing allowing. */
export function denialReason({ reason }: Decision): DenialReason {
  return reason === 'ROOT' || reason === 'EVALUATION_ERROR' ? 'NO_IDENTITY_POLICY' : reason
}

function requestOf(principal: Principal, action: string, resource: string, context: RequestContext): AccessRequest {
  const { kind, accountId, arn, id, delegation } = principal
  const who =
    kind === 'role-session' && delegation !== undefined
      ? { arn: delegation.principalArn, sessionArn: arn, uniqueId: delegation.ownerId }
      : { arn, uniqueId: id }
  return { action, resource, context, principal: { kind, accountId, ...who } }
}

function builtIn(id: string, text: string): PolicySet {
  const parsed = parsePolicy(text, 'session')
  if (!parsed.ok) throw parsed.error
  return compileSet([compilePolicy(parsed.document, { id, type: 'session' })])
}
