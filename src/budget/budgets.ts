import { BoundedCache } from '../authn/bounded-cache.ts'
import { type Allowance, type Cost, COST_NAMES, COSTS } from './costs.ts'
import { OverBudget } from './over-budget.ts'
import type { Payer } from './payer.ts'
import { shareDraws, type SharedDraws } from './shared-draws.ts'

/** What one payer may still cost. */
export interface Budget {
  /**
   * Takes `amount` of a cost before it is caused. Throws OverBudget, and takes nothing, when less is left; of a cost that exceeds
   * the whole capacity the caller must be told otherwise: waiting does not help.
   */
  draw(cost: Cost, amount: number): void
  /** Takes what has already been caused, also when less is left: the next draw then waits until the debt has been paid. */
  owe(cost: Cost, amount: number): void
  /** Gives back what was drawn and not used. */
  giveBack(cost: Cost, amount: number): void
  /** How much of a cost could be drawn now. */
  left(cost: Cost): number
}

export interface Budgets {
  of(payer: Payer): Budget
  /** How often each cost was asked for in vain since the start, 0 included. */
  readonly refusals: ReadonlyMap<Cost, number>
}

interface Bucket {
  /** Below zero while more was caused than there was. */
  level: number
  /** Milliseconds of `now` at which `level` was right. */
  at: number
}

/** Payers that are remembered of each kind, and per cost; who was silent for longest is forgotten, and begins with a full bucket. */
const REMEMBERED = 20_000

/**
 * Token buckets, in the memory of this process: with n gateways a caller has n budgets. They bound what one process does for one
 * caller, which is what others wait for; limits on guessing count in the database (`iam/throttle`).
 *
 * @param now milliseconds of a clock that never goes back
 * @param shared with other processes behind the same port: what a caller had of them counts here as well, a moment later
 */
export function createBudgets({
  now,
  allowances = COSTS,
  shared,
}: {
  readonly now: () => number
  readonly allowances?: Readonly<Record<Cost, Allowance>>
  readonly shared?: SharedDraws
}): Budgets {
  // Strangers who come from ever new addresses push each other out, and nobody who is signed in.
  const buckets = {
    principal: new BoundedCache<string, Bucket>(REMEMBERED),
    address: new BoundedCache<string, Bucket>(REMEMBERED),
    account: new BoundedCache<string, Bucket>(REMEMBERED),
    key: new BoundedCache<string, Bucket>(REMEMBERED),
  }

  const refusals = new Map(COST_NAMES.map((cost) => [cost, 0]))

  function filled({ kind, id }: Payer, cost: Cost): Bucket {
    const { capacity, perSecond } = allowances[cost]
    const key = `${cost} ${id}`
    const at = now()
    const bucket = buckets[kind].get(key)
    if (bucket === undefined) {
      const full = { level: capacity, at }
      buckets[kind].set(key, full)
      return full
    }
    bucket.level = Math.min(capacity, bucket.level + ((at - bucket.at) / 1000) * perSecond)
    bucket.at = at
    return bucket
  }

  const note = shared
    ? shareDraws(shared, ([kind, cost, id, amount]) => {
        const bucket = filled({ kind, id }, cost)
        bucket.level = Math.min(allowances[cost].capacity, bucket.level - amount)
      })
    : () => {}

  return {
    refusals,
    of: (payer) => ({
      draw(cost, amount) {
        const bucket = filled(payer, cost)
        if (amount > bucket.level) {
          refusals.set(cost, (refusals.get(cost) ?? 0) + 1)
          const missing = Math.min(amount, allowances[cost].capacity) - bucket.level
          throw new OverBudget(Math.max(1, Math.ceil(missing / allowances[cost].perSecond)))
        }
        bucket.level -= amount
        note(payer, cost, amount)
      },
      owe(cost, amount) {
        filled(payer, cost).level -= amount
        note(payer, cost, amount)
      },
      giveBack(cost, amount) {
        const bucket = filled(payer, cost)
        bucket.level = Math.min(allowances[cost].capacity, bucket.level + amount)
        note(payer, cost, -amount)
      },
      left: (cost) => filled(payer, cost).level,
    }),
  }
}
