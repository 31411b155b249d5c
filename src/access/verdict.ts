import { invalidSessionToken } from '../authn/authentication-error.ts'
import type { Principal } from '../authn/principal.ts'
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
}

/** While a password must be changed, nothing else may be done with it: a session policy like any other. */
const PASSWORD_CHANGE_ONLY = builtIn(
  'password-change-required',
  '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:ChangePassword","Resource":"*"}}',
)

const ALLOWED_BY_RESET: Decision = { effect: 'ALLOW', reason: 'SESSION_POLICY', layer: 'session' }

/** Decides one question. Throws when AWS answers such a credential with an authentication error instead. */
export function judge(
  { principal, compiled, context: base, now }: Asker,
  action: string,
  { target, publicArn, display }: LocatedTarget,
  keys: RequestKeys | undefined,
  newDecisionId: () => string,
): Verdict {
  // Temporary credentials that were made without MFA can do nothing in IAM; AWS says so in these words.
  if (principal.credential === 'SESSION' && principal.mfaAuthenticatedAt === null && /^iam:/i.test(action)) {
    throw invalidSessionToken()
  }
  let context = base
  if (target.tags.length > 0 || target.boundaryArn !== null) context = context.extend(targetEntries(target))
  if (keys) context = context.extend(keys)
  const request = requestOf(principal, action, target.arn, context)
  const pending = principal.passwordResetPending
  const layers: Layers = pending ? { ...compiled.layers, session: PASSWORD_CHANGE_ONLY } : compiled.layers

  let decision = decide(layers, request)
  // Whoever must change the password may do so without any policy; an explicit deny still holds.
  if (
    pending &&
    decision.effect === 'IMPLICIT_DENY' &&
    action === 'iam:ChangePassword' &&
    target.arn === principal.arn
  ) {
    decision = ALLOWED_BY_RESET
  }
  const mfaRequired =
    decision.effect !== 'ALLOW' &&
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
    newDecisionId,
  })
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
  readonly #newDecisionId: () => string
  #id: string | undefined

  constructor(judged: Omit<Verdict, 'id'> & { readonly newDecisionId: () => string }) {
    this.principal = judged.principal
    this.action = judged.action
    this.resource = judged.resource
    this.decision = judged.decision
    this.publicArn = judged.publicArn
    this.display = judged.display
    this.mfaRequired = judged.mfaRequired
    this.passwordChangeRequired = judged.passwordChangeRequired
    this.#newDecisionId = judged.newDecisionId
  }

  get id(): string {
    this.#id ??= this.#newDecisionId()
    return this.#id
  }
}

/** By what `speaksOf` answers from: it is the same for every request until the policies change. */
const spokenOf = new WeakMap<CompiledPrincipal, Map<string, boolean>>()

/** Whether any Allow of the asker is about the action, whatever its resources and conditions. */
export function speaksOf({ compiled, context, principal }: Asker, action: string): boolean {
  if (principal.kind === 'root') return true
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
  const { id, principal, action, decision, publicArn, mfaRequired, passwordChangeRequired } = verdict
  return new AccessDenied(denialMessage(verdict), {
    decisionId: id,
    principal: principal.arn,
    action,
    resource: publicArn,
    effect: decision.effect === 'EXPLICIT_DENY' ? 'EXPLICIT_DENY' : 'IMPLICIT_DENY',
    reason: denialReason(decision),
    mfaRequired,
    ...(passwordChangeRequired && { passwordChangeRequired }),
  })
}

/** `User: … is not authorized to perform: … on resource: … because …`. */
export function denialMessage({ action, decision, principal, display }: Verdict): string {
  return `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${display}${denialTail(decision, action)}`
}

/** The reason as clients know it: an evaluation that failed closed looks like nothing allowing. */
export function denialReason({ reason }: Decision): DenialReason {
  return reason === 'ROOT' || reason === 'EVALUATION_ERROR' ? 'NO_IDENTITY_POLICY' : reason
}

function requestOf(principal: Principal, action: string, resource: string, context: RequestContext): AccessRequest {
  const { kind, accountId, arn, id } = principal
  return { action, resource, context, principal: { kind, accountId, arn, uniqueId: id } }
}

function builtIn(id: string, text: string): PolicySet {
  const parsed = parsePolicy(text, 'session')
  if (!parsed.ok) throw parsed.error
  return compileSet([compilePolicy(parsed.document, { id, type: 'session' })])
}
