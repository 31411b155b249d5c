import { expect, test } from 'vitest'
import { createSigningFetch } from '../../src/client/index.ts'
import { type Account, type Installation, openInstallation } from '../support/installation.ts'

/** Requests of which each is sent three times: the answers to a document that is known are those to one that is not. */
const REQUESTS: readonly {
  readonly what: string
  readonly body: unknown
  readonly headers?: Record<string, string>
}[] = [
  { what: 'a field', body: { query: '{ viewer { arn } }' } },
  {
    what: 'variables',
    body: { query: 'query ($name: String) { user(name: $name) { name } }', variables: { name: 'reader' } },
  },
  {
    what: 'variables that do not fit',
    body: { query: 'query ($n: Int) { users(first: $n) { edges { node { name } } } }', variables: { n: 'x' } },
  },
  { what: 'no such variable', body: { query: 'query ($n: Int!) { users(first: $n) { edges { node { name } } } }' } },
  { what: 'variables that are no object', body: { query: '{ viewer { arn } }', variables: [1] } },
  { what: 'two operations and none named', body: { query: 'query A { viewer { arn } } query B { __typename }' } },
  {
    what: 'two operations, one named',
    body: { query: 'query A { viewer { arn } } query B { __typename }', operationName: 'B' },
  },
  { what: 'an operation that is not there', body: { query: 'query A { __typename }', operationName: 'C' } },
  { what: 'a denied field', body: { query: '{ viewer { arn } policies { edges { node { name } } } }' } },
  { what: 'nothing but a denied field', body: { query: '{ policies { edges { node { name } } } }' } },
  { what: 'something that is not there', body: { query: '{ user(name: "nobody") { name } }' } },
  { what: 'an invalid document', body: { query: '{ nothing }' } },
  { what: 'a syntax error', body: { query: '{ viewer' } },
  { what: 'extensions', body: { query: '{ viewer { arn } }', extensions: { some: 1 } } },
  { what: 'a member that nobody knows', body: { query: '{ viewer { arn } }', other: 1 } },
  { what: 'a list', body: [{ query: '{ viewer { arn } }' }] },
  { what: 'a stream', body: { query: 'subscription { auditEvents { id } }' } },
  { what: 'introspection', body: { query: '{ __type(name: "User") { name } }' } },
]

const MEDIA_TYPES = [
  '',
  '*/*',
  'application/json',
  'application/graphql-response+json',
  'application/graphql-response+json, application/json;q=0.9',
  'text/html',
  'image/png',
]

test('a document that is known is answered as one that is not', async () => {
  const installation = await openInstallation()
  const send = await senderOf(installation, await installation.openAccount())
  for (const accept of MEDIA_TYPES) {
    for (const { what, body } of REQUESTS) {
      // A comment makes another document.
      const unknown = await send(accept, withComment(body, `# ${accept} ${what}\n`))
      const same = withComment(body, '')
      await send(accept, same)
      const known = await send(accept, same)
      expect({ what, accept, ...known }).toEqual({ what, accept, ...unknown })
    }
  }
})

test('a change that is refused is tried once', async () => {
  const installation = await openInstallation()
  const account = await installation.openAccount()
  const { ask } = await account.user({
    name: 'writer',
    allow: [{ action: 'iam:CreateUser' }, { action: 'iam:GetUser' }],
  })
  const query = 'mutation { createUser(input: { userName: "Same" }) { user { name } } }'
  const codes: unknown[] = []
  for (let time = 0; time < 3; time++) codes.push((await ask(query)).codes)
  expect(codes).toEqual([[], ['EntityAlreadyExists'], ['EntityAlreadyExists']])
  const where = { accountId: account.accountId, action: 'iam:CreateUser' }
  const events = await installation.db.auditEvent.findMany({ where, orderBy: { id: 'asc' } })
  expect(events.map(({ result }) => result)).toEqual(['SUCCESS', 'FAILURE', 'FAILURE'])
})

type Send = (accept: string, body: unknown) => Promise<object>

/** Answers what does not differ from one request to the next. */
async function senderOf(installation: Installation, account: Account): Promise<Send> {
  const allow = [{ action: ['iam:GetUser', 'iam:ListUsers'] }]
  const { id, secretAccessKey } = firstOf(await account.user({ name: 'reader', allow }))
  const send = createSigningFetch({ accessKeyId: id, secretAccessKey, now: installation.clock })
  return async (accept, body) => {
    const response = await send(`${installation.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept },
      body: JSON.stringify(body),
    })
    const headers = [...response.headers].filter(([name]) => !/^(date|x-request-id|x-amzn-requestid)$/.test(name))
    const text = (await response.text()).replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g, 'an id')
    return { status: response.status, headers: Object.fromEntries(headers), text: withoutPlaces(text) }
  }
}

function firstOf({ accessKeys: [key] }: Awaited<ReturnType<Account['user']>>) {
  if (key === undefined) throw new Error('The user has no access key.')
  return key
}

/** A comment before a document moves everything in it by one line. */
function withoutPlaces(text: string): string {
  return text.replaceAll(/"locations":\[[^\]]*\],?/g, '')
}

function withComment(body: unknown, comment: string): unknown {
  if (Array.isArray(body) || typeof body !== 'object' || body === null || !('query' in body)) return body
  return { ...body, query: `${comment}${String(body.query)}` }
}
