import { missingAuthenticationToken } from '../authn/authentication-error.ts'
import { isUser, type Principal } from '../authn/principal.ts'
import type { Decision } from '../policy/index.ts'
import { ACTIONS, type ActionFacts } from './actions.ts'
import type { AccessDeclaration, Locator, RequestKeys } from './declaration.ts'
import { createPrincipalPolicies } from './principal-policies.ts'
import { type Passed, requireAll, requireAny, requireOne } from './requirements.ts'
import type { PolicySource, Tag, TargetSource } from './sources.ts'
import { currentStanding, type GateRequest, type Standing, type StandingSources } from './standing.ts'
import { type LocatedTarget, shownAs } from './located-target.ts'
import { createTargets, locatorOfArn } from './targets.ts'
import { trustSet } from './trust-set.ts'
import {
  type AllowedDecision,
  denied,
  judge,
  judgeBarred,
  type RecordableVerdict,
  speaksOf,
  type TrustLayer,
  type Verdict,
} from './verdict.ts'
import { decideForWebIdentity, type WebIdentityQuestion } from './web-identity.ts'

export type { AllowedDecision, GateRequest }

export interface GateSources {
  readonly policies: PolicySource
  readonly targets: TargetSource
  /** What was answered under another number may come from another database, whose epochs say nothing of this one's. */
  readonly generation?: () => number
  readonly clock: () => Date
  readonly newDecisionId: () => string
  /** Told of each decision that an operation hung on; those that were only asked for are none. */
  readonly onDecision?: (effect: Decision['effect']) => void
}

/** The gate of one request. */
export interface RequestGate {
  /** What was refused so far, to be recorded before the answer leaves. */
  readonly denials: ReadonlySet<Verdict>
  /**
   * Lets a field pass, or throws AccessDenied (an AuthenticationError when nobody is signed in). Answers the decision on the
   * first requirement, null when none applies. Synchronous when everything is at hand.
   */
  authorize<Parent, Args>(
    declaration: AccessDeclaration<Parent, Args>,
    parent: Parent,
    args: Args,
  ): Passed | Promise<Passed>
  /** Asks without demanding: nothing is recorded. Without a resource: what the action is judged on by default. */
  check(action: string, resource: string | null | undefined): Promise<Verdict>
  /**
   * False when no Allow of the caller is about the action at all, so that nothing it guards need be read. True when in doubt.
   */
  couldAllow(action: string): boolean
  /** The same, certain also for a caller of whom nothing was decided yet. */
  mightAllow(action: string): Promise<boolean>
  /**
   * Decides actions of STS on a role by its trust policy together with the caller's own policies. Answers the decision on the
   * first action. A denial says the same whether the role is missing, does not trust the caller, or the caller lacks the
   * permission: roles of other accounts are nobody else's to find out.
   */
  decideOnTrust(question: TrustQuestion): Promise<AllowedDecision>
  /**
   * Decides by a role's trust policy alone about somebody whom an identity provider vouches for, and who is no caller of this
   * account: answers the verdict on the first action that is not allowed, or else on the first, and records nothing. Who asks
   * records it with what the token says.
   */
  decideOnWebIdentity(question: WebIdentityQuestion): RecordableVerdict
}

/** What somebody wants with a role, possibly one of another account. */
export interface TrustQuestion {
  /** `sts:AssumeRole` and what goes with it; all must be allowed. */
  readonly actions: readonly [string, ...string[]]
  readonly roleArn: string
  /** Null when there is no such role. */
  readonly role: { readonly accountId: string; readonly trustPolicy: string; readonly tags: readonly Tag[] } | null
  /** Condition keys of the request. */
  readonly keys: RequestKeys
}

interface OpenGate extends StandingSources {
  readonly onDecision: GateSources['onDecision']
}

/** The one gate. `open` gives the gate of one request, which decides each (action, resource) at most once. */
export function createGate(sources: GateSources): { open(request: GateRequest): RequestGate } {
  const { clock, newDecisionId, onDecision, generation = () => 0 } = sources
  const shared: OpenGate = {
    policies: createPrincipalPolicies(sources.policies, generation),
    targets: createTargets(sources.targets, generation),
    clock,
    newDecisionId,
    onDecision,
  }
  return { open: (request) => openGate(shared, request) }
}

export type Gate = ReturnType<typeof createGate>

function openGate(shared: OpenGate, request: GateRequest): RequestGate {
  const { newDecisionId } = shared
  const standing = currentStanding(shared, request)
  const denials = new Set<Verdict>()

  function demand(verdict: Verdict): AllowedDecision {
    shared.onDecision?.(verdict.decision.effect)
    if (verdict.decision.effect === 'ALLOW') return verdict
    denials.add(verdict)
    throw denied(verdict)
  }

  return {
    denials,

    authorize(declaration, parent, args) {
      if (declaration === 'public' || declaration === 'parent') return null
      if (declaration === 'authenticated' || 'authenticated' in declaration) {
        const principal = request.principal()
        if (!principal) throw missingAuthenticationToken()
        if (declaration === 'authenticated') return null
        return { id: newDecisionId(), action: declaration.authenticated, resource: principal.arn }
      }
      const run = (at: Standing) => {
        if ('anyOf' in declaration) return requireAny(at, demand, declaration.anyOf, parent, args)
        if ('action' in declaration) return requireOne(at, demand, declaration, parent, args)
        return requireAll(at, demand, declaration, parent, args)
      }
      const at = standing.get()
      return at instanceof Promise ? at.then(run) : run(at)
    },

    async decideOnTrust({ actions, roleArn, role, keys }) {
      const at = await standing.get()
      const trust: TrustLayer = { set: trustSet(role), accountId: role?.accountId ?? at.principal.accountId }
      const given = [...keys]
      const located = { ...shownAs(roleArn), target: { arn: roleArn, tags: role?.tags ?? [], boundaryArn: null } }
      // All are decided before any is demanded, so that each is a decision of the same moment.
      const [first, ...others] = actions.map((action) => judge(at, action, located, given, newDecisionId, trust))
      const decision = demand(first!)
      for (const verdict of others) demand(verdict)
      return decision
    },

    decideOnWebIdentity(question) {
      const verdict = decideForWebIdentity(question, request.request, shared)
      shared.onDecision?.(verdict.decision.effect)
      return verdict
    },

    async check(action, resource) {
      const at = await standing.get()
      const target = await locateAsked(at, action, resource)
      return judgeBarred(at, action, target, newDecisionId) ?? at.answer(action, target)
    },

    couldAllow(action) {
      const at = standing.known()
      return at === undefined || speaksOf(at, action)
    },

    async mightAllow(action) {
      return speaksOf(await standing.get(), action)
    },
  }
}

async function locateAsked(at: Standing, action: string, resource: string | null | undefined): Promise<LocatedTarget> {
  const { principal } = at
  if (resource === null || resource === undefined) return await at.locate(defaultTarget(action, principal))
  // Tags count only when the ARN is, letter by letter, that of the thing it names.
  const locator = locatorOfArn(resource, principal)
  const found = locator && (await at.locate(locator))
  return found?.target.arn === resource ? { ...found, publicArn: resource } : shownAs(resource, found?.display)
}

/** What an action is judged on when nobody names a resource: the caller itself, the whole list, or everything. */
function defaultTarget(action: string, principal: Principal): Locator {
  const known = Object.entries(ACTIONS).find(([name]) => name.toLowerCase() === action.toLowerCase())
  const facts: ActionFacts | undefined = known?.[1]
  if (facts?.listed) return { by: 'list', kind: facts.listed, pathPrefix: null }
  return facts?.resource === 'user' && isUser(principal) ? { by: 'caller' } : { by: 'everything' }
}
