import { describe, expect, test } from 'vitest'
import { keysetPage, type PageArgs, typedPage } from '../../src/iam/keyset-page.ts'
import { refusal } from '../support/call.ts'

const row = { id: 'AIDA1', nameKey: 'alice', createdAt: new Date('2026-01-15T12:00:00Z') }
const cursorOf = (field: 'NAME' | 'CREATED_AT') =>
  keysetPage({ first: 1 }, { field, direction: 'ASC' }).connection([row]).edges[0]!.cursor
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

describe('a cursor', () => {
  test.each([
    ['text', 'alice'],
    ['nothing', ''],
    ['another order', cursorOf('CREATED_AT')],
    ['no list', encode({ n: 'alice' })],
    ['null', encode(null)],
    ['a number for a name', encode(['n', 7])],
    ['a NUL, which the database does not take', encode(['n', 'a\u0000'])],
  ])('that is %s is an invalid marker', async (_, after) => {
    expect(await refusal(() => keysetPage({ after }))).toEqual({ code: 'ValidationError', message: 'Invalid Marker.' })
  })

  test.each([
    ['a cursor by name', cursorOf('NAME')],
    ['a moment without id', encode(['c', 0])],
    ['a moment that does not exist', encode(['c', 9e15, 'AIDA1'])],
    ['a fraction of a millisecond', encode(['c', 0.5, 'AIDA1'])],
  ])('by creation that is %s is an invalid marker', async (_, before) => {
    expect(await refusal(() => keysetPage({ before }, { field: 'CREATED_AT', direction: 'ASC' }))).toEqual({
      code: 'ValidationError',
      message: 'Invalid Marker.',
    })
  })

  test('is opaque: letters that need no escaping in a URL', () => {
    expect(cursorOf('NAME')).toMatch(/^[A-Za-z0-9_-]+$/)
  })
})

describe('a page', () => {
  test('has 100 entries when nobody says how many, and asks for one more', () => {
    expect(keysetPage({}).take).toBe(101)
  })

  test('is asked for from one end only', async () => {
    expect(await refusal(() => keysetPage({ first: 1, last: 1 }))).toEqual({
      code: 'ValidationError',
      message: 'Either first or last can be given, not both.',
    })
  })

  test.each([0, -1, 1001])('cannot have %i entries', async (size) => {
    expect((await refusal(() => keysetPage({ first: size }))).code).toBe('ValidationError')
    expect((await refusal(() => keysetPage({ last: size }))).code).toBe('ValidationError')
  })

  test('without rows has no cursors', () => {
    expect(keysetPage({}).connection([])).toEqual({
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    })
  })
})

describe('a list of several types', () => {
  const TYPES = ['A', 'B', 'C'] as const
  const ROWS = TYPES.flatMap((type) => ['x', 'y', 'z'].map((nameKey) => ({ type, nameKey })))

  /** What a database would give for the page: each type by itself. */
  function read(args: PageArgs) {
    const page = typedPage(args, TYPES)
    const rows = TYPES.toReversed().flatMap((type) => {
      const { where, orderBy, take } = page.queryFor(type)
      const inside = ROWS.filter(({ type: of, nameKey }) => {
        const within = ({ nameKey: bound }: (typeof where.AND)[number]) =>
          'gt' in bound ? nameKey > bound.gt : nameKey < bound.lt
        return of === type && where.AND.every(within)
      })
      return (orderBy.nameKey === 'asc' ? inside : inside.toReversed()).slice(0, take)
    })
    const { edges, pageInfo } = page.connection(rows)
    return { found: edges.map(({ node }) => node.type + node.nameKey).join(' '), ...pageInfo }
  }

  const ALL = 'Ax Ay Az Bx By Bz Cx Cy Cz'

  test.each([1, 2, 3, 4, 5, 8, 9, 100])('comes type after type in pages of %i, from both ends', (size) => {
    const forwards: string[] = []
    for (let after: string | null = null, more = true; more; ) {
      const page = read({ first: size, after })
      forwards.push(page.found)
      after = page.endCursor
      more = page.hasNextPage
    }
    expect(forwards.join(' ')).toBe(ALL)
    const backwards: string[] = []
    for (let before: string | null = null, more = true; more; ) {
      const page = read({ last: size, before })
      backwards.unshift(page.found)
      before = page.startCursor
      more = page.hasPreviousPage
    }
    expect(backwards.join(' ')).toBe(ALL)
    expect(forwards).toHaveLength(Math.ceil(9 / size))
    expect(backwards).toHaveLength(Math.ceil(9 / size))
  })

  test('ends before a cursor', () => {
    const { startCursor: after } = read({ first: 1 })
    const { endCursor: before } = read({ last: 1 })
    expect(read({ after, before }).found).toBe('Ay Az Bx By Bz Cx Cy')
  })

  test.each([
    ['that of a plain list', cursorOf('NAME')],
    ['of no type', encode(['t', 'D', 'x'])],
    ['of a type that is no text', encode(['t', 1, 'x'])],
    ['without a name', encode(['t', 'A'])],
    ['null', encode(null)],
  ])('knows no cursor that is %s', async (_, after) => {
    expect((await refusal(() => typedPage({ after }, TYPES))).message).toBe('Invalid Marker.')
  })
})
