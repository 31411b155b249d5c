import { queryFromInfo } from '@pothos/plugin-prisma'
import type { GraphQLResolveInfo } from 'graphql'
import {
  type KeysetConnection,
  type KeysetPage,
  type KeysetRow,
  keysetPage,
  type NodesOf,
  type PageArgs,
} from '../iam/keyset-page.ts'
import type { GraphQLContext } from './context.ts'

/** The selection that the client asked of a connection's nodes, with the columns that cursors are made of. */
export function nodesOf(context: GraphQLContext, info: GraphQLResolveInfo): NodesOf {
  return (page) => queryFromInfo({ context, info, path: ['edges', 'node'], select: page.select })
}

/** Cuts a short list that was read whole, as a database would cut it. */
export function pageOfWholeList<Row extends KeysetRow>(rows: readonly Row[], args: PageArgs): KeysetConnection<Row> {
  const page = keysetPage(args)
  const [order] = page.orderBy
  const falling = order !== undefined && 'nameKey' in order && order.nameKey === 'desc'
  const inside = rows.filter(({ nameKey }) =>
    page.where.AND.every((bound) => {
      if (!('nameKey' in bound)) return true
      return 'gt' in bound.nameKey ? nameKey > bound.nameKey.gt : nameKey < bound.nameKey.lt
    }),
  )
  const sorted = inside.toSorted((a, b) => (a.nameKey < b.nameKey ? -1 : 1) * (falling ? -1 : 1))
  return page.connection(sorted.slice(0, page.take))
}

/** Cuts a list that was read whole and never changes, in the order that it has. */
export function pageInOrder<Row extends object>(rows: readonly Row[], args: PageArgs): KeysetConnection<Row> {
  const placed = rows.map((row, place) => ({
    id: '',
    createdAt: NEVER,
    ...row,
    nameKey: String(place).padStart(9, '0'),
  }))
  return pageOfWholeList(placed, args)
}

/** Lists by place have no use for the time. */
const NEVER = new Date(0)

/**
 * The page of a list below an object, for the statement that reads the object. Bad arguments are an error of the list's own
 * field, after the gate: here they only mean the first page.
 */
export function nestedPage(args: PageArgs): KeysetPage {
  try {
    return keysetPage(args)
  } catch {
    return keysetPage({})
  }
}
