import { describe, expect, test } from 'vitest'
import { keysetPage } from '../../src/iam/keyset-page.ts'
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
