import { invalidSessionToken, missingAuthenticationToken } from '../authn/authentication-error.ts'
import { isUser, type Principal } from '../authn/principal.ts'
import { ACTIONS, type ActionFacts } from './actions.ts'
import { principalContext } from './context.ts'
import type { AccessDeclaration, Locator, RequestKeys, Requirement } from './declaration.ts'
import { type CompiledPrincipal, createPrincipalPolicies } from './principal-policies.ts'
import type { RequestInfo } from './request-info.ts'
import type { PolicySource, Tag, TargetSource } from './sources.ts'
import { createTagBatches } from './tag-batches.ts'
import { createTargets, entityRow, type LocatedTarget, locatorOfArn, mayHaveTags, ofRow, shownAs } from './targets.ts'
import type { Decision } from '../policy/index.ts'
import { trustSet } from './trust-set.ts'
import { type Asker, denied, judge, judgeBarred, speaksOf, type TrustLayer, type Verdict } from './verdict.ts'

/** The decision that let an operation through; the audit event of the change names it. */
export type AllowedDecision = Pick<Verdict, 'id' | 'action' | 'resource'> | Verdict

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

/** What the gate needs to know of one request; the principal is exchanged when the caller is authenticated anew. */
export interface GateRequest {
  readonly principal: () => Principal | null
  readonly request: RequestInfo
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

type Passed = AllowedDecision | null

/** What was found out about the caller, good until the caller is authenticated anew. */
interface Standing extends Asker {
  readonly verdicts: Map<string, Verdict>
  readonly tagsOf: ReturnType<typeof createTagBatches>
}

/**
 * The one gate. `open` gives the gate of one request: it gathers the caller's policies once, builds the request's context
 * once, and decides each (action, resource) at most once.
 */
export function createGate(sources: GateSources): { open(request: GateRequest): RequestGate } {
  const generation = sources.generation ?? (() => 0)
  const policies = createPrincipalPolicies(sources.policies, generation)
  const targets = createTargets(sources.targets, generation)

  function open({ principal: currentPrincipal, request }: GateRequest): RequestGate {
    let standing: Standing | undefined
    let loading: { readonly principal: Principal; readonly standing: Promise<Standing> } | undefined
    const denials = new Set<Verdict>()
    const charge = <T>(ask: () => T): T => (request.cost === undefined ? ask() : request.cost.charge(ask))

    function stand(): Standing | Promise<Standing> {
      const principal = currentPrincipal()
      if (!principal) throw missingAuthenticationToken()
      if (standing?.principal === principal) return standing
      const cached = policies.cached(principal)
      if (cached) return adopt(principal, cached)
      // The fields of a request ask at once: one load serves all of them.
      if (loading?.principal !== principal) loading = { principal, standing: load(principal) }
      return loading.standing
    }

    async function load(principal: Principal): Promise<Standing> {
      const loaded = await policies.load(principal, charge)
      if (!loaded) throw invalidSessionToken()
      return adopt(principal, loaded)
    }

    function adopt(principal: Principal, compiled: CompiledPrincipal): Standing {
      const now = sources.clock()
      standing = {
        principal,
        compiled,
        now,
        context: principalContext(principal, compiled.tags, request, now),
        verdicts: new Map(),
        tagsOf: createTagBatches((type, keys) => charge(() => targets.loadTags(type, principal, keys))),
      }
      return standing
    }

    function answer(at: Standing, action: string, located: LocatedTarget, keys: RequestKeys | undefined): Verdict {
      // Request keys make a question of its own; without them the same question has the same answer all request long.
      if (keys) return judge(at, action, located, keys, sources.newDecisionId)
      const key = `${action} ${located.target.arn} ${located.display}`
      const known = at.verdicts.get(key)
      if (known) return known
      const verdict = judge(at, action, located, undefined, sources.newDecisionId)
      at.verdicts.set(key, verdict)
      return verdict
    }

    function demand(verdict: Verdict): AllowedDecision {
      sources.onDecision?.(verdict.decision.effect)
      if (verdict.decision.effect === 'ALLOW') return verdict
      denials.add(verdict)
      throw denied(verdict)
    }

    function locate(at: Standing, locator: Locator): LocatedTarget | Promise<LocatedTarget> {
      const { principal, compiled, tagsOf } = at
      // A list's rows, and what is named by its whole ARN, come without tags: those are read only when some policy looks at
      // them, for all rows of a turn at once.
      const { accountId } = principal
      const find = () => charge(() => targets.locate(locator, principal, compiled))
      if (!compiled.readsResourceTags) return find()
      if (locator.by === 'user-row' && locator.user.id !== principal.id)
        return tagsOf('user', locator.user.id).then((tags) => ofRow(accountId, locator.user, tags))
      if (locator.by === 'entity-row' && locator.type === 'role')
        return tagsOf('role', locator.row.id).then((tags) => entityRow(accountId, 'role', locator.row, tags))
      if (locator.by === 'tagged-arn' && mayHaveTags(locator.type, locator.arn, principal))
        return tagsOf(locator.type, locator.arn).then((tags) => shownAs(locator.arn, locator.arn, tags))
      return find()
    }

    function authorizeOne<Parent, Args>(at: Standing, need: Requirement<Parent, Args>, parent: Parent, args: Args) {
      const located = locate(at, need.resource(parent, args, at.principal).locator)
      const finish = (target: LocatedTarget) => demand(answer(at, need.action, target, need.keys?.(args)))
      return isPromise(located) ? located.then(finish) : finish(located)
    }

    async function authorizeAll<Parent, Args>(
      at: Standing,
      needs: readonly Requirement<Parent, Args>[],
      parent: Parent,
      args: Args,
    ): Promise<Passed> {
      let first: Passed = null
      for (const need of needs) {
        if (need.when && !need.when(parent, args)) continue
        const allowed = await authorizeOne(at, need, parent, args)
        first ??= allowed
      }
      return first
    }

    async function authorizeAny<Parent, Args>(
      at: Standing,
      needs: readonly Requirement<Parent, Args>[],
      parent: Parent,
      args: Args,
    ): Promise<Passed> {
      const refused: Verdict[] = []
      // Lists of rows ask this once a row: what is decided without reading comes first, wherever it stands.
      for (const reads of [false, true]) {
        for (const [place, need] of needs.entries()) {
          if (need.when && !need.when(parent, args)) continue
          const { locator } = need.resource(parent, args, at.principal)
          if (mayRead(locator) !== reads) continue
          const verdict = answer(at, need.action, await locate(at, locator), need.keys?.(args))
          if (verdict.decision.effect === 'ALLOW') return demand(verdict)
          refused[place] = verdict
        }
      }
      // The denial names the permission that is declared first.
      const first = refused.find((verdict) => verdict !== undefined)
      return first ? demand(first) : null
    }

    return {
      denials,

      authorize(declaration, parent, args) {
        if (declaration === 'public' || declaration === 'parent') return null
        if (declaration === 'authenticated' || 'authenticated' in declaration) {
          const principal = currentPrincipal()
          if (!principal) throw missingAuthenticationToken()
          if (declaration === 'authenticated') return null
          return { id: sources.newDecisionId(), action: declaration.authenticated, resource: principal.arn }
        }
        const run = (at: Standing) => {
          if ('anyOf' in declaration) return authorizeAny(at, declaration.anyOf, parent, args)
          if ('action' in declaration) {
            return declaration.when && !declaration.when(parent, args)
              ? null
              : authorizeOne(at, declaration, parent, args)
          }
          return authorizeAll(at, declaration, parent, args)
        }
        const at = stand()
        return isPromise(at) ? at.then(run) : run(at)
      },

      async decideOnTrust({ actions, roleArn, role, keys }) {
        const at = await stand()
        const trust: TrustLayer = { set: trustSet(role), accountId: role?.accountId ?? at.principal.accountId }
        const given = [...keys]
        const located = { ...shownAs(roleArn), target: { arn: roleArn, tags: role?.tags ?? [], boundaryArn: null } }
        const [first, ...others] = actions.map((action) => {
          const verdict = judge(at, action, located, given, sources.newDecisionId, trust)
          return () => demand(verdict)
        })
        const decision = first!()
        for (const demandAlso of others) demandAlso()
        return decision
      },

      async check(action, resource) {
        const at = await stand()
        const target = await locateAsked(at, action, resource)
        return judgeBarred(at, action, target, sources.newDecisionId) ?? answer(at, action, target, undefined)
      },

      couldAllow(action) {
        // Nothing was decided yet for this caller, so nothing is known that could leave something out.
        if (!standing || standing.principal !== currentPrincipal()) return true
        return speaksOf(standing, action)
      },

      async mightAllow(action) {
        return speaksOf(await stand(), action)
      },
    }

    async function locateAsked(
      at: Standing,
      action: string,
      resource: string | null | undefined,
    ): Promise<LocatedTarget> {
      const { principal, compiled } = at
      if (resource === null || resource === undefined)
        return charge(() => targets.locate(defaultTarget(action, principal), principal, compiled))
      // Tags count only when the ARN is, letter by letter, that of the thing it names.
      const locator = locatorOfArn(resource, principal)
      const found = locator && (await locate(at, locator))
      return found?.target.arn === resource ? { ...found, publicArn: resource } : shownAs(resource, found?.display)
    }
  }

  return { open }
}

export type Gate = ReturnType<typeof createGate>

/** What an action is judged on when nobody names a resource: the caller itself, the whole list, or everything. */
function defaultTarget(action: string, principal: Principal): Locator {
  const known = Object.entries(ACTIONS).find(([name]) => name.toLowerCase() === action.toLowerCase())
  const facts: ActionFacts | undefined = known?.[1]
  if (facts?.listed) return { by: 'list', type: facts.listed, pathPrefix: null }
  return facts?.resource === 'user' && isUser(principal) ? { by: 'user-name', name: null } : { by: 'everything' }
}

/** Whether finding the target can cost a statement. */
function mayRead({ by }: Locator): boolean {
  return by !== 'list' && by !== 'everything'
}

function isPromise<T>(value: T | Promise<T>): value is Promise<T> {
  return value instanceof Promise
}
