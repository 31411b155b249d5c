import type { Selection } from './call.ts'
import { checkConstraints } from './constraints.ts'
import { IamError } from './errors.ts'

/** The arguments of a list, as the Relay cursor connections specification has them. */
export interface PageArgs {
  readonly first?: number | null
  readonly after?: string | null
  readonly last?: number | null
  readonly before?: string | null
}

export interface PageOrder {
  readonly field: 'NAME' | 'CREATED_AT'
  readonly direction: 'ASC' | 'DESC'
}

/** The columns that a place in a list is made of: users, policies and MFA devices all have them. */
export interface KeysetRow {
  readonly id: string
  readonly nameKey: string
  readonly createdAt: Date
}

/** What a query of one page adds to a Prisma `findMany`, and how its rows become a connection. */
export interface KeysetPage {
  readonly where: { AND: KeysetBound[] }
  readonly orderBy: KeysetOrder[]
  /** One more than asked for: whether it comes tells whether there is another page. */
  readonly take: number
  /** Must be among the selected columns. */
  readonly select: { id: true; nameKey: true; createdAt: true }
  connection<Row extends KeysetRow>(rows: readonly Row[]): KeysetConnection<Row>
}

export interface KeysetConnection<Row> {
  readonly edges: { cursor: string; node: Row }[]
  readonly pageInfo: {
    hasNextPage: boolean
    hasPreviousPage: boolean
    startCursor: string | null
    endCursor: string | null
  }
}

/** What the client asked of the nodes of a page, with the columns that its cursors are made of. */
export type NodesOf = (page: { readonly select: { readonly id: true } }) => Selection

type Beyond<Value> = { gt: Value } | { lt: Value }
type KeysetBound =
  | { nameKey: Beyond<string> }
  | { OR: [{ createdAt: Beyond<Date> }, { createdAt: Date; id: Beyond<string> }] }
type KeysetOrder = { nameKey: Sort } | { createdAt: Sort } | { id: Sort }
type Sort = 'asc' | 'desc'

const BY_NAME: PageOrder = { field: 'NAME', direction: 'ASC' }
/** IAM's page when MaxItems is absent. */
const DEFAULT_SIZE = 100
/** Names, paths and ids are printable ASCII, so anything else did not come from here. */
const PRINTABLE = /^[\u0020-\u007E]+$/
/** The end of the year 9999: later moments have no form that the database reads. */
const LAST_MOMENT = 253_402_300_799_999

/**
 * One page of a list by keyset: a cursor is a place in the order, not a row, so pages neither skip nor repeat anything when
 * rows before the cursor, or the very row it was made of, are added or deleted. Throws ValidationError: a size outside
 * 1–1000, `first` together with `last`, `Invalid Marker.` for a cursor that is not one of this order.
 */
export function keysetPage(args: PageArgs, order: PageOrder = BY_NAME): KeysetPage {
  const { after, before } = args
  const { backwards, size } = pageShape(args)
  const ascending = order.direction === 'ASC'
  const sort = ascending === backwards ? 'desc' : 'asc'

  const bounds: KeysetBound[] = []
  if (after != null) bounds.push(boundOf(after, order.field, ascending))
  if (before != null) bounds.push(boundOf(before, order.field, !ascending))
  return {
    where: { AND: bounds },
    orderBy: order.field === 'NAME' ? [{ nameKey: sort }] : [{ createdAt: sort }, { id: sort }],
    take: size + 1,
    select: { id: true, nameKey: true, createdAt: true },
    connection: (rows) => connectionOf(rows, args, (row) => encodeCursor(row, order.field)),
  }
}

/** A page of rows whose id alone is their place: ids that rise with time, or that only have to stand still. */
export interface IdPage {
  readonly where: { AND: { id: Beyond<string> }[] }
  readonly orderBy: { id: Sort }
  readonly take: number
  /** Must be among the selected columns. */
  readonly select: { id: true }
  /** `cutShort` says that there are more than these, although they do not fill the page. */
  connection<Row extends { readonly id: string }>(rows: readonly Row[], cutShort?: boolean): KeysetConnection<Row>
}

/** Like `keysetPage`, in the order of ids. `isId` says what an id of this table looks like. */
export function idPage(args: PageArgs, direction: PageOrder['direction'], isId: (id: string) => boolean): IdPage {
  const { after, before } = args
  const { backwards, size } = pageShape(args)
  const ascending = direction === 'ASC'
  const bound = (cursor: string, above: boolean): { id: Beyond<string> } => {
    const place = decodeCursor(cursor)
    const [kind, id]: readonly unknown[] = Array.isArray(place) ? place : []
    if (kind !== 'i' || typeof id !== 'string' || !isId(id)) throw invalidMarker()
    return { id: above ? { gt: id } : { lt: id } }
  }
  const bounds: { id: Beyond<string> }[] = []
  if (after != null) bounds.push(bound(after, ascending))
  if (before != null) bounds.push(bound(before, !ascending))
  return {
    where: { AND: bounds },
    orderBy: { id: ascending === backwards ? 'desc' : 'asc' },
    take: size + 1,
    select: { id: true },
    connection: (rows, cutShort) => connectionOf(rows, args, ({ id }) => encodePlace(['i', id]), cutShort),
  }
}

/** What a query for rows of one type adds, so that they fill a page of the list. */
export interface TypeQuery {
  readonly where: { AND: { nameKey: Beyond<string> }[] }
  readonly orderBy: { nameKey: Sort }
  /** 0 when the page lies behind all rows of this type. */
  readonly take: number
}

/** A page of one list of rows of several types. */
export interface TypedPage<Type extends string> {
  queryFor(type: Type): TypeQuery
  /** Takes what the queries for all types gave, in any order. */
  connection<Row extends { readonly type: Type; readonly nameKey: string }>(rows: readonly Row[]): KeysetConnection<Row>
}

/** Like `keysetPage`, for a list in which the types follow each other, each by name. */
export function typedPage<Type extends string>(args: PageArgs, types: readonly Type[]): TypedPage<Type> {
  const { backwards, size } = pageShape(args)
  const after = args.after == null ? null : typedPlace(args.after, types)
  const before = args.before == null ? null : typedPlace(args.before, types)
  const direction = backwards ? -1 : 1
  return {
    queryFor(type) {
      const at = types.indexOf(type)
      const bounds: { nameKey: Beyond<string> }[] = []
      if (after?.at === at) bounds.push({ nameKey: { gt: after.nameKey } })
      if (before?.at === at) bounds.push({ nameKey: { lt: before.nameKey } })
      const outside = (after !== null && at < after.at) || (before !== null && at > before.at)
      return { where: { AND: bounds }, orderBy: { nameKey: backwards ? 'desc' : 'asc' }, take: outside ? 0 : size + 1 }
    },
    connection(rows) {
      const order = (a: (typeof rows)[number], b: (typeof rows)[number]) =>
        types.indexOf(a.type) - types.indexOf(b.type) || (a.nameKey < b.nameKey ? -1 : 1)
      const sorted = rows.toSorted((a, b) => order(a, b) * direction)
      return connectionOf(sorted, args, ({ type, nameKey }) => encodePlace(['t', type, nameKey]))
    },
  }
}

function typedPlace(cursor: string, types: readonly string[]): { readonly at: number; readonly nameKey: string } {
  const place = decodeCursor(cursor)
  const [kind, type, nameKey]: readonly unknown[] = Array.isArray(place) ? place : []
  const at = typeof type === 'string' ? types.indexOf(type) : -1
  if (kind !== 't' || at < 0 || !isPrintable(nameKey)) throw invalidMarker()
  return { at, nameKey }
}

function pageShape({ first, last }: PageArgs): { readonly backwards: boolean; readonly size: number } {
  checkConstraints({ first, last })
  if (first != null && last != null) {
    throw new IamError('ValidationError', 'Either first or last can be given, not both.')
  }
  return { backwards: last != null, size: first ?? last ?? DEFAULT_SIZE }
}

/** Rows as the query gave them, one more than asked for when there are more, unless they were cut short. */
function connectionOf<Row>(
  rows: readonly Row[],
  args: PageArgs,
  cursorOf: (row: Row) => string,
  cutShort = false,
): KeysetConnection<Row> {
  const { backwards, size } = pageShape(args)
  const page = rows.slice(0, size)
  if (backwards) page.reverse()
  const more = cutShort || rows.length > size
  const edges = page.map((node) => ({ cursor: cursorOf(node), node }))
  return {
    edges,
    pageInfo: {
      hasNextPage: backwards ? args.before != null : more,
      hasPreviousPage: backwards ? more : args.after != null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  }
}

/** Opaque to callers: the order and the row's place in it. */
function encodeCursor(row: KeysetRow, field: PageOrder['field']): string {
  return encodePlace(field === 'NAME' ? ['n', row.nameKey] : ['c', row.createdAt.getTime(), row.id])
}

function encodePlace(place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

/** Everything behind the cursor: above its place, or below when the order falls. */
function boundOf(cursor: string, field: PageOrder['field'], above: boolean): KeysetBound {
  const beyond = <Value>(value: Value): Beyond<Value> => (above ? { gt: value } : { lt: value })
  const place = decodeCursor(cursor)
  if (!Array.isArray(place)) throw invalidMarker()
  const [kind, key, id]: readonly unknown[] = place
  if (field === 'NAME' && kind === 'n' && isPrintable(key)) return { nameKey: beyond(key) }
  if (field === 'CREATED_AT' && kind === 'c' && isMoment(key) && isPrintable(id)) {
    const at = new Date(key)
    return { OR: [{ createdAt: beyond(at) }, { createdAt: at, id: beyond(id) }] }
  }
  throw invalidMarker()
}

function decodeCursor(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    throw invalidMarker()
  }
}

function isPrintable(value: unknown): value is string {
  return typeof value === 'string' && PRINTABLE.test(value)
}

function isMoment(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= LAST_MOMENT
}

function invalidMarker(): IamError {
  return new IamError('ValidationError', 'Invalid Marker.')
}
