import { checkConstraints } from '../constraints.ts'
import { IamError } from '../errors.ts'
import type { KeysetConnection, PageArgs } from '../keyset-page.ts'
import {
  type DetailsRead,
  groupDetails,
  managedPolicyDetails,
  roleDetails,
  userDetails,
} from './authorization-details.ts'

/** What IAM's `Filter` names. */
export const DETAIL_FILTERS = ['USER', 'ROLE', 'GROUP', 'LOCAL_MANAGED_POLICY', 'AWS_MANAGED_POLICY'] as const

export interface DetailArgs extends PageArgs {
  /** Everything when empty or absent. */
  readonly filter?: readonly (typeof DETAIL_FILTERS)[number][] | null
}

type RowOf<Read extends (...args: never[]) => Promise<KeysetConnection<unknown>>> = Awaited<
  ReturnType<Read>
>['edges'][number]['node']

export type DetailRow =
  | ({ readonly kind: 'User' } & RowOf<typeof userDetails>)
  | ({ readonly kind: 'Group' } & RowOf<typeof groupDetails>)
  | ({ readonly kind: 'Role' } & RowOf<typeof roleDetails>)
  | ({ readonly kind: 'ManagedPolicy' } & RowOf<typeof managedPolicyDetails>)

interface Part {
  readonly filters: readonly (typeof DETAIL_FILTERS)[number][]
  readonly read: (call: DetailsRead, args: PageArgs) => Promise<KeysetConnection<DetailRow>>
}

/** In the order in which they come. */
const PARTS: readonly Part[] = [
  { filters: ['USER'], read: as('User', userDetails) },
  { filters: ['GROUP'], read: as('Group', groupDetails) },
  { filters: ['ROLE'], read: as('Role', roleDetails) },
  {
    filters: ['LOCAL_MANAGED_POLICY'],
    read: as('ManagedPolicy', (call, args) => managedPolicyDetails(call, { ...args, builtIn: false })),
  },
  {
    filters: ['AWS_MANAGED_POLICY'],
    read: as('ManagedPolicy', (call, args) => managedPolicyDetails(call, { ...args, builtIn: true })),
  },
]

const DEFAULT_SIZE = 100

/**
 * A page of all kinds of details one after the other, forwards only: a cursor is a place within one kind, so that pages neither
 * skip nor repeat anything while the account changes. Throws ValidationError: a size outside 1–1000, `Invalid Marker.`,
 * `last` or `before`.
 */
export async function pageOfDetails(call: DetailsRead, args: DetailArgs): Promise<KeysetConnection<DetailRow>> {
  const { first, after, last, before, filter } = args
  checkConstraints({ first })
  if (last != null || before != null)
    throw new IamError('ValidationError', 'Details are paged forwards only: with first and after.')
  const size = first ?? DEFAULT_SIZE
  const start = after == null ? { part: 0, cursor: null } : placeOf(after)
  const edges: KeysetConnection<DetailRow>['edges'] = []
  let hasNextPage = false
  for (const [index, { filters, read }] of PARTS.entries()) {
    if (index < start.part || !wanted(filters, filter)) continue
    // The place of a part that is over is asked as well, for what came to it since.
    const room = size - edges.length
    const cursor = index === start.part ? start.cursor : null
    const part = await read(call, { first: Math.max(room, 1), after: cursor })
    if (room > 0) edges.push(...part.edges.map((edge) => ({ ...edge, cursor: cursorAt(index, edge.cursor) })))
    hasNextPage = room > 0 ? part.pageInfo.hasNextPage : part.edges.length > 0
    if (hasNextPage) break
  }
  return {
    edges,
    pageInfo: {
      hasNextPage,
      hasPreviousPage: after != null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  }
}

function wanted(filters: Part['filters'], filter: DetailArgs['filter']): boolean {
  return filter == null || filter.length === 0 || filters.some((one) => filter.includes(one))
}

function as<Kind extends DetailRow['kind'], Row>(
  kind: Kind,
  read: (call: DetailsRead, args: PageArgs) => Promise<KeysetConnection<Row>>,
) {
  return async (call: DetailsRead, args: PageArgs) => {
    const { edges, pageInfo } = await read(call, args)
    return { edges: edges.map(({ cursor, node }) => ({ cursor, node: { kind, ...node } })), pageInfo }
  }
}

function cursorAt(part: number, cursor: string): string {
  return Buffer.from(JSON.stringify([part, cursor])).toString('base64url')
}

function placeOf(text: string): { readonly part: number; readonly cursor: string } {
  try {
    const [part, cursor]: readonly unknown[] = JSON.parse(Buffer.from(text, 'base64url').toString())
    if (typeof part === 'number' && part in PARTS && typeof cursor === 'string') return { part, cursor }
  } catch {
    // Answered below.
  }
  throw new IamError('ValidationError', 'Invalid Marker.')
}
