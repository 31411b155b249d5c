import type pg from 'pg'
import type { StoreLog } from './store-log.ts'

/** One use of a long-term access key, by a request whose signature was right. */
export interface AccessKeyUse {
  readonly accountId: string
  readonly accessKeyId: string
  readonly at: Date
  readonly service: string
  readonly region: string
  readonly operation: string | null
  readonly sourceIp: string | null
}

export interface LastUsedRecorder {
  /** Remembers the use; returns at once and never throws. */
  recordKey(use: AccessKeyUse): void
  /** Writes what is remembered. Never throws: what could not be written is kept for the next time. */
  flush(): Promise<void>
  /** Ends the periodic writing and writes the rest. */
  close(): Promise<void>
}

/** Some 300 bytes each. */
const MAX_REMEMBERED = 20_000

/** Rows are locked in one order, or two gateways that write at once could wait for each other. */
const WRITE_LAST_USED = {
  name: 'write_last_used',
  text: `
    with used as (
      select * from unnest($1::bpchar[], $2::text[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::text[])
        as used (account_id, id, at, service, region, operation, source_ip)
    ), locked as (
      select k.account_id, k.id from access_key k
      join used on used.account_id = k.account_id and used.id = k.id
      order by k.account_id, k.id for no key update of k
    )
    update access_key k
    set last_used_at = used.at, last_used_service = used.service, last_used_region = used.region,
        last_used_operation = used.operation, last_used_source_ip = used.source_ip
    from locked join used on used.account_id = locked.account_id and used.id = locked.id
    where k.account_id = locked.account_id and k.id = locked.id and (k.last_used_at is null or k.last_used_at < used.at)`,
}

/**
 * Records when a key was last used without a write per request: the latest use of each key is kept in memory and written in
 * one statement every `flushEveryMs`. A crash loses the uses of that time, a shutdown none. A stored moment never moves back.
 */
export function createLastUsedRecorder({
  pool,
  log,
  flushEveryMs,
}: {
  readonly pool: pg.Pool
  readonly log: StoreLog
  readonly flushEveryMs: number
}): LastUsedRecorder {
  let remembered = new Map<string, AccessKeyUse>()
  let writing = Promise.resolve()
  const timer = setInterval(() => void flush(), flushEveryMs)
  timer.unref()

  function remember(use: AccessKeyUse): void {
    const known = remembered.get(use.accessKeyId)
    if (known !== undefined && known.at > use.at) return
    // Moved to the end, so that the first entry is the one whose use is longest ago.
    remembered.delete(use.accessKeyId)
    remembered.set(use.accessKeyId, use)
    if (remembered.size <= MAX_REMEMBERED) return
    const oldest = remembered.keys().next()
    if (!oldest.done) remembered.delete(oldest.value)
  }

  async function write(): Promise<void> {
    const uses = [...remembered.values()]
    remembered = new Map()
    try {
      await pool.query({
        ...WRITE_LAST_USED,
        values: [
          uses.map((use) => use.accountId),
          uses.map((use) => use.accessKeyId),
          uses.map((use) => use.at),
          uses.map((use) => use.service),
          uses.map((use) => use.region),
          uses.map((use) => use.operation),
          uses.map((use) => use.sourceIp),
        ],
      })
    } catch (error) {
      log.warn(
        { reason: error instanceof Error ? error.message : String(error), keys: uses.length },
        'last use of access keys not written',
      )
      const since = remembered
      remembered = new Map()
      for (const use of uses) remember(use)
      for (const use of since.values()) remember(use)
    }
  }

  /** One write at a time, or an older one could end up after a newer one. */
  function flush(): Promise<void> {
    writing = writing.then(() => (remembered.size === 0 ? undefined : write()))
    return writing
  }

  return {
    recordKey(use) {
      remember(use)
      if (remembered.size === MAX_REMEMBERED / 2) void flush()
    },
    flush,
    async close() {
      clearInterval(timer)
      await flush()
    },
  }
}
