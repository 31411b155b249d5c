import { isPlain } from './shape.ts'
import { type Scope, Unknown } from './scope.ts'
import type { Column, Relation, Table } from './tables.ts'
import type { Path } from './values.ts'

/** What values are compared in; of enums their text is, which has no order that Prisma would know. */
const COMPARED = new Set(['text', 'bpchar', 'bool', 'int4', 'timestamptz'])

const COMPARISONS: Readonly<Record<string, string>> = { equals: '=', gt: '>', gte: '>=', lt: '<', lte: '<=' }

const PATTERNS: Readonly<Record<string, (text: string) => string>> = {
  contains: (text) => `%${text}%`,
  startsWith: (text) => `${text}%`,
  endsWith: (text) => `%${text}`,
}

/** A condition of Prisma in SQL. */
export function conditionOf(scope: Scope, table: Table, alias: string, where: unknown, path: Path): string {
  if (!isPlain(where)) throw new Unknown()
  const parts: string[] = []
  for (const [name, value] of Object.entries(where)) {
    if (value === undefined) continue
    parts.push(partOf(scope, { table, alias, name, value, path: [...path, name] }))
  }
  return parts.length === 0 ? 'true' : `(${parts.join(' and ')})`
}

interface Part {
  readonly table: Table
  readonly alias: string
  readonly name: string
  readonly value: unknown
  readonly path: Path
}

function partOf(scope: Scope, { table, alias, name, value, path }: Part): string {
  if (name === 'AND' || name === 'OR') {
    const inner = Array.isArray(value)
      ? value.map((one, i) => conditionOf(scope, table, alias, one, [...path, i]))
      : [conditionOf(scope, table, alias, value, path)]
    if (inner.length === 0) return name === 'AND' ? 'true' : 'false'
    return `(${inner.join(name === 'AND' ? ' and ' : ' or ')})`
  }
  const column = table.columns.get(name)
  if (column !== undefined) return comparison(scope, alias, column, value, path)
  const relation = table.relations.get(name)
  if (relation !== undefined) return related(scope, alias, relation, value, path)
  const key = table.keys.get(name)
  if (key === undefined || !isPlain(value) || Object.keys(value).toSorted().join() !== key.toSorted().join())
    throw new Unknown()
  return conditionOf(scope, table, alias, value, path)
}

function comparison(scope: Scope, alias: string, column: Column, value: unknown, path: Path): string {
  const sql = `${alias}."${column.name}"`
  if (value === null) return `${sql} is null`
  const { type } = column
  const isEnum = scope.enums.has(type)
  if (!COMPARED.has(type) && !isEnum) throw new Unknown()
  if (!isPlain(value)) return `${sql} = ${bound(scope, path, type, isEnum)}`
  const parts = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .map(([operator, inner]): string => {
      const at = [...path, operator]
      if (operator === 'not' && inner === null) return `${sql} is not null`
      if (operator === 'not' && !isPlain(inner)) return `${sql} <> ${bound(scope, at, type, isEnum)}`
      if (operator === 'in' && Array.isArray(inner) && !isEnum) return `${sql} = any(${scope.bind(at, `${type}[]`)})`
      const pattern = PATTERNS[operator]
      if (pattern !== undefined && type === 'text' && typeof inner === 'string') {
        scope.single = true
        return `${sql} like ${scope.bind(at, type, pattern)}`
      }
      const symbol = COMPARISONS[operator]
      if (symbol === undefined || inner === null || isPlain(inner) || (isEnum && operator !== 'equals'))
        throw new Unknown()
      return `${sql} ${symbol} ${bound(scope, at, type, isEnum)}`
    })
  if (parts.length === 0) throw new Unknown()
  return parts.join(' and ')
}

/** What is no label of an enum is an error of the cast, and of Prisma's before: the type of the value is checked there. */
function bound(scope: Scope, path: Path, type: string, isEnum: boolean): string {
  return isEnum ? `${scope.bind(path, 'text')}::"${type}"` : scope.bind(path, type)
}

function related(scope: Scope, alias: string, relation: Relation, value: unknown, path: Path): string {
  if (!isPlain(value)) throw new Unknown()
  const other = scope.table(relation.model)
  const inner = scope.alias()
  const join = joinOf(relation, alias, inner)
  if (!relation.list) {
    if ('is' in value || 'isNot' in value) throw new Unknown()
    return `exists (select from "${other.name}" ${inner} where ${join} and ${conditionOf(scope, other, inner, value, path)})`
  }
  const parts = Object.entries(value).map(([which, where]) => {
    if (which !== 'some' && which !== 'none') throw new Unknown()
    const condition = conditionOf(scope, other, inner, where, [...path, which])
    return `${which === 'none' ? 'not ' : ''}exists (select from "${other.name}" ${inner} where ${join} and ${condition})`
  })
  if (parts.length === 0) throw new Unknown()
  return parts.join(' and ')
}

/** @param alias of the table that has the relation */
export function joinOf({ on }: Relation, alias: string, other: string): string {
  return on.map(([own, their]) => `${other}."${their}" = ${alias}."${own}"`).join(' and ')
}
