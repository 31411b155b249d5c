import { performance } from 'node:perf_hooks'
import { hashesUnderWay } from './authn/password/index.ts'
import type { Budgets } from './budget/index.ts'
import { createEpochWatch } from './epoch-watch.ts'
import type { Figure } from './http/metrics.ts'
import type { EventFeed } from './iam/audit/event-feed.ts'
import type { EventTally } from './iam/audit/event-tally.ts'
import type { ReadQueue } from './iam/audit/read-queue.ts'
import type { ChangeQueue } from './iam/change-queue.ts'
import { askedOnce } from './store/asked-once.ts'
import type { Membership } from './store/gateways.ts'
import { disagree } from './store/key-steps.ts'
import type { LastUsedRecorder } from './store/last-used.ts'
import type { MasterKey } from './store/master-key.ts'
import type { Database } from './store/open.ts'
import type { SigningKeys } from './store/signing-keys.ts'
import { version } from './version.ts'

/** Decisions since the start, by effect. */
export type DecisionCounts = Record<'ALLOW' | 'IMPLICIT_DENY' | 'EXPLICIT_DENY', number>

export interface FiguresParts {
  readonly pool: Database['pool']
  readonly ready: () => Promise<unknown>
  readonly decisions: Readonly<DecisionCounts>
  readonly readQueue: Pick<ReadQueue, 'figures'>
  readonly tally: Pick<EventTally, 'remembered'>
  readonly lastUsed: Pick<LastUsedRecorder, 'remembered'>
  readonly budgets: Pick<Budgets, 'refusals'>
  readonly changes: Pick<ChangeQueue, 'waiting'>
  readonly eventFeed: Pick<EventFeed, 'listeners'>
  readonly signingKeys: Pick<SigningKeys, 'keyring'>
  readonly masterKey: MasterKey
  /** Absent where nobody keeps a list of gateways. */
  readonly membership?: Pick<Membership, 'peers' | 'firstUsed'> | undefined
  readonly clock: () => Date
}

/** What the rooms behind HTTP tell of themselves. docs/metrics.md says what each means. */
export function figures(parts: FiguresParts): readonly Figure[] {
  const { pool, decisions, readQueue, tally, lastUsed, budgets, changes, eventFeed, signingKeys } = parts
  const { masterKey, membership, clock } = parts
  const ring = masterKey.deriveKeys('secrets')
  const probe = createProbe(parts.ready)
  const epochs = createEpochWatch(pool)
  return [
    gauge('latchkey_build_info', 'Version of Latchkey and of Node; always 1.', () => [
      { labels: { version: version(), node: process.versions.node }, value: 1 },
    ]),
    {
      name: 'latchkey_decisions_total',
      help: 'Decisions that an operation hung on, by result.',
      kind: 'counter',
      read: () =>
        Object.entries(decisions).map(([effect, value]) => ({ labels: { result: effect.toLowerCase() }, value })),
    },
    gauge('latchkey_database_connections', 'Connections of the pool, by what they do.', () => [
      { labels: { state: 'busy' }, value: pool.totalCount - pool.idleCount },
      { labels: { state: 'idle' }, value: pool.idleCount },
    ]),
    gauge('latchkey_database_waiting', 'Requests for a connection that wait for one.', () => pool.waitingCount),
    gauge('latchkey_changes_waiting', 'Changes that wait for their turn in their account.', () => changes.waiting),
    gauge('latchkey_database_up', 'Whether the database answers, 1 or 0.', async () =>
      (await probe()) === null ? 0 : 1,
    ),
    gauge(
      'latchkey_database_answer_seconds',
      'How long it took the database to answer; absent while it does not.',
      async () => {
        const seconds = await probe()
        return seconds === null ? [] : seconds
      },
    ),
    gauge(
      'latchkey_audit_reads_remembered',
      'Reads in memory that are not in the audit trail yet.',
      () => readQueue.figures.remembered,
    ),
    {
      name: 'latchkey_audit_reads_lost_total',
      help: 'Reads that never came into the audit trail, because the database was away for too long.',
      kind: 'counter',
      read: () => readQueue.figures.lost,
    },
    gauge(
      'latchkey_audit_events_remembered',
      'Events in memory that are written together with others of their kind and are not in the audit trail yet.',
      () => tally.remembered,
    ),
    gauge(
      'latchkey_last_used_remembered',
      'Keys and roles whose last use is in memory only.',
      () => lastUsed.remembered,
    ),
    {
      name: 'latchkey_throttled_total',
      help: 'Times that a budget of a caller had not enough left, by what it is a budget of.',
      kind: 'counter',
      read: () => [...budgets.refusals].map(([budget, value]) => ({ labels: { budget }, value })),
    },
    gauge(
      'latchkey_policy_epoch',
      'Changes of all accounts so far, as this gateway sees the database. The same on all gateways, but for the moment of asking.',
      async () => Number(await epochs.look()),
    ),
    gauge(
      'latchkey_policy_epoch_age_seconds',
      'Time since this gateway last saw that figure in the database.',
      async () => {
        await epochs.look().catch(() => {})
        return epochs.age()
      },
    ),
    gauge('latchkey_event_streams', 'Open streams of audit events.', () => eventFeed.listeners),
    gauge('latchkey_password_hashes', 'Password hashes that are worked on, and those that wait.', () => {
      const { running, waiting } = hashesUnderWay()
      return [
        { labels: { state: 'running' }, value: running },
        { labels: { state: 'waiting' }, value: waiting },
      ]
    }),
    gauge('latchkey_signing_key_age_seconds', 'Age of the keys that tokens may be signed with, by key id.', () =>
      [...signingKeys.keyring().values()].map(({ kid, createdAt }) => ({
        labels: { id: kid },
        value: (clock().getTime() - createdAt.getTime()) / 1000,
      })),
    ),
    gauge(
      'latchkey_master_key_info',
      'Master keys that are known here, by id; current seals, former only opens. Always 1.',
      () =>
        [...ring.keys.keys()].map((id) => ({
          labels: { id, state: id === ring.current ? 'current' : 'former' },
          value: 1,
        })),
    ),
    gauge('latchkey_master_key_age_seconds', 'Time since each master key was first encrypted with, by key id.', () =>
      [...(membership?.firstUsed ?? [])]
        .filter(([id]) => ring.keys.has(id))
        .map(([id, since]) => ({ labels: { id }, value: (clock().getTime() - since.getTime()) / 1000 })),
    ),
    gauge(
      'latchkey_gateways',
      'Gateways that live on this database, this one too: those that can open all that this one seals and the other way round, and the others.',
      () => {
        const own = { activeKey: ring.current, knownKeys: [...ring.keys.keys()] }
        const others = (membership?.peers ?? []).filter(({ kind }) => kind === 'gateway')
        const strangers = others.filter((peer) => disagree(own, peer)).length
        return [
          { labels: { state: 'agree' }, value: 1 + others.length - strangers },
          { labels: { state: 'disagree' }, value: strangers },
        ]
      },
    ),
  ]
}

function gauge(name: string, help: string, read: Figure['read']): Figure {
  return { name, help, kind: 'gauge', read }
}

/** Asks the database: seconds until it answered, null when it did not. */
function createProbe(ready: FiguresParts['ready']): () => Promise<number | null> {
  const ask = askedOnce(async () => {
    const began = performance.now()
    await ready()
    return (performance.now() - began) / 1000
  })
  return () => ask().catch(() => null)
}
