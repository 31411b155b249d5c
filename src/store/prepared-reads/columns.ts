import type { Column } from './tables.ts'

/** Makes what Prisma answers of what JSON holds. */
export type Decode = (value: unknown) => unknown

export interface ReadColumn {
  /** An expression that JSON can hold. */
  readonly sql: string
  /** Null when it is the value already. */
  readonly decode: Decode | null
}

const AS_THEY_ARE = new Set(['text', 'bpchar', 'bool', 'int4', 'jsonb', '_text'])

/** How a column is read; null for a type that is not known here. */
export function readColumn(alias: string, { name, type }: Column, enums: ReadonlySet<string>): ReadColumn | null {
  const sql = `${alias}."${name}"`
  if (AS_THEY_ARE.has(type) || enums.has(type)) return { sql, decode: null }
  switch (type) {
    case 'timestamptz':
      // A double holds milliseconds exactly, and JSON.parse is faster with a number than Date is with a text.
      return {
        sql: `round(date_part('epoch', ${sql}) * 1000)`,
        decode: (ms) => (ms === null ? null : new Date(Number(ms))),
      }
    case 'int8':
      return { sql: `${sql}::text`, decode: (digits) => (typeof digits === 'string' ? BigInt(digits) : null) }
    case 'bytea':
      return {
        sql: `encode(${sql}, 'hex')`,
        decode: (digits) => (typeof digits === 'string' ? Uint8Array.from(Buffer.from(digits, 'hex')) : null),
      }
    default:
      return null
  }
}
