import { invalidSessionToken, missingAuthenticationToken } from '../authn/authentication-error.ts'
import type { Principal } from '../authn/principal.ts'
import { principalContext } from './context.ts'
import type { Locator, RequestKeys } from './declaration.ts'
import { isTagged } from './entities.ts'
import type { CompiledPrincipal, createPrincipalPolicies } from './principal-policies.ts'
import type { RequestInfo } from './request-info.ts'
import { createTagBatches } from './tag-batches.ts'
import { type LocatedTarget, ofRow, shownAs } from './located-target.ts'
import { isSelf, mayHaveTags, type Targets } from './targets.ts'
import { type Asker, judge, type Verdict } from './verdict.ts'

/** What the gate of one request needs to know of it; the principal is exchanged when the caller is authenticated again. */
export interface GateRequest {
  readonly principal: () => Principal | null
  readonly request: RequestInfo
}

/** What standings are made of: one for the whole process. */
export interface StandingSources {
  readonly policies: ReturnType<typeof createPrincipalPolicies>
  readonly targets: Targets
  readonly clock: () => Date
  readonly newDecisionId: () => string
}

/** The caller of one request with everything that decides for them, valid until the caller is authenticated again. */
export interface Standing extends Asker {
  /** Finds what an action is about. Synchronous when everything is at hand. */
  locate(locator: Locator): LocatedTarget | Promise<LocatedTarget>
  /** Decides, each (action, target as it is shown) once. Request keys make a question of its own. */
  answer(action: string, located: LocatedTarget, keys?: RequestKeys): Verdict
}

/** The standing of one request's caller. */
export interface CurrentStanding {
  /** Throws an AuthenticationError when nobody is signed in, or the caller is gone. */
  get(): Standing | Promise<Standing>
  /** What is known already; undefined when nothing was decided yet for this caller. */
  known(): Standing | undefined
}

/** Gathers the caller's policies and builds the request's context once. */
export function currentStanding(
  sources: StandingSources,
  { principal: currentPrincipal, request }: GateRequest,
): CurrentStanding {
  let standing: Standing | undefined
  let loading: { readonly principal: Principal; readonly standing: Promise<Standing> } | undefined

  async function load(principal: Principal): Promise<Standing> {
    const compiled = await sources.policies.load(principal, (ask) => chargedTo(request, ask))
    if (!compiled) throw invalidSessionToken()
    return adopt(principal, compiled)
  }

  function adopt(principal: Principal, compiled: CompiledPrincipal): Standing {
    standing = standingOf(sources, request, principal, compiled)
    return standing
  }

  return {
    known: () => (standing?.principal === currentPrincipal() ? standing : undefined),
    get() {
      const principal = currentPrincipal()
      if (!principal) throw missingAuthenticationToken()
      if (standing?.principal === principal) return standing
      const cached = sources.policies.cached(principal)
      if (cached) return adopt(principal, cached)
      // The fields of a request ask at once: one load serves all of them.
      if (loading?.principal !== principal) loading = { principal, standing: load(principal) }
      return loading.standing
    },
  }
}

function standingOf(
  { targets, clock, newDecisionId }: StandingSources,
  request: RequestInfo,
  principal: Principal,
  compiled: CompiledPrincipal,
): Standing {
  const now = clock()
  const { accountId } = principal
  const verdicts = new Map<string, Verdict>()
  const tagsOf = createTagBatches((kind, keys) => chargedTo(request, () => targets.loadTags(kind, principal, keys)))
  const asker = { principal, compiled, now, context: principalContext(principal, compiled.tags, request, now) }

  return {
    ...asker,

    locate(locator) {
      // A list's rows, and what is named by its whole ARN, come without tags: those are read only when some policy looks at
      // them, for all rows of a turn at once.
      if (compiled.readsResourceTags) {
        if (locator.by === 'row' && isTagged(locator.kind) && !isSelf(locator, principal)) {
          const { kind, row } = locator
          return tagsOf(locator.kind, row.id).then((tags) => ofRow(accountId, kind, row, tags))
        }
        if (locator.by === 'kind-and-arn' && mayHaveTags(locator.kind, locator.arn, principal))
          return tagsOf(locator.kind, locator.arn).then((tags) => shownAs(locator.arn, locator.arn, tags))
      }
      return chargedTo(request, () => targets.locate(locator, principal, compiled))
    },

    answer(action, located, keys) {
      if (keys) return judge(asker, action, located, keys, newDecisionId)
      const key = questionKey(action, located)
      const known = verdicts.get(key)
      if (known) return known
      const verdict = judge(asker, action, located, undefined, newDecisionId)
      verdicts.set(key, verdict)
      return verdict
    },
  }
}

/**
 * Tells questions apart by all that the verdict has of them: what a denial shows as well, or who guessed the ARN of somebody would
 * be shown it once more where only the name is given. The lengths keep texts of the caller from running into each other.
 */
function questionKey(action: string, { target, display, publicArn }: LocatedTarget): string {
  const { arn } = target
  return `${action.length} ${arn.length} ${display.length} ${action}${arn}${display}${publicArn}`
}

/** Asks the database on the account of a request, where that is counted. */
function chargedTo<T>({ cost }: RequestInfo, ask: () => T): T {
  return cost === undefined ? ask() : cost.charge(ask)
}
