import * as fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { PrismaClient } from '../../../src/generated/prisma/client.ts'
import { getDatamodel } from '../../../src/generated/pothos-types.ts'
import { compile, type Reading } from '../../../src/store/prepared-reads/compile.ts'
import { readEnums, withPreparedReads } from '../../../src/store/prepared-reads/index.ts'
import { createScope } from '../../../src/store/prepared-reads/scope.ts'
import { readTables, type Table, type Tables } from '../../../src/store/prepared-reads/tables.ts'
import { type Installation, openInstallation } from '../../support/installation.ts'
import { openWorld } from '../../support/world.ts'

/** As many as a suite can wait for; set the variable for more. */
const RUNS = Number(process.env.PREPARED_READS_RUNS ?? 600)

type Row = Readonly<Record<string, unknown>>
type Args = Record<string, unknown>

const { models } = getDatamodel().datamodel

let installation: Installation
let prisma: PrismaClient
let prepared: PrismaClient
let tables: Tables
let enums: ReadonlySet<string>
const rows = new Map<string, readonly Row[]>()

beforeAll(async () => {
  installation = await openInstallation()
  await openWorld(installation)
  await openWorld(installation)
  const { pool } = installation
  prisma = installation.db
  tables = await readTables(pool)
  enums = await readEnums(pool)
  prepared = await withPreparedReads(prisma, pool)
  for (const model of tables.keys()) rows.set(model, asRows(await find(prisma, model, 'findMany', {})))
})

test('every column and every relation of the Prisma schema is known', () => {
  for (const [name, model] of Object.entries(models)) {
    const table = tableOf(name)
    const scalars = model.fields.filter(({ kind }) => kind !== 'object').map((field) => field.name)
    const relations = model.fields.filter(({ kind }) => kind === 'object').map((field) => field.name)
    expect([name, ...table.columns.keys()]).toEqual([name, ...scalars])
    expect([name, ...table.relations.keys()]).toEqual([name, ...relations])
  }
})

describe('any read is answered as Prisma answers it', () => {
  test('one row, and many', { timeout: 600_000 }, async () => {
    let known = 0
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...tables.keys()).chain(questionsOf), async ([model, operation, args]) => {
        const reading: Reading = operation === 'findMany' ? 'many' : 'one'
        if (compile(createScope(tables, enums), model, reading, args) !== null) known++
        const [expected, found] = await Promise.all([
          outcome(prisma, model, operation, args),
          outcome(prepared, model, operation, args),
        ])
        expect(found).toEqual(expected)
      }),
      { numRuns: RUNS },
    )
    // Else Prisma would have been compared to itself.
    expect(known).toBeGreaterThan(RUNS / 2)
  })

  test('questions of one moment, each with its own answer', async () => {
    const users = rows.get('User') ?? []
    const args = users.map(({ accountId, id }) => ({
      where: { accountId_id: { accountId, id } },
      include: { tags: { orderBy: { keyFold: 'asc' } }, accessKeys: { orderBy: { id: 'asc' } } },
    }))
    args.push({ ...args[0]!, where: { accountId_id: { accountId: '000000000000', id: 'AIDANOBODY' } } })
    const answers = (client: PrismaClient) => Promise.all(args.map((one) => find(client, 'User', 'findUnique', one)))
    expect(await answers(prepared)).toEqual(await answers(prisma))
  })

  test.each(['findFirstOrThrow', 'findUniqueOrThrow'])('%s of nothing', async (operation) => {
    const args = { where: { accountId_id: { accountId: '000000000000', id: 'AIDANOBODY' } } }
    const where = operation === 'findFirstOrThrow' ? { where: { id: 'AIDANOBODY' } } : args
    expect(await outcome(prepared, 'User', operation, where)).toEqual(await outcome(prisma, 'User', operation, where))
  })

  test.each([
    ['a NUL byte', { where: { name: 'a\0b' } }],
    ['a number where a text is', { where: { name: 7 } }],
    ['a field that does not exist', { where: { nobody: 'x' } }],
    ['a size below nothing', { take: -1, orderBy: { id: 'asc' } }],
    ['a size above nothing, asked as the one below it was', { take: 1, orderBy: { id: 'asc' } }],
    ['a size below nothing, asked as the one above it was', { take: -1, orderBy: { id: 'asc' } }],
    ['an empty selection', { select: {} }],
  ])('%s', async (_what, args) => {
    expect(await outcome(prepared, 'User', 'findMany', args)).toEqual(await outcome(prisma, 'User', 'findMany', args))
  })
})

test('the switch leaves every read to Prisma', async () => {
  expect(installation.services.db).not.toBe(installation.db)
  const { services, db } = await openInstallation({ preparedReads: false })
  expect(services.db).toBe(db)
})

test('a transaction goes on to see its own changes', async () => {
  const { accountId } = await installation.openAccount({ alias: 'own-changes' })
  await prepared.$transaction(async (tx) => {
    await tx.account.update({ where: { id: accountId }, data: { alias: 'changed' } })
    expect(await tx.account.findUnique({ where: { id: accountId }, select: { alias: true } })).toEqual({
      alias: 'changed',
    })
  })
})

type Question = readonly [model: string, operation: string, args: Args]

function questionsOf(model: string): fc.Arbitrary<Question> {
  return fc
    .tuple(fc.constantFrom('findMany', 'findFirst', 'findUnique'), argsOf(model, 2), conditionsOf(model))
    .map(([operation, args, where]): Question => {
      if (operation !== 'findUnique') return [model, operation, { ...args, where }]
      const { orderBy: _, take: _none, ...selection } = args
      const [row = {}] = rows.get(model) ?? []
      return [model, operation, { ...selection, where: keyOf(model, row) }]
    })
}

/** What is selected, in an order that leaves nothing open. */
function argsOf(model: string, depth: number): fc.Arbitrary<Args> {
  return fc
    .tuple(selectionOf(model, depth), fc.constantFrom('asc', 'desc'), fc.option(fc.integer({ min: 0, max: 4 })))
    .map(([selection, direction, take]) => ({
      ...selection,
      orderBy: idOf(model).map((field) => ({ [field]: direction })),
      ...(take !== null && { take }),
    }))
}

function selectionOf(model: string, depth: number): fc.Arbitrary<Args> {
  const table = tableOf(model)
  const columns = fc.subarray([...table.columns.keys()], { minLength: 1 })
  const relations =
    depth === 0
      ? fc.constant<string[]>([])
      : fc.subarray([...table.relations.keys()], { maxLength: Math.min(3, table.relations.size) })
  return fc
    .tuple(columns, relations, fc.constantFrom('select', 'include', 'all', 'omit'), fc.boolean())
    .chain(([chosen, related, kind, counts]) =>
      fc.tuple(...related.map((name) => relationOf(table, name, depth))).map((inner): Args => {
        const below = Object.fromEntries(related.map((name, i) => [name, inner[i]]))
        const lists = related.filter((name) => table.relations.get(name)?.list === true)
        const all = {
          ...below,
          ...(counts &&
            lists.length > 0 && { _count: { select: Object.fromEntries(lists.map((name) => [name, true])) } }),
        }
        if (kind === 'select') return { select: { ...Object.fromEntries(chosen.map((name) => [name, true])), ...all } }
        const some = chosen.length === table.columns.size ? chosen.slice(1) : chosen
        const omit = kind === 'omit' && { omit: Object.fromEntries(some.map((name) => [name, true])) }
        return { ...omit, ...(related.length > 0 && { include: all }) }
      }),
    )
}

function relationOf(table: Table, name: string, depth: number): fc.Arbitrary<unknown> {
  const relation = table.relations.get(name)
  if (relation === undefined) throw new Error(`There is no relation ${name}.`)
  if (!relation.list) return fc.oneof(fc.constant(true), selectionOf(relation.model, depth - 1).filter(hasSomething))
  return fc.tuple(argsOf(relation.model, depth - 1), fc.option(conditionsOf(relation.model))).map(([args, where]) => ({
    ...args,
    ...(where !== null && { where }),
  }))
}

function hasSomething(selection: Args): boolean {
  return Object.keys(selection).length > 0
}

/** Conditions on values that some row has. */
function conditionsOf(model: string): fc.Arbitrary<Args> {
  const one = conditionOf(model)
  return fc.oneof(
    { weight: 4, arbitrary: one },
    { weight: 1, arbitrary: fc.constant({}) },
    fc.array(one, { maxLength: 2 }).map((all) => ({ AND: all })),
    fc.tuple(one, one).map((all) => ({ OR: [...all] })),
  )
}

const SYMBOLS = ['gt', 'gte', 'lt', 'lte', 'equals', 'not']

function conditionOf(model: string): fc.Arbitrary<Args> {
  const known = rows.get(model) ?? []
  const scalars =
    models[model]?.fields.filter(({ kind, type, isList }) => kind === 'scalar' && !isList && COMPARED.has(type)) ?? []
  if (known.length === 0 || scalars.length === 0) return fc.constant({})
  return fc
    .tuple(
      fc.constantFrom(...known),
      fc.constantFrom(...scalars),
      fc.constantFrom('plain', 'in', 'like', ...SYMBOLS),
      fc.nat(6),
    )
    .map(([row, { name, type }, how, cut]): Args => {
      const value = row[name]
      if (how === 'plain' || value === null) return { [name]: value }
      if (type === 'String' && how === 'in') return { [name]: { in: [value, 'nothing'] } }
      if (typeof value === 'string' && how === 'like') return { [name]: { startsWith: value.slice(0, cut) } }
      return SYMBOLS.includes(how) && type !== 'Boolean' ? { [name]: { [how]: value } } : { [name]: value }
    })
}

const COMPARED = new Set(['String', 'Int', 'DateTime', 'Boolean'])

function idOf(model: string): readonly string[] {
  const { primaryKey, fields = [] } = models[model] ?? {}
  return primaryKey?.fields ?? fields.filter(({ isId }) => isId).map(({ name }) => name)
}

function keyOf(model: string, row: Row): Args {
  const fields = idOf(model)
  const key = Object.fromEntries(fields.map((name) => [name, row[name] ?? 'nothing']))
  return fields.length === 1 ? key : { [fields.join('_')]: key }
}

function tableOf(model: string): Table {
  const table = tables.get(model)
  if (table === undefined) throw new Error(`There is no table of ${model}.`)
  return table
}

async function outcome(client: PrismaClient, model: string, operation: string, args: object): Promise<unknown> {
  try {
    return { found: await find(client, model, operation, args) }
  } catch (error) {
    return { failed: error instanceof Error ? error.name : 'nothing' }
  }
}

async function find(client: PrismaClient, model: string, operation: string, args: object): Promise<unknown> {
  const delegate: unknown = Reflect.get(client, model.charAt(0).toLowerCase() + model.slice(1))
  const method: unknown = Reflect.get(Object(delegate), operation)
  if (typeof method !== 'function') throw new Error(`There is no ${model}.${operation}.`)
  return await Reflect.apply(method, delegate, [args])
}

function asRows(found: unknown): readonly Row[] {
  return Array.isArray(found) ? found : []
}
