import { invalidSessionToken, missingAuthenticationToken } from '../authn/authentication-error.ts'
import type { Principal } from '../authn/principal.ts'
import { ACTIONS, type ActionFacts } from './actions.ts'
import { principalContext } from './context.ts'
import type { AccessDeclaration, Locator, RequestKeys, Requirement, UserRow } from './declaration.ts'
import { type CompiledPrincipal, createPrincipalPolicies } from './principal-policies.ts'
import type { RequestInfo } from './request-info.ts'
import type { PolicySource, Tag, TargetSource } from './sources.ts'
import { createTargets, type LocatedTarget, ofRow, shownAs } from './targets.ts'
import { type Asker, denied, judge, speaksOf, type Verdict } from './verdict.ts'

/** The decision that let an operation through; the audit event of the change names it. */
export type AllowedDecision = Pick<Verdict, 'id' | 'action' | 'resource'>

export interface GateSources {
  readonly policies: PolicySource
  readonly targets: TargetSource
  readonly clock: () => Date
  readonly newDecisionId: () => string
}

/** What the gate needs to know of one request; the principal is exchanged when the caller is authenticated anew. */
export interface GateRequest {
  readonly principal: () => Principal | null
  readonly request: RequestInfo
}

/** The gate of one request. */
export interface RequestGate {
  /** What was refused so far, to be recorded before the answer leaves. */
  readonly denials: readonly Verdict[]
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
}

type Passed = AllowedDecision | null

/** What was found out about the caller, good until the caller is authenticated anew. */
interface Standing extends Asker {
  readonly verdicts: Map<string, Verdict>
  readonly rowTags: Map<string, Promise<readonly Tag[]>>
  tagBatch: { readonly ids: string[]; readonly load: Promise<ReadonlyMap<string, readonly Tag[]>> } | null
}

/**
 * The one gate. `open` gives the gate of one request: it gathers the caller's policies once, builds the request's context
 * once, and decides each (action, resource) at most once.
 */
export function createGate(sources: GateSources): { open(request: GateRequest): RequestGate } {
  const policies = createPrincipalPolicies(sources.policies)
  const targets = createTargets(sources.targets)

  function open({ principal: currentPrincipal, request }: GateRequest): RequestGate {
    let standing: Standing | undefined
    let loading: { readonly principal: Principal; readonly standing: Promise<Standing> } | undefined
    const denials: Verdict[] = []

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
      const loaded = await policies.load(principal)
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
        rowTags: new Map(),
        tagBatch: null,
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
      if (verdict.decision.effect === 'ALLOW') return verdict
      if (!denials.includes(verdict)) denials.push(verdict)
      throw denied(verdict)
    }

    function locate(at: Standing, locator: Locator): LocatedTarget | Promise<LocatedTarget> {
      const { principal, compiled } = at
      // A list's rows come without tags: those are read only when some policy looks at them, for all rows of a tick at once.
      if (locator.by !== 'user-row' || !compiled.readsResourceTags || locator.user.id === principal.id) {
        return targets.locate(locator, principal, compiled)
      }
      return tagsOfRow(at, locator.user).then((tags) => ofRow(principal.accountId, locator.user, tags))
    }

    function tagsOfRow(at: Standing, { id }: UserRow): Promise<readonly Tag[]> {
      const pending = at.rowTags.get(id)
      if (pending) return pending
      const batch = (at.tagBatch ??= openTagBatch(at))
      batch.ids.push(id)
      const tags = batch.load.then((found) => found.get(id) ?? [])
      at.rowTags.set(id, tags)
      return tags
    }

    function openTagBatch(at: Standing): NonNullable<Standing['tagBatch']> {
      const ids: string[] = []
      const load = nextTick().then(() => {
        at.tagBatch = null
        return targets.loadTags(at.principal.accountId, ids)
      })
      return { ids, load }
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
      let refused: Verdict | null = null
      for (const need of needs) {
        if (need.when && !need.when(parent, args)) continue
        const located = await locate(at, need.resource(parent, args, at.principal).locator)
        const verdict = answer(at, need.action, located, need.keys?.(args))
        if (verdict.decision.effect === 'ALLOW') return verdict
        refused ??= verdict
      }
      return refused && demand(refused)
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

      async check(action, resource) {
        const at = await stand()
        return answer(at, action, await locateAsked(at, action, resource), undefined)
      },

      couldAllow(action) {
        // Nothing was decided yet for this caller, so nothing is known that could leave something out.
        if (!standing || standing.principal !== currentPrincipal()) return true
        return speaksOf(standing, action)
      },
    }

    async function locateAsked(
      at: Standing,
      action: string,
      resource: string | null | undefined,
    ): Promise<LocatedTarget> {
      const { principal, compiled } = at
      if (resource === null || resource === undefined) return targets.locate(defaultTarget(action), principal, compiled)
      // Tags count only when the ARN is, letter by letter, that of the user it names.
      const found = await targets.locateUserArn(resource, principal, compiled)
      return found?.target.arn === resource ? { ...found, publicArn: resource } : shownAs(resource, found?.display)
    }
  }

  return { open }
}

export type Gate = ReturnType<typeof createGate>

/** What an action is judged on when nobody names a resource: the caller itself, the whole list, or everything. */
function defaultTarget(action: string): Locator {
  const known = Object.entries(ACTIONS).find(([name]) => name.toLowerCase() === action.toLowerCase())
  const facts: ActionFacts | undefined = known?.[1]
  if (facts?.listed) return { by: 'list', type: facts.listed, pathPrefix: null }
  return facts?.resource === 'user' ? { by: 'user-name', name: null } : { by: 'everything' }
}

function nextTick(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}

function isPromise<T>(value: T | Promise<T>): value is Promise<T> {
  return value instanceof Promise
}
