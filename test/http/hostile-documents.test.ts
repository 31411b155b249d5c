import { beforeAll, describe, expect, test } from 'vitest'
import { type Ask, type Installation, openInstallation } from '../support/installation.ts'

const LEVELS = 60
/** What an invalid document may take on a machine that is busy; what doubled sixty times would take longer than the world stands. */
const SOON_MS = 5_000

/** `chain('F', 'Viewer', (next) => …, 'arn')`: sixty fragments that each spread the next one twice. */
function chain(type: string, level: (next: string) => string, last: string): string {
  const levels = Array.from({ length: LEVELS }, (_, i) => `fragment F${i} on ${type} { ${level(`...F${i + 1}`)} }`)
  return `${levels.join(' ')} fragment F${LEVELS} on ${type} { ${last} }`
}

const twice = (next: string) => `${next} ${next}`
const below = (next: string) => `groups { edges { node { users { edges { node { ${next} } } } } } }`

const DOCUMENTS = {
  'at the root': `{ ...F0 } ${chain('Query', twice, 'viewer { arn }')}`,
  'below a field': `{ viewer { ...F0 } } ${chain('Viewer', twice, 'arn')}`,
  'in a mutation': `mutation { ...F0 } ${chain('Mutation', twice, 'signOut { signedOut }')}`,
  'in a subscription': `subscription { ...F0 } ${chain('Subscription', twice, 'auditEventAdded { id }')}`,
  'of fields below fields': `{ user { ...F0 } } ${chain('User', (next) => `${below(next)} ${below(next)}`, 'arn')}`,
  'of introspection': `{ __schema { types { ...F0 } } } ${chain('__Type', (next) => `ofType { ${next} } ${next}`, 'name')}`,
  'with a circle': `{ ...F0 } ${chain('Query', twice, 'viewer { arn } ...F0')}`,
  'that nobody spreads': `{ viewer { arn } } ${chain('Viewer', twice, 'arn')}`,
}

let installation: Installation
let signedIn: Ask

beforeAll(async () => {
  installation = await openInstallation()
  const account = await installation.openAccount()
  signedIn = (await account.user({ name: 'nobody' })).ask
})

describe.each(Object.entries(DOCUMENTS))('fragments that double sixty times %s', (_where, query) => {
  test(
    'are answered at once to strangers',
    async () => {
      const answer = await installation.anonymous(query)
      expect(answer.status).toBeLessThan(500)
    },
    SOON_MS,
  )

  test(
    'are answered at once to who is signed in',
    async () => {
      const answer = await signedIn(query)
      expect(answer.status).toBeLessThan(500)
      expect(answer.codes).not.toContain('InternalFailure')
    },
    SOON_MS,
  )

  test(
    'are answered at once by GET, and as a stream',
    async () => {
      const url = `${installation.url}/graphql?query=${encodeURIComponent(query)}`
      const got = await fetch(url)
      const streamed = await fetch(url, { headers: { accept: 'text/event-stream' } })
      await Promise.all([got.text(), streamed.body?.cancel()])
      expect([got.status < 500, streamed.status < 500]).toEqual([true, true])
    },
    SOON_MS,
  )
})

describe('a document', () => {
  test('that spreads fragments at every level of one object is executed, once per field', async () => {
    const few = Array.from({ length: 10 }, (_, i) => `fragment F${i} on Viewer { arn ...F${i + 1} ...F${i + 1} }`)
    const { data } = await signedIn(`{ viewer { ...F0 } } ${few.join(' ')} fragment F10 on Viewer { accountId }`)
    expect(data).toMatchObject({ viewer: { arn: expect.any(String), accountId: expect.any(String) } })
  })

  test.each([
    ['asks for one field hundreds of times', `{ ${'viewer { arn } '.repeat(900)} }`, 'Repeated fields limit of 100'],
    [
      'has a name of a hundred kilobytes',
      `query ${'L'.repeat(100_000)} { viewer { arn } }`,
      'Name length limit of 200',
    ],
    ['asks for more through fragments than it could say', manyFields(), 'Fields limit of 4000'],
  ])('that %s is refused before it is validated', async (_what, query, message) => {
    const { errors, status } = await signedIn(query)
    expect([status, errors.map((error) => error.message).join()]).toEqual([200, expect.stringContaining(message)])
  })
})

describe('errors', () => {
  test('of a document with a thousand faults are a few, and no longer than what was sent', async () => {
    const name = 'x'.repeat(150)
    const query = `query Q { ${Array.from({ length: 900 }, (_, i) => `${name}${i}`).join(' ')} }`
    const { errors, text } = await installation.anonymous(query)
    expect(errors.length).toBeLessThanOrEqual(25)
    expect(text.length).toBeLessThan(query.length)
  })

  test('do not repeat at every field what was sent once', async () => {
    const fields = Array.from({ length: 90 }, (_, i) => `a${i}: user(name: $name) { arn }`)
    const { errors, text } = await signedIn(`query Q($name: String) { ${fields.join(' ')} }`, {
      name: 'x'.repeat(200_000),
    })
    expect(errors).toHaveLength(90)
    expect(text.length).toBeLessThan(2_000_000)
  })

  test(
    'of variables that are made for the patterns of what must not be shown are found at once',
    async () => {
      const input = { [' cannot represent '.repeat(5_000)]: 1 }
      const { errors } = await installation.anonymous(
        'mutation Q($input: SignInInput!) { signIn(input: $input) { accessToken } }',
        {
          input,
        },
      )
      expect(errors[0]?.message).toMatch(/^Variable "\$input" got invalid value; it is too long to be shown\.$/)
    },
    SOON_MS,
  )

  test('of the AWS protocol are bounded, too', async () => {
    const body = `Action=${'x'.repeat(50_000)}&Version=2010-05-08`
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const answer = await fetch(installation.url, { method: 'POST', headers, body })
    expect((await answer.text()).length).toBeLessThan(6_000)
  })
})

/** Thousands of fields without an alias, in a few fragments. */
function manyFields(): string {
  const leaf = 'arn name path createdAt id '
  const inner = Array.from(
    { length: 10 },
    (_, i) => `fragment G${i} on User { ${leaf} ${i < 9 ? `...G${i + 1} ...G${i + 1} ...G${i + 1}` : ''} }`,
  )
  return `{ user { ...G0 } } ${inner.join(' ')}`
}

describe('what no parser can read is the fault of its sender', () => {
  test.each([
    ['lists', `{ user(name: ${'['.repeat(3_000)} }`],
    ['objects', `{ user(name: ${'{a:'.repeat(900)} }`],
    ['types of variables', `query ($v: ${'['.repeat(3_000)}) { viewer { arn } }`],
    ['selections', '{ a '.repeat(1_500)],
  ])('%s in each other without end', async (_what, query) => {
    const { status, codes } = await signedIn(query)
    expect([status, codes.includes('InternalFailure')]).toEqual([expect.toSatisfy((is) => is < 500), false])
  })

  test('brackets in texts are no nesting', async () => {
    const answer = await signedIn(`{ user(name: "${'['.repeat(300)}") { arn } }`)
    expect(answer.codes).not.toContain('GRAPHQL_PARSE_FAILED')
    expect(answer.text).not.toContain('Nesting')
  })

  test('a question mark in an address ends nothing', async () => {
    const asked = new URLSearchParams({ query: '{ __typename }' })
    const response = await fetch(`${installation.url}/graphql?${asked.toString()}&variables={%22a%22:%22?%22}`)
    expect(await response.json()).toEqual({ data: { __typename: 'Query' } })
  })

  test.each(['variables', 'extensions'])('%s in an address that are no JSON', async (name) => {
    const response = await fetch(
      `${installation.url}/graphql?query=${encodeURIComponent('{ __typename }')}&${name}=%7B%22a`,
    )
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'ValidationError' } }] })
  })
})
