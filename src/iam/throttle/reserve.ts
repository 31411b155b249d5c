import type { Services } from '../call.ts'
import { IamError } from '../errors.ts'
import type { Bucket } from './limits.ts'

/** Counters that ran out are removed by whoever opens a new one, a few at a time: the table stays small without a task. */
const SWEEP = 20

interface Counted {
  readonly bucket: string
  readonly count: number
  readonly resetsAt: Date
}

/**
 * Counts one attempt in every bucket, in one statement, before the secret is looked at: attempts that run in parallel, or as
 * aliases of one GraphQL document, are counted one by one and cannot all slip through a limit that was read before.
 *
 * An attempt over any limit throws Throttling with `details.retryAfterSeconds` and counts nowhere; otherwise somebody who
 * is refused at his own address could still fill the counters of the account that he attacks.
 */
export async function reserve(services: Pick<Services, 'db' | 'clock'>, buckets: readonly Bucket[]): Promise<void> {
  const now = services.clock()
  const wanted = buckets.toSorted(byId)
  const ids = wanted.map(({ id }) => id)
  const resets = wanted.map(({ seconds }) => new Date(now.getTime() + seconds * 1000).toISOString())
  // Rows are locked in the order of their keys, so that two attempts which share some buckets cannot deadlock.
  const counted = await services.db.$queryRaw<Counted[]>`
    INSERT INTO throttle AS t (bucket, count, resets_at)
    SELECT w.bucket, 1, w.resets_at::timestamptz FROM unnest(${ids}::text[], ${resets}::text[]) AS w (bucket, resets_at) ORDER BY w.bucket
    ON CONFLICT (bucket) DO UPDATE SET
      count = CASE WHEN t.resets_at <= ${now.toISOString()}::timestamptz THEN 1 ELSE t.count + 1 END,
      resets_at = CASE WHEN t.resets_at <= ${now.toISOString()}::timestamptz THEN excluded.resets_at ELSE t.resets_at END
    RETURNING bucket, count, resets_at AS "resetsAt"`
  if (counted.some(({ count }) => count === 1)) await sweep(services, now)

  const limits = new Map(wanted.map(({ id, attempts }) => [id, attempts]))
  const over = counted.filter(({ bucket, count }) => count > (limits.get(bucket) ?? 0))
  if (over.length === 0) return
  await refund(services, buckets)
  const opensAt = Math.max(...over.map(({ resetsAt }) => resetsAt.getTime()))
  throw new IamError('Throttling', 'Rate exceeded', {
    retryAfterSeconds: Math.max(1, Math.ceil((opensAt - now.getTime()) / 1000)),
  })
}

/** Gives one attempt back to every bucket: what was tried succeeded, or was never tried. */
export async function refund(services: Pick<Services, 'db'>, buckets: readonly Bucket[]): Promise<void> {
  await services.db.$executeRaw`
    UPDATE throttle SET count = count - 1 WHERE count > 0 AND bucket IN (
      SELECT bucket FROM throttle WHERE bucket = ANY(${buckets.map(({ id }) => id)}::text[]) ORDER BY bucket FOR UPDATE
    )`
}

/** Forgets the attempts of these buckets. */
export async function forget(services: Pick<Services, 'db'>, buckets: readonly Bucket[]): Promise<void> {
  await services.db.throttle.deleteMany({ where: { bucket: { in: buckets.map(({ id }) => id) } } })
}

async function sweep(services: Pick<Services, 'db'>, now: Date): Promise<void> {
  // A common table expression, because a subquery with a LIMIT may be run again for every row and then limits nothing.
  await services.db.$executeRaw`
    WITH old AS MATERIALIZED (
      SELECT bucket FROM throttle WHERE resets_at <= ${now.toISOString()}::timestamptz LIMIT ${SWEEP} FOR UPDATE SKIP LOCKED
    )
    DELETE FROM throttle USING old WHERE throttle.bucket = old.bucket`
}

function byId(a: Bucket, b: Bucket): number {
  return a.id < b.id ? -1 : 1
}
