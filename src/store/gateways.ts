import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { inTransaction } from './in-transaction.ts'
import { disagree, faultOfLeavingOut, faultOfStart, GONE_AFTER_S, type KeyHolder, type UsedKey } from './key-steps.ts'
import { assertOpensDatabase, MasterKeyError } from './master-key.ts'
import { OutageError } from './outage.ts'
import type { KeyRing } from './secret-box.ts'
import type { StoreLog } from './store-log.ts'

/** Another process on the same database. */
export interface Peer extends KeyHolder {
  /** `gateway`, or the command that it is. */
  readonly kind: string
  readonly version: string
  readonly startedAt: Date
  readonly beatAt: Date
}

/** A process among those that work on one database. */
export interface Membership {
  /** Those that lived when they were last looked at. */
  readonly peers: readonly Peer[]
  /** When each of its own master keys was first encrypted with, by id; those that never were are missing. */
  readonly firstUsed: ReadonlyMap<string, Date>
  /** Says that it lives, and looks at the others. Never throws. */
  beat(): Promise<void>
  /** Ends the beats and takes it out. Never throws, and waits a second at most: what is left behind counts as gone in a minute. */
  leave(): Promise<void>
}

export interface JoinOptions {
  readonly pool: pg.Pool
  /** Its master keys, by id; nothing of the keys themselves is written. */
  readonly ring: KeyRing
  /** Whether nobody else can have the database open: what the table says of others is then of the past. */
  readonly alone: boolean
  /** `gateway`, or the name of a command. */
  readonly kind: string
  readonly version: string
  readonly log: StoreLog
  /** Master keys that the operator gives up, with what lives under them, by id. */
  readonly forgotten?: readonly string[]
}

const BEAT_EVERY_MS = 10_000
const LEAVE_MS = 1_000

/** Two that start at once do it one after the other. */
const TAKE_TURNS = 'lock table master_key in share row exclusive mode'

const PEERS = `select id, kind, host, pid, version, started_at, beat_at, active_key, known_keys from gateway
  where id <> $1 and beat_at > clock_timestamp() - interval '${GONE_AFTER_S} seconds' order by host, pid, id`

const BEAT = {
  name: 'beat_of_gateway',
  text: `with own as (update gateway set beat_at = clock_timestamp() where id = $1 returning id), peers as (${PEERS})
    select (select count(*)::int from own) as own, peers.* from (values (1)) as one left join peers on true`,
}

interface PeerRow {
  readonly kind: string
  readonly host: string
  readonly pid: number
  readonly version: string
  readonly started_at: Date
  readonly beat_at: Date
  readonly active_key: string
  readonly known_keys: string[]
}

/**
 * Publishes which master keys a process has, if the others can live with it: from then on each of them finds it. Throws
 * MasterKeyError, in one line that names the step which is missing, when another process cannot open what this one would seal, or
 * the other way round; when the database holds secrets that it cannot open; and when tokens would end that it cannot open either.
 */
export async function joinGateways(options: JoinOptions): Promise<Membership> {
  const { pool, ring, alone, log } = options
  const id = randomUUID()
  const own = { activeKey: ring.current, knownKeys: [...ring.keys.keys()] }
  let { peers, firstUsed } = await inTransaction(pool, (client) => enter(client, id, options))
  let left = false
  let beating: Promise<void> | undefined
  let told = ''

  /** Those that this process cannot live with: they came while it was away from the database. */
  function tellOfStrangers(): void {
    const strangers = peers.filter((peer) => disagree(own, peer)).map(({ name }) => name)
    if (strangers.join() === told) return
    told = strangers.join()
    if (strangers.length > 0)
      log.warn(
        { gateways: strangers, own: own.activeKey, remedy: 'see docs/operations.md, Rotating the master key' },
        'master keys differ: one cannot open what the other seals',
      )
  }

  async function beatOnce(): Promise<void> {
    try {
      const { rows } = await pool.query<PeerRow & { readonly own: number }>({ ...BEAT, values: [id] })
      peers = rows.filter(({ host }) => host !== null).map(peerOf)
      // It was away for so long that it was cleared out.
      if (rows[0]?.own === 0 && !left) await pool.query(insertion(id, options))
      tellOfStrangers()
    } catch (error) {
      // An outage is told of by whoever watches the database.
      if (!(error instanceof OutageError)) log.warn({ reason: String(error) }, 'the heartbeat was not written')
    }
  }

  const beat = () => (beating ??= beatOnce().finally(() => (beating = undefined)))
  const timer = alone ? undefined : setInterval(() => void beat(), BEAT_EVERY_MS)
  timer?.unref()

  return {
    get peers() {
      return peers
    },
    firstUsed,
    beat,
    async leave() {
      left = true
      clearInterval(timer)
      const gone = (beating ?? Promise.resolve())
        .then(() => pool.query('delete from gateway where id = $1', [id]))
        .catch(() => {})
      const late = new AbortController()
      await Promise.race([gone, pause(LEAVE_MS, undefined, { signal: late.signal }).catch(() => {})])
      late.abort()
    },
  }
}

/**
 * The rule of the third step, and what follows from it: everything is encrypted again, and nobody seals with another key. From now
 * on the other keys have ended; they can be left out when the last token under them has expired. Returns why not, or null.
 */
export function endOtherKeys(
  pool: pg.Pool,
  current: string,
  fault: (peers: readonly Peer[]) => string | null,
): Promise<string | null> {
  return inTransaction(pool, async (client) => {
    await client.query(TAKE_TURNS)
    const why = fault(await readPeers(client, ''))
    if (why === null)
      await client.query('update master_key set ended_at = clock_timestamp() where id <> $1 and ended_at is null', [
        current,
      ])
    return why
  })
}

/** Everybody who works on the database, for the operator. */
export function readPeers(client: Pick<pg.ClientBase, 'query'>, besides: string): Promise<readonly Peer[]> {
  return client.query<PeerRow>(PEERS, [besides]).then(({ rows }) => rows.map(peerOf))
}

async function enter(
  client: pg.PoolClient,
  id: string,
  options: JoinOptions,
): Promise<Pick<Membership, 'peers' | 'firstUsed'>> {
  const { ring, alone, kind, forgotten = [] } = options
  const own = { activeKey: ring.current, knownKeys: [...ring.keys.keys()] }
  await client.query(TAKE_TURNS)
  await client.query(`delete from gateway where $1 or beat_at < clock_timestamp() - interval '1 hour'`, [alone])
  const peers = await readPeers(client, id)
  refuse(faultOfStart(own, peers))
  const sealing = await assertOpensDatabase(client, ring)
  await client.query(USE_KEYS, [own.activeKey, sealing])
  const { rows } = await client.query<UsedKey & { readonly firstUsedAt: Date; readonly now: Date }>(USED_KEYS)
  // Commands hear no callers: nobody's token ends by them.
  if (kind === 'gateway') refuse(faultOfLeavingOut(own, rows, { now: rows[0]?.now ?? new Date(), forgotten }))
  await client.query(insertion(id, options))
  return { peers, firstUsed: new Map(rows.map((key) => [key.id, key.firstUsedAt])) }
}

/** The active key is used from now on, or again; those that secrets are under were used before anybody wrote that down. */
const USE_KEYS = `insert into master_key (id, first_used_at)
  select id, clock_timestamp() from (select $1::text union select unnest($2::text[])) as used (id)
  on conflict (id) do update set ended_at = null where master_key.id = $1 and master_key.ended_at is not null`

const USED_KEYS = `select id, first_used_at as "firstUsedAt", ended_at as "endedAt", clock_timestamp() as now
  from master_key order by first_used_at, id`

function insertion(id: string, { kind, version, ring }: JoinOptions): pg.QueryConfig {
  return {
    text: `insert into gateway (id, kind, host, pid, version, started_at, beat_at, active_key, known_keys)
      values ($1, $2, $3, $4, $5, clock_timestamp(), clock_timestamp(), $6, $7) on conflict (id) do nothing`,
    values: [id, kind, hostname(), process.pid, version, ring.current, [...ring.keys.keys()]],
  }
}

function refuse(fault: string | null): void {
  if (fault !== null) throw new MasterKeyError(fault)
}

function peerOf(row: PeerRow): Peer {
  const what = row.kind === 'gateway' ? '' : `${row.kind}, `
  return {
    name: `${row.host} (${what}process ${row.pid})`,
    kind: row.kind,
    version: row.version,
    startedAt: row.started_at,
    beatAt: row.beat_at,
    activeKey: row.active_key,
    knownKeys: row.known_keys,
  }
}
