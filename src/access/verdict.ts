import { invalidSessionToken } from '../authn/authentication-error.ts'
import { isUser, type Principal } from '../authn/principal.ts'
import {
  type AccessRequest,
  type Decision,
  decide,
  denialTail,
  type Layers,
  type PolicySet,
  type RequestContext,
  type Trace,
} from '../policy/index.ts'
import { AccessDenied, type DenialReason } from './access-denied.ts'
import { targetEntries, withFreshMfa } from './context.ts'
import type { RequestKeys } from './declaration.ts'
import type { CompiledPrincipal } from './principal-policies.ts'
import {
  allowedWithoutPolicy,
  concernsOwnSignIn,
  isBarred,
  NOTHING,
  OWN_SIGN_IN_WITH_MFA,
  PASSWORD_CHANGE_ONLY,
} from './standing-rules.ts'
import type { LocatedTarget } from './located-target.ts'

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

/** The decision that let an operation through; the audit event of the change names it. */
export type AllowedDecision = Pick<Verdict, 'id' | 'action' | 'resource'> | Verdict

/** A verdict as far as it is kept to be explained later: the caller may be no principal of IAM. */
export type RecordableVerdict = Omit<Verdict, 'principal'> & {
  readonly principal: Pick<Principal, 'accountId' | 'arn'>
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

/** Decides one question. Throws when AWS answers such a credential with an authentication error instead. */
export function judge(
  asker: Asker,
  action: string,
  target: LocatedTarget,
  keys: RequestKeys | undefined,
  newDecisionId: () => string,
  trust?: TrustLayer,
): Verdict {
  if (isBarred(asker.principal, action)) throw invalidSessionToken()
  return weigh(asker, action, target, keys, newDecisionId, trust)
}

/** The verdict on what `judge` would throw for, for those who only ask; null when it would not. */
export function judgeBarred(
  asker: Asker,
  action: string,
  target: LocatedTarget,
  newDecisionId: () => string,
): Verdict | null {
  const { principal, compiled } = asker
  if (!isBarred(principal, action)) return null
  const layers = { ...compiled.layers, session: NOTHING }
  return weigh({ ...asker, compiled: { ...compiled, layers } }, action, target, undefined, newDecisionId)
}

function weigh(
  { principal, compiled, context: base, now }: Asker,
  action: string,
  { target, publicArn, display }: LocatedTarget,
  keys: RequestKeys | undefined,
  newDecisionId: () => string,
  trust?: TrustLayer,
): Verdict {
  let context = base
  if (target.tags.length > 0 || target.boundaryArn !== null) context = context.extend(targetEntries(target))
  if (keys) context = context.extend(keys)
  const question = requestOf(principal, action, target.arn, context)
  const request = trust ? { ...question, resourceAccountId: trust.accountId } : question
  const pending = principal.passwordResetPending
  let { layers } = compiled
  if (concernsOwnSignIn(principal, compiled, action, target.arn)) layers = { ...layers, session: OWN_SIGN_IN_WITH_MFA }
  if (pending) layers = { ...layers, session: PASSWORD_CHANGE_ONLY }
  if (trust) layers = { ...layers, resource: { set: trust.set, kind: 'trust' } }

  let decision = decide(layers, request)
  if (decision.effect === 'IMPLICIT_DENY')
    decision = allowedWithoutPolicy(principal, compiled, action, target.arn) ?? decision
  const mfaRequired =
    decision.effect !== 'ALLOW' &&
    isUser(principal) &&
    decide(layers, { ...request, context: withFreshMfa(context, now) }).effect === 'ALLOW'
  return new Judged({
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
    layers: trust === undefined || trust.accountId === principal.accountId ? layers : { ...layers, resource: null },
    request,
    newDecisionId,
  })
}

interface JudgedParts extends Omit<Verdict, 'id' | 'explain'> {
  readonly layers: Layers
  readonly request: AccessRequest
  readonly newDecisionId: () => string
}

/** A class, because lists make a verdict for every row, and object literals with a getter are slow to make. */
class Judged implements Verdict {
  readonly principal: Principal
  readonly action: string
  readonly resource: string
  readonly decision: Decision
  readonly publicArn: string
  readonly display: string
  readonly mfaRequired: boolean
  readonly passwordChangeRequired: boolean
  readonly hidesReason: boolean
  readonly #layers: Layers
  readonly #request: AccessRequest
  readonly #newDecisionId: () => string
  #id: string | undefined

  constructor(judged: JudgedParts) {
    this.principal = judged.principal
    this.action = judged.action
    this.resource = judged.resource
    this.decision = judged.decision
    this.publicArn = judged.publicArn
    this.display = judged.display
    this.mfaRequired = judged.mfaRequired
    this.passwordChangeRequired = judged.passwordChangeRequired
    this.hidesReason = judged.hidesReason
    this.#layers = judged.layers
    this.#request = judged.request
    this.#newDecisionId = judged.newDecisionId
  }

  get id(): string {
    this.#id ??= this.#newDecisionId()
    return this.#id
  }

  explain(): Explanation {
    const { trace = { layers: [], missingContextKeys: [] } } = decide(this.#layers, this.#request, { trace: true })
    return { context: this.#request.context, trace }
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
export function denialMessage({ action, decision, principal, display, hidesReason }: RecordableVerdict): string {
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
