import type pg from 'pg'
import { BoundedCache } from '../../authn/bounded-cache.ts'
import type { PrismaClient } from '../../generated/prisma/client.ts'
import { inBatches } from '../batches.ts'
import { compile, type Plan, type Reading } from './compile.ts'
import { createScope } from './scope.ts'
import { shapeOf } from './shape.ts'
import { readTables, type Tables } from './tables.ts'
import { valueOf } from './values.ts'

/** Statements that are known at one time. Callers choose what they select, so there can be any number. */
const MOST_PLANS = 1_000
/** A server keeps every prepared statement for the life of its connection, so their number has to end somewhere. */
const MOST_NAMES = 500
/** Characters of a shape that is kept. */
const LONGEST_SHAPE = 10_000

const READINGS: Readonly<Record<string, Reading>> = {
  findFirst: 'one',
  findFirstOrThrow: 'one',
  findUnique: 'one',
  findUniqueOrThrow: 'one',
  findMany: 'many',
}

/** What is asked of the client itself, which it does by its own state. */
const CLIENT_METHODS = [
  '$transaction',
  '$queryRaw',
  '$queryRawUnsafe',
  '$executeRaw',
  '$executeRawUnsafe',
  '$disconnect',
]

type Find = (args?: object) => unknown
type Ask = (values: readonly unknown[]) => Promise<unknown>

/**
 * The same client, whose reads are answered by one prepared statement each where that can be: the rows of relations come with it as
 * JSON. Reads of one row of the same shape, in one turn of the event loop, share a statement. What is asked in another way than this
 * folder knows, and everything in transactions, is Prisma's as before. Answers are equal to Prisma's.
 */
export async function withPreparedReads(db: PrismaClient, pool: pg.Pool): Promise<PrismaClient> {
  const tables = await readTables(pool)
  const enums = await readEnums(pool)
  const planned = createPlans(tables, enums, pool)
  const client: PrismaClient = Object.create(db)
  for (const name of CLIENT_METHODS) {
    const method: unknown = Reflect.get(db, name, db)
    if (typeof method === 'function') Object.defineProperty(client, name, { value: method.bind(db) })
  }
  for (const model of tables.keys()) {
    const name = model.charAt(0).toLowerCase() + model.slice(1)
    const delegate: unknown = Reflect.get(db, name, db)
    if (typeof delegate === 'object' && delegate !== null)
      Object.defineProperty(client, name, { value: preparedDelegate(delegate, model, planned) })
  }
  return client
}

/** Names of the types that are enums. */
export async function readEnums(pool: pg.Pool): Promise<ReadonlySet<string>> {
  const { rows } = await pool.query<{ name: string }>(
    `select typname as name from pg_type where typtype = 'e' and typnamespace = current_schema()::regnamespace`,
  )
  return new Set(rows.map(({ name }) => name))
}

type Planned = (model: string, reading: Reading, args: object) => { readonly plan: Plan; readonly ask: Ask } | null

function preparedDelegate(delegate: object, model: string, planned: Planned): object {
  const prepared: object = Object.create(delegate)
  for (const [operation, reading] of Object.entries(READINGS)) {
    const original: unknown = Reflect.get(delegate, operation, delegate)
    if (!isFind(original)) continue
    const byPrisma = (args: object) => Reflect.apply(original, delegate, [args])
    const read = async (
      found: { plan: Plan; ask: Ask },
      values: readonly unknown[],
      args: object,
    ): Promise<unknown> => {
      const rows = await found.ask(values)
      if (reading === 'many') return Array.isArray(rows) ? rows.map((row) => found.plan.decode(row)) : []
      const row: unknown = found.plan.shared || !Array.isArray(rows) ? rows : rows[0]
      if (row !== null && row !== undefined) return found.plan.decode(row)
      // Prisma says in its own words that there is none.
      return operation.endsWith('OrThrow') ? byPrisma(args) : null
    }
    Object.defineProperty(prepared, operation, {
      value: (args: object = {}) => {
        const found = planned(model, reading, args)
        const values = found?.plan.bound.map((one) => valueOf(args, one))
        return found === null || values === undefined || values.includes(undefined)
          ? byPrisma(args)
          : read(found, values, args)
      },
    })
  }
  return prepared
}

function createPlans(tables: Tables, enums: ReadonlySet<string>, pool: pg.Pool): Planned {
  const plans = new BoundedCache<string, { readonly plan: Plan; readonly ask: Ask } | 'unknown'>(MOST_PLANS)
  const named = new Set<string>()

  function nameOf({ name }: Plan): { name?: string } {
    if (named.size >= MOST_NAMES && !named.has(name)) return {}
    named.add(name)
    return { name }
  }

  return (model, reading, args) => {
    const key = `${model} ${reading} ${shapeOf(args)}`
    if (key.length > LONGEST_SHAPE) return null
    const known = plans.get(key)
    if (known !== undefined) return known === 'unknown' ? null : known
    const plan = compile(createScope(tables, enums), model, reading, args)
    const made = plan && { plan, ask: asker(pool, plan, nameOf(plan)) }
    plans.set(key, made ?? 'unknown')
    return made
  }
}

interface Answer {
  readonly n?: number
  readonly answer: unknown
}

function asker(pool: pg.Pool, { text, bound, shared }: Plan, name: { name?: string }): Ask {
  if (!shared) {
    return async (values) => (await pool.query<Answer>({ ...name, text, values: [...values] })).rows[0]?.answer
  }
  return inBatches(async (asked: readonly (readonly unknown[])[]) => {
    const values = bound.map((_, i) => asked.map((one) => one[i]))
    const { rows } = await pool.query<Answer>({ ...name, text, values })
    const answers: unknown[] = asked.map(() => null)
    for (const { n = 0, answer } of rows) answers[n - 1] = answer
    return answers
  })
}

function isFind(value: unknown): value is Find {
  return typeof value === 'function'
}
