import type { Locator, Requirement } from './declaration.ts'
import type { Standing } from './standing.ts'
import type { AllowedDecision, Verdict } from './verdict.ts'

/** Answers an allowed verdict; throws AccessDenied for another. */
export type Demand = (verdict: Verdict) => AllowedDecision

/** Null when no requirement applies. */
export type Passed = AllowedDecision | null

/** Demands one permission. Synchronous when everything is at hand. */
export function requireOne<Parent, Args>(
  at: Standing,
  demand: Demand,
  need: Requirement<Parent, Args>,
  parent: Parent,
  args: Args,
): Passed | Promise<Passed> {
  if (need.when && !need.when(parent, args)) return null
  const located = at.locate(need.resource(parent, args, at.principal).locator)
  return located instanceof Promise
    ? located.then((target) => demand(at.answer(need.action, target, need.keys?.(args))))
    : demand(at.answer(need.action, located, need.keys?.(args)))
}

/** Demands all that apply, one after another. Answers the decision on the first. */
export async function requireAll<Parent, Args>(
  at: Standing,
  demand: Demand,
  needs: readonly Requirement<Parent, Args>[],
  parent: Parent,
  args: Args,
): Promise<Passed> {
  let first: Passed = null
  for (const need of needs) {
    const allowed = await requireOne(at, demand, need, parent, args)
    first ??= allowed
  }
  return first
}

/** Demands one of those that apply. The denial names the permission that is declared first. */
export async function requireAny<Parent, Args>(
  at: Standing,
  demand: Demand,
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
      const verdict = at.answer(need.action, await at.locate(locator), need.keys?.(args))
      if (verdict.decision.effect === 'ALLOW') return demand(verdict)
      refused[place] = verdict
    }
  }
  const first = refused.find((verdict) => verdict !== undefined)
  return first ? demand(first) : null
}

/** Whether finding the target can cost a statement. */
function mayRead({ by }: Locator): boolean {
  return by !== 'list' && by !== 'everything'
}
