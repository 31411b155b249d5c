import { readFileSync } from 'node:fs'
import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import {
  buildClientSchema,
  getIntrospectionQuery,
  type IntrospectionOptions,
  type IntrospectionQuery,
  parse,
  print,
} from 'graphql'
import { beforeAll, describe, expect, test } from 'vitest'
import { standardQuery } from '../../src/http/introspection.ts'
import { type Ask, at, type Installation, openInstallation } from '../support/installation.ts'

const OPTIONS: IntrospectionOptions[] = [
  {},
  { descriptions: false },
  { descriptions: false, schemaDescription: true },
  { typeDepth: 7, schemaDescription: true },
  {
    inputValueDeprecation: true,
    specifiedByUrl: true,
    directiveIsRepeatable: true,
    schemaDescription: true,
    oneOf: true,
  },
]
/** As graphql-js before 16.10 and all of 15 ask. */
const OLDER = getIntrospectionQuery({ typeDepth: 7 }).replace(
  /(queryType|mutationType|subscriptionType) \{ name kind \}/g,
  '$1 { name }',
)

let installation: Installation
let signedIn: Ask

beforeAll(async () => {
  installation = await openInstallation()
  const account = await installation.openAccount()
  signedIn = (await account.user({ name: 'nobody' })).ask
})

describe('the queries of GraphiQL and code generators', () => {
  test.each([...OPTIONS.map((options) => getIntrospectionQuery(options)), OLDER])('are known (%#)', (query) => {
    const standard = standardQuery({ query })
    expect(standard).not.toBeNull()
    expect(standardQuery({ query: print(parse(query)).replace('IntrospectionQuery', 'Other') })).toBe(standard)
  })

  test('are answered to strangers, with the whole schema', async () => {
    const answer = await installation.anonymous(getIntrospectionQuery())
    expect(answer.status).toBe(200)
    const { data }: { data: IntrospectionQuery } = JSON.parse(answer.text)
    expect(buildClientSchema(data).getQueryType()?.getFields().users).toBeDefined()
  })

  test('are answered with the descriptions of all arguments and members of inputs, for GraphiQL to show', async () => {
    const { text } = await installation.anonymous(getIntrospectionQuery())
    const { data }: { data: IntrospectionQuery } = JSON.parse(text)
    const members = data.__schema.types.flatMap((type) => {
      if (type.name.startsWith('__')) return []
      if (type.kind === 'INPUT_OBJECT') return type.inputFields
      return type.kind === 'OBJECT' ? type.fields.flatMap(({ args }) => args) : []
    })
    expect(members.length).toBeGreaterThan(400)
    expect(members.filter(({ description }) => !description)).toEqual([])
  })

  test('are answered as any other query would be, by POST and by GET', async () => {
    const query = getIntrospectionQuery({ descriptions: false })
    // A field more makes it a query of one's own.
    const answer = await signedIn(query.replace('__schema {', '__typename __schema {'))
    const prepared = await installation.anonymous(query)
    expect(isDeepStrictEqual(prepared.data, { __schema: at(answer, '__schema') })).toBe(true)
    const got = await fetch(`${installation.url}/graphql?query=${encodeURIComponent(query)}`)
    expect(isDeepStrictEqual(await got.json(), { data: prepared.data })).toBe(true)
  })

  test('are answered compressed, and in the media type that was asked for', async () => {
    const answer = await fetch(`${installation.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
      body: JSON.stringify({ query: getIntrospectionQuery(), operationName: 'IntrospectionQuery' }),
    })
    expect(answer.headers.get('content-encoding')).toBe('gzip')
    expect(answer.headers.get('content-type')).toBe('application/graphql-response+json; charset=utf-8')
    expect(await answer.json()).toHaveProperty('data.__schema')
  })
})

describe('introspection of another shape', () => {
  test.each([
    ['a field more', getIntrospectionQuery().replace('types {', 'types { __typename')],
    ['an alias', getIntrospectionQuery().replace('types {', 'all: types {')],
    ['a directive', getIntrospectionQuery().replace('types {', 'types @include(if: true) {')],
    ['another operation name', getIntrospectionQuery({ typeDepth: 8 })],
    ['a type', '{ __type(name: "User") { name } }'],
    ['a fragment', '{ ...F } fragment F on Query { __schema { queryType { name } } }'],
  ])('with %s is not for strangers, and works for who is signed in', async (_what, query) => {
    const { codes, data, status } = await installation.anonymous(query)
    expect([status, codes, data]).toEqual([403, ['MissingAuthenticationToken'], null])
    expect((await signedIn(query)).errors).toEqual([])
  })

  test.each([
    [
      'deep',
      `{ __type(name: "User") { ${'ofType { '.repeat(17)} name ${'}'.repeat(17)} } }`,
      'Introspection depth limit of 16',
    ],
    [
      'wide',
      `{ __schema { types { ${Array.from({ length: 90 }, (_, i) => `a${i}: fields { type { fields { name } } }`).join(' ')} } } }`,
      'Introspection limit of 400000',
    ],
    [
      'nested',
      `{ __type(name: "User") { ${'fields { type { '.repeat(4)} name ${'} }'.repeat(4)} } }`,
      'Maximum introspection depth exceeded',
    ],
  ])('that is %s is refused to everybody', async (_what, query, message) => {
    for (const ask of [signedIn, installation.anonymous])
      expect((await ask(query)).errors.map((error) => error.message).join()).toContain(message)
  })

  test('leaves __typename to everybody', async () => {
    expect((await installation.anonymous('{ __typename }')).data).toEqual({ __typename: 'Query' })
  })
})

test('the schema is published as the file that is in the repository', async () => {
  const answer = await fetch(`${installation.url}/schema.graphql`)
  expect(answer.headers.get('cache-control')).toBe('public, max-age=300')
  const file = readFileSync(path.join(import.meta.dirname, '../../schema.graphql'), 'utf8')
  expect(await answer.text()).toBe(file)
  const again = await fetch(`${installation.url}/schema.graphql`, {
    headers: { 'if-none-match': answer.headers.get('etag') ?? '' },
  })
  expect(again.status).toBe(304)
})
