import * as fc from 'fast-check'
import { SERVICES } from '../support/aws-services.ts'
import { HOSTILE_QUESTIONS, type Question } from './hostile-documents.ts'

/** One request to one of the doors. */
export interface HostileRequest {
  readonly door: 'GraphQL' | 'GraphQL by GET' | 'subscription' | 'AWS protocol' | 'pages'
  readonly path: string
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly service?: 'iam' | 'sts'
}

const JSON_TYPE = { 'content-type': 'application/json' }
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' }

const graphql = HOSTILE_QUESTIONS.map<HostileRequest>((question) => ({
  door: 'GraphQL',
  path: '/graphql',
  method: 'POST',
  headers: JSON_TYPE,
  body: JSON.stringify(question),
}))

const subscription = HOSTILE_QUESTIONS.map<HostileRequest>((question) => ({
  door: 'subscription',
  path: '/graphql',
  method: 'POST',
  headers: { ...JSON_TYPE, accept: 'text/event-stream' },
  body: JSON.stringify(question),
}))

const byGet = HOSTILE_QUESTIONS.map<HostileRequest>(({ query, variables = {} }: Question) => ({
  door: 'GraphQL by GET',
  path: `/graphql?${new URLSearchParams({ query, variables: JSON.stringify(variables) }).toString()}`.slice(0, 12_000),
  method: 'GET',
  headers: { accept: 'application/json' },
}))

const notJson = fc
  .tuple(
    fc.constantFrom('[', '{"a":', '"', '[[', '{"query":"{viewer{arn}}","variables":'),
    fc.constantFrom(1, 1_000, 100_000),
  )
  .map<HostileRequest>(([piece, times]) => ({
    door: 'GraphQL',
    path: '/graphql',
    method: 'POST',
    headers: JSON_TYPE,
    body: piece.repeat(times),
  }))

const ACTIONS = SERVICES.flatMap(({ name, version, operations }) =>
  operations.map((operation) => ({
    service: name === 'sts' ? ('sts' as const) : ('iam' as const),
    version,
    action: operation.name,
    parameters: Object.keys(operation.parameters ?? {}),
  })),
)

const VALUES = fc.oneof(
  fc.constantFrom(1, 100, 3_000, 130_000, 1_000_000).map((length) => 'v'.repeat(length)),
  fc
    .constantFrom(100, 130_000)
    .map(
      (length) =>
        `{"Version":"2012-10-17","Statement":[${'{"Effect":"Allow","Action":"*","Resource":"*"},'.repeat(length / 46)}`,
    ),
  fc.string({ unit: 'binary', maxLength: 100 }),
)

const awsProtocol = fc
  .record({
    operation: fc.constantFrom(...ACTIONS),
    chosen: fc.array(
      fc.tuple(fc.nat(20), fc.constantFrom('', '.member.1', '.member.999', '.member.1.Key', '.entry.1.key'), VALUES),
      {
        maxLength: 6,
      },
    ),
    members: fc.constantFrom(0, 0, 0, 500, 20_000),
  })
  .map<HostileRequest>(({ operation: { service, version, action, parameters }, chosen, members }) => {
    const form = new URLSearchParams({ Action: action, Version: version })
    for (const [at, suffix, value] of chosen)
      form.append(`${parameters[at % Math.max(1, parameters.length)] ?? 'X'}${suffix}`, value)
    for (let n = 1; n <= members; n++) form.append(`ActionNames.member.${n}`, 'iam:GetUser')
    return { door: 'AWS protocol', path: '/', method: 'POST', headers: FORM_TYPE, body: form.toString(), service }
  })

const big = fc.constantFrom(100_000, 1_000_000, 9_000_000).map<HostileRequest>((length) => ({
  door: 'AWS protocol',
  path: '/',
  method: 'POST',
  headers: FORM_TYPE,
  body: `Action=ListUsers&Version=2010-05-08&X=${'x'.repeat(length)}`,
}))

const pages = fc
  .record({
    path: fc.constantFrom(
      '/',
      '/graphql',
      '/users',
      '/assets/nothing.js',
      '/metrics',
      '/readyz',
      '/.well-known/jwks.json',
      '/%00',
      '//',
      '/..%2f',
    ),
    accept: fc.constantFrom('text/html', 'application/json', '*/*'),
    cookie: fc.constantFrom('', 'a=b', `latchkey-session=${'x'.repeat(4_000)}`),
  })
  .map<HostileRequest>(({ path, accept, cookie }) => ({
    door: 'pages',
    path,
    method: 'GET',
    headers: { accept, ...(cookie !== '' && { cookie }) },
  }))

export const HOSTILE_REQUESTS: fc.Arbitrary<HostileRequest> = fc.oneof(
  { weight: 8, arbitrary: graphql },
  { weight: 2, arbitrary: subscription },
  { weight: 2, arbitrary: byGet },
  { weight: 1, arbitrary: notJson },
  { weight: 6, arbitrary: awsProtocol },
  { weight: 1, arbitrary: big },
  { weight: 2, arbitrary: pages },
)
