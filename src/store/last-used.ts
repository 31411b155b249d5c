import type pg from 'pg'
import type { StoreLog } from './store-log.ts'
import { createWriteBehind } from './write-behind.ts'

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

/** One use of a role, by a request of a session of it. */
export interface RoleUse {
  readonly accountId: string
  readonly roleId: string
  readonly at: Date
  readonly region: string
}

/** One request of a session that began with signing in. */
export interface SessionUse {
  readonly accountId: string
  readonly sessionId: string
  readonly at: Date
}

export interface LastUsedRecorder {
  /** Keys and roles whose use is in memory. */
  readonly remembered: number
  /** Remembers the use; returns at once and never throws. */
  recordKey(use: AccessKeyUse): void
  recordRole(use: RoleUse): void
  recordSession(use: SessionUse): void
  /** Writes what is remembered. Never throws: what could not be written is kept for the next time. */
  flush(): Promise<void>
  /** Ends the periodic writing and writes the rest. */
  close(): Promise<void>
}

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

const WRITE_ROLE_LAST_USED = {
  name: 'write_role_last_used',
  text: `
    with used as (
      select * from unnest($1::bpchar[], $2::text[], $3::timestamptz[], $4::text[]) as used (account_id, id, at, region)
    ), locked as (
      select r.account_id, r.id from role r
      join used on used.account_id = r.account_id and used.id = r.id
      order by r.account_id, r.id for no key update of r
    )
    update role r
    set last_used_at = used.at, last_used_region = used.region
    from locked join used on used.account_id = locked.account_id and used.id = locked.id
    where r.account_id = locked.account_id and r.id = locked.id and (r.last_used_at is null or r.last_used_at < used.at)`,
}

const WRITE_SESSION_LAST_SEEN = {
  name: 'write_session_last_seen',
  text: `
    with used as (
      select * from unnest($1::bpchar[], $2::text[], $3::timestamptz[]) as used (account_id, id, at)
    ), locked as (
      select s.account_id, s.id from session s
      join used on used.account_id = s.account_id and used.id = s.id
      order by s.account_id, s.id for no key update of s
    )
    update session s
    set last_seen_at = used.at
    from locked join used on used.account_id = locked.account_id and used.id = locked.id
    where s.account_id = locked.account_id and s.id = locked.id and (s.last_seen_at is null or s.last_seen_at < used.at)`,
}

/**
 * Records when a key, role or session was last used without a write per request: the latest use of each is kept in memory and written
 * in one statement every `flushEveryMs`. A crash loses the uses of that time, a shutdown none. A stored moment never moves back.
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
  const keys = createWriteBehind<AccessKeyUse>({
    pool,
    log,
    what: 'access keys',
    keyOf: ({ accessKeyId }) => accessKeyId,
    statement: (uses) => ({
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
    }),
  })
  const roles = createWriteBehind<RoleUse>({
    pool,
    log,
    what: 'roles',
    keyOf: ({ roleId }) => roleId,
    statement: (uses) => ({
      ...WRITE_ROLE_LAST_USED,
      values: [
        uses.map((use) => use.accountId),
        uses.map((use) => use.roleId),
        uses.map((use) => use.at),
        uses.map((use) => use.region),
      ],
    }),
  })

  const sessions = createWriteBehind<SessionUse>({
    pool,
    log,
    what: 'sessions',
    keyOf: ({ sessionId }) => sessionId,
    statement: (uses) => ({
      ...WRITE_SESSION_LAST_SEEN,
      values: [uses.map((use) => use.accountId), uses.map((use) => use.sessionId), uses.map((use) => use.at)],
    }),
  })

  const flush = async () => {
    await keys.flush()
    await roles.flush()
    await sessions.flush()
  }
  const timer = setInterval(() => void flush(), flushEveryMs)
  timer.unref()
  return {
    get remembered() {
      return keys.remembered + roles.remembered
    },
    recordKey: (use) => keys.record(use),
    recordRole: (use) => roles.record(use),
    recordSession: (use) => sessions.record(use),
    flush,
    async close() {
      clearInterval(timer)
      await flush()
    },
  }
}
