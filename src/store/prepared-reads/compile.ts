import { createHash } from 'node:crypto'
import { type Decode, readColumn } from './columns.ts'
import { conditionOf, joinOf } from './conditions.ts'
import { isPlain } from './shape.ts'
import { type Scope, Unknown } from './scope.ts'
import type { Table } from './tables.ts'
import type { Bound, Path } from './values.ts'

/** One statement, for every call of the same shape. */
export interface Plan {
  readonly name: string
  readonly text: string
  readonly bound: readonly Bound[]
  /** Whether one statement answers several calls, whose values it takes as lists. */
  readonly shared: boolean
  /** Makes a row of what JSON holds. */
  readonly decode: Decode
}

export type Reading = 'one' | 'many'

/** Characters of a statement: what callers select decides how long it is, and many of them are kept. */
const LONGEST = 10_000
/** PostgreSQL passes a function at most a hundred arguments. */
const MOST_MEMBERS = 90

/** The statement for calls like this one; null for what Prisma must answer. */
export function compile(scope: Scope, model: string, reading: Reading, args: object): Plan | null {
  try {
    return planOf(scope, model, reading, args)
  } catch (error) {
    if (error instanceof Unknown) return null
    throw error
  }
}

function planOf(scope: Scope, model: string, reading: Reading, args: object): Plan {
  const table = scope.table(model)
  const alias = scope.alias()
  if (reading === 'one' && 'take' in args) throw new Unknown()
  const { members, decode } = selectionOf(scope, table, alias, args, [])
  const clauses = clausesOf(scope, table, alias, args, [], [])
  const rows = `select json_build_array(${members}) as row from "${table.name}" ${alias}${clauses}`
  const bound = scope.bound
  const shared =
    reading === 'one' && bound.length > 0 && bound.every(({ type }) => !type.endsWith('[]')) && !scope.single
  const withPlaceholders = shared
    ? `select asked.n::int, (${rows} limit 1) as answer from unnest(${bound.map(({ type }, i) => `$${i + 1}::${type}[]`).join(', ')}) with ordinality as asked (${bound.map((_, i) => `v${i + 1}`).join(', ')}, n)`
    : `select json_agg(found.row) as answer from (${rows}${reading === 'one' ? ' limit 1' : ''}) found`
  const text = withPlaceholders.replaceAll(PLACEHOLDER, (_, n: string) =>
    shared ? `asked.v${n}` : `$${n}::${bound[Number(n) - 1]?.type ?? ''}`,
  )
  if (text.length > LONGEST) throw new Unknown()
  const name = `read_${createHash('sha256').update(text).digest('base64url').slice(0, 22)}`
  return { name, text, bound, shared, decode }
}

/** What stands for a value until it is known how values are sent. No name of ours has these characters. */
const PLACEHOLDER = /\{(\d+)\}/g

const SELECTING = new Set(['select', 'include', 'omit'])

/** ` where … order by … limit …` */
function clausesOf(
  scope: Scope,
  table: Table,
  alias: string,
  args: object,
  path: Path,
  join: readonly string[],
): string {
  const { where, orderBy, take, ...other }: Record<string, unknown> = { ...args }
  if (Object.entries(other).some(([name, value]) => !SELECTING.has(name) && value !== undefined)) throw new Unknown()
  const conditions = [...join]
  if (where !== undefined) conditions.push(conditionOf(scope, table, alias, where, [...path, 'where']))
  const order = orderBy === undefined ? [] : [orderBy].flat().flatMap((one) => orderOf(scope, table, alias, one))
  if (take !== undefined && (typeof take !== 'number' || take < 0)) throw new Unknown()
  return [
    conditions.length > 0 ? ` where ${conditions.join(' and ')}` : '',
    order.length > 0 ? ` order by ${order.join(', ')}` : '',
    take === undefined ? '' : ` limit ${scope.bind([...path, 'take'], 'int4')}`,
  ].join('')
}

function orderOf(scope: Scope, table: Table, alias: string, order: unknown): string[] {
  if (!isPlain(order)) throw new Unknown()
  return Object.entries(order).map(([field, direction]) => {
    const column = table.columns.get(field)
    if (column !== undefined && (direction === 'asc' || direction === 'desc'))
      return `${alias}."${column.name}" ${direction}`
    const relation = table.relations.get(field)
    if (relation === undefined || relation.list || !isPlain(direction)) throw new Unknown()
    const other = scope.table(relation.model)
    const inner = scope.alias()
    const [first, ...more] = Object.entries(direction)
    const [innerField, innerDirection] = first ?? []
    const target = other.columns.get(innerField ?? '')
    if (more.length > 0 || target === undefined || (innerDirection !== 'asc' && innerDirection !== 'desc'))
      throw new Unknown()
    return `(select ${inner}."${target.name}" from "${other.name}" ${inner} where ${joinOf(relation, alias, inner)}) ${innerDirection}`
  })
}

interface Selected {
  /** Arguments of json_build_array. */
  readonly members: string
  readonly decode: Decode
}

/** The members of a row, and how they become the object that Prisma would answer. */
function selectionOf(scope: Scope, table: Table, alias: string, args: object, path: Path): Selected {
  const { select, include, omit }: Record<string, unknown> = { ...args }
  if (select !== undefined && (include !== undefined || omit !== undefined)) throw new Unknown()
  const members: { name: string; sql: string; decode: Decode | null }[] = []
  const fields = select === undefined ? allColumns(table, omit) : entriesOf(select)
  const at = [...path, select === undefined ? 'include' : 'select']
  for (const [name, chosen] of [...fields, ...entriesOf(include ?? {})]) {
    if (chosen === false || chosen === undefined) continue
    if (name === '_count') members.push(countsOf(scope, table, alias, chosen, [...at, name]))
    else if (table.columns.has(name) && chosen === true) members.push({ name, ...columnOf(scope, table, alias, name) })
    else members.push({ name, ...relationOf(scope, table, alias, name, chosen, [...at, name]) })
  }
  if (members.length === 0 || members.length > MOST_MEMBERS) throw new Unknown()
  const names = members.map(({ name }) => name)
  const decoders = members.map(({ decode }) => decode)
  return { members: members.map(({ sql }) => sql).join(', '), decode: (row) => objectOf(row, names, decoders) }
}

function objectOf(row: unknown, names: readonly string[], decoders: readonly (Decode | null)[]): unknown {
  if (!Array.isArray(row)) return null
  const object: Record<string, unknown> = {}
  for (const [i, name] of names.entries()) {
    const decode = decoders[i] ?? null
    object[name] = decode === null ? row[i] : decode(row[i])
  }
  return object
}

function allColumns(table: Table, omit: unknown): [string, unknown][] {
  if (!table.whole) throw new Unknown()
  const left = new Set(entriesOf(omit ?? {}).flatMap(([name, value]) => (value === true ? [name] : [])))
  return [...table.columns.keys()].filter((name) => !left.has(name)).map((name) => [name, true])
}

function entriesOf(value: unknown): [string, unknown][] {
  if (!isPlain(value)) throw new Unknown()
  return Object.entries(value)
}

function columnOf({ enums }: Scope, table: Table, alias: string, name: string) {
  const column = table.columns.get(name)
  const read = column === undefined ? null : readColumn(alias, column, enums)
  if (read === null) throw new Unknown()
  return read
}

function relationOf(scope: Scope, table: Table, alias: string, name: string, chosen: unknown, path: Path) {
  const relation = table.relations.get(name)
  if (relation === undefined) throw new Unknown()
  const args = chosen === true ? {} : chosen
  if (!isPlain(args)) throw new Unknown()
  const other = scope.table(relation.model)
  const inner = scope.alias()
  const { members, decode } = selectionOf(scope, other, inner, args, path)
  const clauses = clausesOf(scope, other, inner, args, path, [joinOf(relation, alias, inner)])
  const rows = `select json_build_array(${members}) as row from "${other.name}" ${inner}${clauses}`
  if (!relation.list) {
    if (args.where !== undefined || args.take !== undefined) throw new Unknown()
    return { sql: `(${rows})`, decode }
  }
  return {
    sql: `(select json_agg(${inner}r.row) from (${rows}) ${inner}r)`,
    decode: (list: unknown) => (Array.isArray(list) ? list.map((row) => decode(row)) : []),
  }
}

/** How many rows relations have. */
function countsOf(scope: Scope, table: Table, alias: string, chosen: unknown, path: Path) {
  if (!isPlain(chosen) || Object.keys(chosen).join() !== 'select') throw new Unknown()
  const counted = entriesOf(chosen.select).filter(([, value]) => value !== false && value !== undefined)
  const sql = counted.map(([name, value]) => {
    const relation = table.relations.get(name)
    if (relation?.list !== true || (value !== true && !isPlain(value))) throw new Unknown()
    const other = scope.table(relation.model)
    const inner = scope.alias()
    const args = value === true ? {} : value
    if (Object.keys(args).some((key) => key !== 'where')) throw new Unknown()
    const join = [joinOf(relation, alias, inner)]
    return `(select count(*) from "${other.name}" ${inner}${clausesOf(scope, other, inner, args, [...path, 'select', name], join)})`
  })
  if (sql.length === 0) throw new Unknown()
  const names = counted.map(([name]) => name)
  const none = names.map(() => null)
  return {
    name: '_count',
    sql: `json_build_array(${sql.join(', ')})`,
    decode: (row: unknown) => objectOf(row, names, none),
  }
}
