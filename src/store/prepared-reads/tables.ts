import type pg from 'pg'
import { getDatamodel } from '../../generated/pothos-types.ts'

/** A column as PostgreSQL knows it. */
export interface Column {
  readonly name: string
  /** `udt_name` of the information schema: `text`, `bpchar`, `timestamptz`, `_text`, the name of an enum. */
  readonly type: string
}

/** How a row finds the rows of a relation. */
export interface Relation {
  readonly model: string
  readonly list: boolean
  /** Columns of this table, each with the column of the other one that it equals. */
  readonly on: readonly (readonly [own: string, other: string])[]
}

export interface Table {
  readonly name: string
  /** Whether all columns of the model were found. */
  readonly whole: boolean
  /** By the name of the field, in the order of the Prisma schema. */
  readonly columns: ReadonlyMap<string, Column>
  readonly relations: ReadonlyMap<string, Relation>
  /** Fields of the unique keys of several columns, by the name that Prisma gives them: `accountId_id`. */
  readonly keys: ReadonlyMap<string, readonly string[]>
}

/** By model. */
export type Tables = ReadonlyMap<string, Table>

type Models = ReturnType<typeof getDatamodel>['datamodel']['models']
type Model = Models[string]
type Field = Model['fields'][number]

interface ForeignKey {
  readonly table: string
  readonly columns: readonly string[]
  readonly other_table: string
  readonly other_columns: readonly string[]
}

const COLUMNS = `
  select c.table_name, c.column_name, c.udt_name
  from information_schema.columns c
  where c.table_schema = current_schema()`

const FOREIGN_KEYS = `
  select own.relname as "table", other.relname as other_table,
         array(select a.attname::text from unnest(k.conkey) with ordinality as p (number, place)
               join pg_attribute a on a.attrelid = k.conrelid and a.attnum = p.number order by p.place) as columns,
         array(select a.attname::text from unnest(k.confkey) with ordinality as p (number, place)
               join pg_attribute a on a.attrelid = k.confrelid and a.attnum = p.number order by p.place) as other_columns
  from pg_constraint k
  join pg_class own on own.oid = k.conrelid
  join pg_class other on other.oid = k.confrelid
  where k.contype = 'f' and k.connamespace = current_schema()::regnamespace`

/**
 * The tables of the models, from the database itself: Prisma's generated client does not say what a column is called or which
 * columns a foreign key joins. Here each is called like its model or field, in snake case, with the
 * exceptions of `OTHERWISE`; what is called in another way is unknown, and read by Prisma.
 */
export async function readTables(pool: pg.Pool): Promise<Tables> {
  const { models } = getDatamodel().datamodel
  const types = new Map<string, string>()
  const { rows } = await pool.query<{ table_name: string; column_name: string; udt_name: string }>(COLUMNS)
  for (const { table_name, column_name, udt_name } of rows) types.set(`${table_name}.${column_name}`, udt_name)
  const { rows: keys } = await pool.query<ForeignKey>(FOREIGN_KEYS)
  return new Map(Object.entries(models).map(([name, model]) => [name, tableOf(name, model, { models, types, keys })]))
}

interface Known {
  readonly models: Models
  /** Of `table.column`. */
  readonly types: ReadonlyMap<string, string>
  readonly keys: readonly ForeignKey[]
}

/** Columns that are not called like their field. */
const OTHERWISE: Readonly<Record<string, string>> = { 'RecoveryCodes.userId': 'id' }

function columnOf(modelName: string, fieldName: string): string {
  return OTHERWISE[`${modelName}.${fieldName}`] ?? snakeCase(fieldName)
}

function tableOf(modelName: string, model: Model, known: Known): Table {
  const name = snakeCase(modelName)
  let whole = true
  const columns = new Map<string, Column>()
  const relations = new Map<string, Relation>()
  for (const field of model.fields) {
    if (field.kind === 'object') {
      const relation = relationOf(modelName, field, known)
      if (relation !== null) relations.set(field.name, relation)
    } else {
      const column = columnOf(modelName, field.name)
      const type = known.types.get(`${name}.${column}`)
      if (type !== undefined) columns.set(field.name, { name: column, type })
      else whole = false
    }
  }
  const unique = [model.primaryKey, ...model.uniqueIndexes].filter((key) => key != null)
  return {
    name,
    whole,
    columns,
    relations,
    keys: new Map(unique.map(({ name: given, fields }) => [given ?? fields.join('_'), fields])),
  }
}

function relationOf(modelName: string, field: Field, { models, keys }: Known): Relation | null {
  const other = models[field.type]
  const back = other?.fields.find(
    (one) =>
      one.relationName === field.relationName && (one !== field || one.type !== modelName) && one.kind === 'object',
  )
  const [holder, held] = (field.relationFromFields?.length ?? 0) > 0 ? [modelName, field] : [field.type, back]
  const columns = held?.relationFromFields?.map((name) => columnOf(holder, name))
  const target = holder === modelName ? field.type : modelName
  const key = keys.find(
    (one) =>
      one.table === snakeCase(holder) &&
      one.other_table === snakeCase(target) &&
      one.columns.toSorted().join() === columns?.toSorted().join(),
  )
  if (key === undefined) return null
  const pairs = key.columns.map((column, i) => [column, key.other_columns[i] ?? ''] as const)
  return {
    model: field.type,
    list: field.isList,
    on: holder === modelName ? pairs : pairs.map(([own, their]) => [their, own] as const),
  }
}

function snakeCase(name: string): string {
  return name.replaceAll(/(?<=[a-z0-9])[A-Z]|(?<!^)[A-Z](?=[a-z])/g, (letter) => `_${letter}`).toLowerCase()
}
