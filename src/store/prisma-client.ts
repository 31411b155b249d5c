import { createHash } from 'node:crypto'
import type { SqlDriverAdapterFactory, SqlQuery, Transaction } from '@prisma/driver-adapter-utils'
import { PrismaPg } from '@prisma/adapter-pg'
import type pg from 'pg'
import { PrismaClient } from '../generated/prisma/client.ts'
import { flightPool } from './flights/flight-connection.ts'
import type { OutageWatch } from './outage-watch.ts'
import { createSlots, type Slots } from './slots.ts'

/** A server keeps every prepared statement for the life of its connection, so their number has to end somewhere. */
const MAX_STATEMENTS = 500
const MAX_STATEMENT_LENGTH = 10_000

export interface ClientOptions {
  /** Told of outages; by default they stay what they are. */
  readonly watch?: OutageWatch
  /** Transactions at one time; those beyond wait their turn. As many as there are connections when absent. */
  readonly transactions?: number
}

/** Prisma over a pool that the caller opens and ends. */
export function createPrismaClient(pool: pg.Pool, { watch, transactions }: ClientOptions = {}): PrismaClient {
  const factory = new PrismaPg(flightPool(pool), { statementNameGenerator: statementNames() })
  if (watch === undefined) return new PrismaClient({ adapter: factory })
  const client = new PrismaClient({ adapter: guarded(factory, watch, createSlots(transactions ?? Infinity)) })
  const begin = client.$transaction.bind(client)
  // Prisma's own time-outs do not come from the adapter.
  Object.defineProperty(client, '$transaction', {
    value: (...given: unknown[]) => watch.guard(async (): Promise<unknown> => Reflect.apply(begin, client, given)),
  })
  return client
}

/**
 * The same adapter, whose transactions wait for a slot and tell of outages. Without slots those that wait for a lock, which another
 * session holds, would take every connection, and nobody could even read.
 */
function guarded(factory: PrismaPg, watch: OutageWatch, slots: Slots): SqlDriverAdapterFactory {
  const { provider, adapterName } = factory
  return {
    provider,
    adapterName,
    async connect() {
      const adapter = await factory.connect()
      const start = adapter.startTransaction.bind(adapter)
      adapter.startTransaction = async (isolationLevel) => {
        const release = await slots.take()
        try {
          return guardedTransaction(await watch.guard(() => start(isolationLevel)), watch, release)
        } catch (error) {
          release()
          throw error
        }
      }
      return adapter
    },
  }
}

/** Prisma ends each of them with one of `commit` and `rollback`, after it has sent the statement of that name. */
function guardedTransaction(transaction: Transaction, watch: OutageWatch, release: () => void): Transaction {
  const queryRaw = transaction.queryRaw.bind(transaction)
  const executeRaw = transaction.executeRaw.bind(transaction)
  const commit = transaction.commit.bind(transaction)
  const rollback = transaction.rollback.bind(transaction)
  return Object.assign(transaction, {
    queryRaw: (query: SqlQuery) => watch.guard(() => queryRaw(query)),
    executeRaw: (query: SqlQuery) => watch.guard(() => executeRaw(query), query.sql.toUpperCase() === 'COMMIT'),
    commit: () => commit().finally(release),
    rollback: () => rollback().finally(release),
  })
}

/**
 * Names for prepared statements: a statement that comes again is not parsed and planned again. The name follows from the
 * text, since two clients over one pool share its connections. Lists of values make endless variants of a statement; past
 * the limit they stay without a name, which means unprepared.
 */
function statementNames(): (query: SqlQuery) => string {
  const names = new Map<string, string>()
  return ({ sql, args }) => {
    // BEGIN, COMMIT and their kin: the simple protocol is one message.
    if (args.length === 0) return ''
    const known = names.get(sql)
    if (known !== undefined) return known
    if (names.size >= MAX_STATEMENTS || sql.length > MAX_STATEMENT_LENGTH) return ''
    const name = `prisma_${createHash('sha256').update(sql).digest('base64url').slice(0, 22)}`
    names.set(sql, name)
    return name
  }
}
