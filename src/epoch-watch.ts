import { performance } from 'node:perf_hooks'
import { askedOnce } from './store/asked-once.ts'
import type { Database } from './store/open.ts'

export interface EpochWatch {
  /** The sum of all policy epochs as the database has it now. Throws when it does not say so within two seconds. */
  look(): Promise<bigint>
  /** Seconds since the last look that succeeded; since the start when none has. */
  age(): number
}

/**
 * Every request is decided at the epoch that its own statement read, so a gateway is never behind the database that it asks; but two
 * gateways can be connected to two databases without anybody noticing: a copy that was restored, a replica that lags. Then their
 * sums differ. A look costs a scan of the table of accounts; who asks meanwhile gets the same answer.
 */
export function createEpochWatch(pool: Database['pool'], now: () => number = () => performance.now()): EpochWatch {
  let seenAt = now()
  const look = askedOnce(async () => {
    const { rows } = await pool.query<{ sum: string }>(
      'select coalesce(sum(policy_epoch), 0)::text as sum from account',
    )
    seenAt = now()
    return BigInt(rows[0]?.sum ?? 0)
  })
  return { look, age: () => (now() - seenAt) / 1000 }
}
