import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from './store/open.ts'

export interface EpochWatch {
  /** The sum of all policy epochs as the database has it now. Throws when it does not say within two seconds. */
  look(): Promise<bigint>
  /** Seconds since the last look that succeeded; since the start when none has. */
  age(): number
}

const LOOK_MS = 2_000

/**
 * Every request is decided at the epoch that its own statement read, so a gateway is never behind the database that it asks; but two
 * gateways can be connected to two databases without anybody noticing: a copy that was restored, a replica that lags. Then their
 * sums differ. A look costs a scan of the table of accounts; who asks meanwhile gets the same answer.
 */
export function createEpochWatch(pool: Database['pool'], now: () => number = () => performance.now()): EpochWatch {
  let seenAt = now()
  let looking: Promise<bigint> | null = null

  async function ask(): Promise<bigint> {
    const { rows } = await pool.query<{ sum: string }>(
      'select coalesce(sum(policy_epoch), 0)::text as sum from account',
    )
    seenAt = now()
    return BigInt(rows[0]?.sum ?? 0)
  }

  async function look(): Promise<bigint> {
    const late = new AbortController()
    looking ??= ask().finally(() => (looking = null))
    try {
      const sum = await Promise.race([looking, pause(LOOK_MS, null, { ref: false, signal: late.signal })])
      if (sum === null) throw new Error('The database did not say its epochs in time.')
      return sum
    } finally {
      late.abort()
    }
  }

  return { look, age: () => (now() - seenAt) / 1000 }
}
