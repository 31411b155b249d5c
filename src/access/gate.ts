import { missingAuthenticationToken, invalidSessionToken } from '../authn/authentication-error.ts'
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
import { AccessDenied, type Authz, type DenialReason } from './access-denied.ts'
import { ACTIONS } from './actions.ts'
import { principalContext, targetEntries, withFreshMfa } from './context.ts'
import type { AccessDeclaration, Locator, Requirement, RequestKeys, UserRow } from './declaration.ts'
import { type CompiledPrincipal, createPrincipalPolicies } from './principal-policies.ts'
import type { RequestInfo } from './request-info.ts'
import type { PolicySource, Tag, TargetSource } from './sources.ts'
import { createTargets, type LocatedTarget, ofRow, shownAs } from './targets.ts'

/** The decision that let an operation through; the audit event of the change names it. */
export interface AllowedDecision {
  readonly id: string
  readonly action: string
  /** Full ARN with path that the decision was made on. */
  readonly resource: string
}

/** The answer to one question, allowed or not, with what a person needs to understand it. */
export interface Verdict extends AllowedDecision {
  readonly principal: Principal
  readonly decision: Decision
  /** ARN and short form as a denial shows them. */
  readonly publicArn: string
  readonly display: string
  readonly mfaRequired: boolean
  readonly passwordChangeRequired: boolean
}

export interface GateSources {
  readonly policies: PolicySource
  readonly targets: TargetSource
  readonly clock: () => Date
  readonly newDecisionId: () => string
}

/** What the gate needs to know of one request; `principal` may be exchanged when the caller is authenticated anew. */
export interface GateRequest {
  readonly principal: () => Principal | null
  readonly request: RequestInfo
}

export type Gate = ReturnType<typeof createGate>
export type RequestGate = ReturnType<Gate['open']>

/**
 * The one gate. `open` gives the gate of one request: it gathers the caller's policies once, builds the request context once,
 * and decides each (action, resource) at most once. Denials pile up in `denials`, to be recorded before the answer leaves.
 */
export function createGate(sources: GateSources) {
  const policies = createPrincipalPolicies(sources.policies)
  const targets = createTargets(sources.targets)

  return {
    open({ principal: currentPrincipal, request }: GateRequest) {
      let prepared: Prepared | undefined
      const denials: Verdict[] = []

      /** Policies and context of the caller as it stands now; both change when the caller was authenticated anew. */
      function prepare(): Prepared | Promise<Prepared> {
        const principal = currentPrincipal()
        if (!principal) throw missingAuthenticationToken()
        if (prepared?.principal === principal) return prepared
        const cached = policies.cached(principal)
        if (cached) return adopt(principal, cached)
        return policies.load(principal).then((loaded) => {
          if (!loaded) throw invalidSessionToken()
          return adopt(principal, loaded)
        })
      }

      function adopt(principal: Principal, compiled: CompiledPrincipal): Prepared {
        const now = sources.clock()
        prepared = {
          principal,
          compiled,
          now,
          context: principalContext(principal, compiled.tags, request, now),
          rowTags: new Map(),
          verdicts: new Map(),
          openActions: new Map(),
        }
        return prepared
      }

      function judge(at: Prepared, action: string, located: LocatedTarget, keys: RequestKeys | undefined): Verdict {
        // Request keys make a question of its own; without them the same question has the same answer all request long.
        const memoKey = keys ? null : `${action} ${located.target.arn}`
        const known = memoKey === null ? undefined : at.verdicts.get(memoKey)
        if (known && known.display === located.display) return known
        const verdict = decideOn(at, action, located, keys, sources.newDecisionId)
        if (memoKey !== null) at.verdicts.set(memoKey, verdict)
        return verdict
      }

      function demand(verdict: Verdict): AllowedDecision {
        if (verdict.decision.effect === 'ALLOW') return verdict
        if (!denials.includes(verdict)) denials.push(verdict)
        throw denied(verdict)
      }

      /** The tags of a list's rows are read only when some policy looks at them, and then for all rows of the tick at once. */
      function locate(at: Prepared, locator: Locator): LocatedTarget | Promise<LocatedTarget> {
        if (locator.by !== 'user-row' || !at.compiled.readsResourceTags || locator.user.id === at.principal.id) {
          return targets.locate(locator, at.principal, at.compiled)
        }
        return tagsOfRow(at, locator.user).then((tags) => ofRow(at.principal.accountId, locator.user, tags))
      }

      function tagsOfRow(at: Prepared, user: UserRow): Promise<readonly Tag[]> {
        const { rowTags, principal } = at
        const pending = rowTags.get(user.id)
        if (pending) return pending
        at.tagBatch ??= {
          ids: [],
          load: batchOnNextTick(() => {
            const ids = at.tagBatch?.ids ?? []
            delete at.tagBatch
            return targets.loadTags(principal.accountId, ids)
          }),
        }
        at.tagBatch.ids.push(user.id)
        const tags = at.tagBatch.load.then((found) => found.get(user.id) ?? [])
        rowTags.set(user.id, tags)
        return tags
      }

      function authorizeOne<Parent, Args>(
        at: Prepared,
        requirement: Requirement<Parent, Args>,
        parent: Parent,
        args: Args,
      ) {
        const located = locate(at, requirement.resource(parent, args, at.principal).locator)
        const finish = (target: LocatedTarget) =>
          demand(judge(at, requirement.action, target, requirement.keys?.(args)))
        return isPromise(located) ? located.then(finish) : finish(located)
      }

      async function authorizeAll<Parent, Args>(
        at: Prepared,
        requirements: readonly Requirement<Parent, Args>[],
        parent: Parent,
        args: Args,
      ) {
        let first: AllowedDecision | null = null
        for (const requirement of requirements) {
          if (requirement.when && !requirement.when(parent, args)) continue
          const allowed = await authorizeOne(at, requirement, parent, args)
          first ??= allowed
        }
        return first
      }

      async function authorizeAny<Parent, Args>(
        at: Prepared,
        requirements: readonly Requirement<Parent, Args>[],
        parent: Parent,
        args: Args,
      ) {
        let refused: Verdict | null = null
        for (const requirement of requirements) {
          if (requirement.when && !requirement.when(parent, args)) continue
          const located = await locate(at, requirement.resource(parent, args, at.principal).locator)
          const verdict = judge(at, requirement.action, located, requirement.keys?.(args))
          if (verdict.decision.effect === 'ALLOW') return verdict
          refused ??= verdict
        }
        return refused ? demand(refused) : null
      }

      return {
        denials: denials as readonly Verdict[],

        /**
         * Lets a field pass, or throws AccessDenied (or an AuthenticationError when nobody signed in). Answers the decision of
         * the first requirement; null when the declaration needs none. Synchronous when everything is at hand.
         */
        authorize<Parent, Args>(
          declaration: AccessDeclaration<Parent, Args>,
          parent: Parent,
          args: Args,
        ): AllowedDecision | null | Promise<AllowedDecision | null> {
          if (declaration === 'public' || declaration === 'parent') return null
          if (declaration === 'authenticated' || 'authenticated' in declaration) {
            const principal = currentPrincipal()
            if (!principal) throw missingAuthenticationToken()
            if (declaration === 'authenticated') return null
            return { id: sources.newDecisionId(), action: declaration.authenticated, resource: principal.arn }
          }
          const at = prepare()
          const run = (ready: Prepared) => {
            if ('anyOf' in declaration) return authorizeAny(ready, declaration.anyOf, parent, args)
            if (Array.isArray(declaration)) return authorizeAll(ready, declaration, parent, args)
            const single = declaration as Requirement<Parent, Args>
            return single.when && !single.when(parent, args) ? null : authorizeOne(ready, single, parent, args)
          }
          return isPromise(at) ? at.then(run) : run(at)
        },

        /** Asks without demanding: nothing is recorded as denied. `resource` absent: what the action is judged on by default. */
        async check(action: string, resource: string | null | undefined): Promise<Verdict> {
          const at = await prepare()
          return judge(at, action, await locateChecked(at, action, resource), undefined)
        },

        /**
         * Whether any Allow of the caller speaks about the action at all. False means that no resource whatever can be allowed,
         * so that a nested relation need not be read.
         */
        couldAllow(action: string): boolean {
          const at = prepared
          // Nothing was decided yet, so nothing is known that could leave the relation out.
          if (!at || at.principal !== currentPrincipal()) return true
          const known = at.openActions.get(action)
          if (known !== undefined) return known
          const answer = at.principal.kind === 'root' || speaksOf(at, action)
          at.openActions.set(action, answer)
          return answer
        },
      }

      function locateChecked(
        at: Prepared,
        action: string,
        resource: string | null | undefined,
      ): LocatedTarget | Promise<LocatedTarget> {
        const { principal } = at
        if (resource === null || resource === undefined) return shownAs(defaultResource(action, principal))
        const user = new RegExp(`^arn:aws:iam::${principal.accountId}:user/(?:.*/)?([^/]+)$`).exec(resource)
        if (!user?.[1]) return shownAs(resource)
        // The tags of a user count only when the ARN is really that user's.
        const located = targets.locate({ by: 'user-name', name: user[1] }, principal, at.compiled)
        const finish = (found: LocatedTarget) =>
          found.target.arn === resource ? { ...found, publicArn: resource } : shownAs(resource, `user ${user[1]}`)
        return isPromise(located) ? located.then(finish) : finish(located)
      }
    },
  }
}

interface Prepared {
  readonly principal: Principal
  readonly compiled: CompiledPrincipal
  readonly context: RequestContext
  readonly now: Date
  readonly verdicts: Map<string, Verdict>
  readonly openActions: Map<string, boolean>
  readonly rowTags: Map<string, Promise<readonly Tag[]>>
  tagBatch?: { ids: string[]; load: Promise<ReadonlyMap<string, readonly Tag[]>> }
}

/** While a password must be changed, nothing else may be done with it: a session policy like any other. */
const PASSWORD_CHANGE_ONLY = builtIn(
  'password-change-required',
  '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:ChangePassword","Resource":"*"}}',
)

function decideOn(
  at: Prepared,
  action: string,
  located: LocatedTarget,
  keys: RequestKeys | undefined,
  newDecisionId: () => string,
): Verdict {
  const { principal, compiled, now } = at
  // AWS lets temporary credentials that were made without MFA do nothing in IAM, and says so in these words.
  if (principal.credential === 'SESSION' && principal.mfaAuthenticatedAt === null && /^iam:/i.test(action))
    throw invalidSessionToken()
  const { target } = located
  let context = at.context
  if (target.tags.length > 0 || target.boundaryArn !== null) context = context.extend(targetEntries(target))
  if (keys) context = context.extend(keys)
  const request: AccessRequest = {
    action,
    resource: target.arn,
    context,
    principal: { kind: principal.kind, accountId: principal.accountId, arn: principal.arn, uniqueId: principal.id },
  }
  const pending = principal.passwordResetPending
  const layers: Layers = pending ? { ...compiled.layers, session: PASSWORD_CHANGE_ONLY } : compiled.layers
  let decision = decide(layers, request)
  // Whoever must change the password may do so without any policy; an explicit deny still holds.
  if (
    pending &&
    action === 'iam:ChangePassword' &&
    target.arn === principal.arn &&
    decision.effect === 'IMPLICIT_DENY'
  ) {
    decision = ALLOWED_BY_RESET
  }
  const mfaRequired =
    decision.effect !== 'ALLOW' &&
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
    publicArn: located.publicArn,
    display: located.display,
    mfaRequired,
    passwordChangeRequired: pending,
  }
}

const ALLOWED_BY_RESET: Decision = { effect: 'ALLOW', reason: 'SESSION_POLICY', layer: 'session' }

/** The error of a denial, in AWS's words. */
function denied(verdict: Verdict): AccessDenied {
  const { action, decision, principal } = verdict
  const authz: Authz = {
    decisionId: verdict.id,
    principal: principal.arn,
    action,
    resource: verdict.publicArn,
    effect: decision.effect === 'EXPLICIT_DENY' ? 'EXPLICIT_DENY' : 'IMPLICIT_DENY',
    reason: denialReason(decision),
    mfaRequired: verdict.mfaRequired,
    ...(verdict.passwordChangeRequired && { passwordChangeRequired: true }),
  }
  return new AccessDenied(denialMessage(verdict), authz)
}

/** `User: … is not authorized to perform: … on resource: … because …`. */
export function denialMessage({ action, decision, principal, display }: Verdict): string {
  return `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${display}${denialTail(decision, action)}`
}

/** The reason as clients know it: an evaluation that failed closed looks like nothing allowing. */
export function denialReason({ reason }: Decision): DenialReason {
  return reason === 'ROOT' || reason === 'EVALUATION_ERROR' ? 'NO_IDENTITY_POLICY' : reason
}

function speaksOf({ compiled, context, principal }: Prepared, action: string): boolean {
  const request: AccessRequest = {
    action,
    resource: '*',
    context,
    principal: { kind: principal.kind, accountId: principal.accountId, arn: principal.arn, uniqueId: principal.id },
  }
  const { trace } = decide({ identity: compiled.layers.identity ?? null }, request, { trace: true })
  return (
    trace?.layers.some(({ statements }) => statements.some(({ statement }) => statement.effect === 'Allow')) ?? false
  )
}

/** What an action is judged on when nobody names a resource: the caller itself, the whole list, or everything. */
function defaultResource(action: string, principal: Principal): string {
  const facts = Object.entries(ACTIONS).find(([name]) => name.toLowerCase() === action.toLowerCase())?.[1]
  if (facts?.resource === 'user') return principal.arn
  if (facts && 'listed' in facts) return `arn:aws:iam::${principal.accountId}:${facts.listed}/`
  return '*'
}

function builtIn(id: string, text: string): PolicySet {
  const parsed = parsePolicy(text, 'session')
  if (!parsed.ok) throw parsed.error
  return compileSet([compilePolicy(parsed.document, { id, type: 'session' })])
}

function batchOnNextTick<T>(load: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    setImmediate(() => load().then(resolve, reject))
  })
}

function isPromise<T>(value: T | Promise<T>): value is Promise<T> {
  return value instanceof Promise
}
