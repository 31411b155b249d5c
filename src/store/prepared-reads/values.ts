/** Where in the arguments of a call a value is. */
export type Path = readonly (string | number)[]

/** A value that a statement is sent with. */
export interface Bound {
  readonly path: Path
  /** Of PostgreSQL, such as `bpchar`; with `[]` for a list. */
  readonly type: string
  /** Makes a pattern of a text. */
  readonly pattern?: (text: string) => string
}

/** What a value becomes on its way to the database; undefined when Prisma is to say what is wrong with it. */
export function valueOf(args: object, { path, type, pattern }: Bound): unknown {
  let value: unknown = args
  for (const step of path) value = Reflect.get(Object(value), step)
  if (!type.endsWith('[]')) return sendable(value, type, pattern)
  if (!Array.isArray(value)) return undefined
  const items = value.map((item) => sendable(item, type.slice(0, -2)))
  return items.includes(undefined) ? undefined : items
}

const LARGEST_INT = 2_147_483_647
const LAST_YEAR = 9999

function sendable(value: unknown, type: string, pattern?: (text: string) => string): unknown {
  switch (type) {
    case 'bool':
      return typeof value === 'boolean' ? value : undefined
    case 'int4':
      return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= LARGEST_INT ? value : undefined
    case 'timestamptz':
      return value instanceof Date ? moment(value) : undefined
    default:
      // A NUL byte cannot be stored.
      if (typeof value !== 'string' || value.includes('\0')) return undefined
      return pattern === undefined ? value : pattern(value)
  }
}

function moment(value: Date): string | undefined {
  const year = value.getUTCFullYear()
  return year >= 1 && year <= LAST_YEAR ? value.toISOString() : undefined
}
