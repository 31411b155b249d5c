import type pg from 'pg'
import type { StoreLog } from './store-log.ts'

/** Some 300 bytes each. */
const MAX_REMEMBERED = 20_000

export interface WriteBehind<Use> {
  /** Things whose use is in memory. */
  readonly remembered: number
  /** Remembers the use; returns at once and never throws. */
  record(use: Use): void
  /** Writes what is remembered. Never throws: what could not be written is kept for the next time. */
  flush(): Promise<void>
}

/** Keeps the latest use of each thing in memory until all of them are written in one statement. */
export function createWriteBehind<Use extends { readonly at: Date }>({
  pool,
  log,
  keyOf,
  statement,
  what,
}: {
  readonly pool: pg.Pool
  readonly log: StoreLog
  readonly keyOf: (use: Use) => string
  readonly statement: (uses: readonly Use[]) => pg.QueryConfig
  /** For the log, in the plural. */
  readonly what: string
}): WriteBehind<Use> {
  let remembered = new Map<string, Use>()
  let writing = Promise.resolve()

  function remember(use: Use): void {
    const key = keyOf(use)
    const known = remembered.get(key)
    if (known !== undefined && known.at > use.at) return
    // Moved to the end, so that the first entry is the one whose use is longest ago.
    remembered.delete(key)
    remembered.set(key, use)
    if (remembered.size <= MAX_REMEMBERED) return
    const oldest = remembered.keys().next()
    if (!oldest.done) remembered.delete(oldest.value)
  }

  async function write(): Promise<void> {
    const uses = [...remembered.values()]
    remembered = new Map()
    try {
      await pool.query(statement(uses))
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      log.warn({ reason, [what.split(' ').at(-1)!]: uses.length }, `last use of ${what} not written`)
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
    get remembered() {
      return remembered.size
    },
    record(use) {
      remember(use)
      if (remembered.size === MAX_REMEMBERED / 2) void flush()
    },
    flush,
  }
}
