import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createOtelTracing } from '../../src/tracing/otel.ts'
import type { Tracing } from '../../src/tracing/index.ts'
import { type Account, type Installation, keyOf, openInstallation } from '../support/installation.ts'

const SPAN = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  traceState: z.string().optional(),
  name: z.string(),
  attributes: z.array(z.object({ key: z.string(), value: z.record(z.string(), z.unknown()) })),
})
const EXPORT = z.object({
  resourceSpans: z.array(z.object({ scopeSpans: z.array(z.object({ spans: z.array(SPAN) })) })),
})

/** A receiver of OTLP over HTTP. */
const bodies: string[] = []
const receiver = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk) => (body += String(chunk)))
  request.on('end', () => {
    bodies.push(body)
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  })
})

let installation: Installation
let account: Account
let tracing: Tracing

beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  const bound = receiver.address()
  const port = bound !== null && typeof bound === 'object' ? bound.port : 0
  tracing = createOtelTracing({ version: '1', log: { warn: () => {} }, url: `http://127.0.0.1:${port}/v1/traces` })
  installation = await openInstallation({ tracing })
  account = await installation.openAccount()
})

afterAll(async () => {
  await installation.stop()
  receiver.close()
})

const ask = (traceparent: string) =>
  fetch(`${installation.url}/healthz`, { headers: { traceparent, tracestate: 'vendor=value' } })

const attribute = (span: z.infer<typeof SPAN> | undefined, key: string) =>
  span?.attributes.find((one) => one.key === key)?.value.stringValue

test('a trace goes from the request to its statements, on with the caller’s, and holds no secret; what waits is sent at the end', async () => {
  const { secretAccessKey } = keyOf(account.rootKey)
  const policy =
    '{"Version":"2012-10-17","Statement":{"Sid":"TextOfThePolicy","Effect":"Allow","Action":"iam:GetUser","Resource":"*"}}'
  const made = await account.root(
    `mutation { createUser(input: { userName: "seen" }) { user { arn } } putUserPolicy(input: { userName: "seen", policyName: "p", policyDocument: ${JSON.stringify(policy)} }) { policyName } }`,
  )
  expect(made.codes).toEqual([])
  const refused = await account.root('{ user(name: "nobody-of-this-name") { arn } }')
  const trace = 'ab'.repeat(16)
  await ask(`00-${trace}-${'cd'.repeat(8)}-01`)
  await ask(`00-${'0'.repeat(32)}-${'cd'.repeat(8)}-01`)
  await tracing.close()

  const sent = bodies.join('\n')
  for (const secret of [secretAccessKey, 'TextOfThePolicy', 'Signature=', 'nobody-of-this-name'])
    expect(sent).not.toContain(secret)
  const spans = bodies.flatMap((body) =>
    EXPORT.parse(JSON.parse(body)).resourceSpans.flatMap(({ scopeSpans }) =>
      scopeSpans.flatMap((scope) => scope.spans),
    ),
  )
  const root = spans.find((span) => attribute(span, 'latchkey.request_id') === made.requestId)
  const mine = spans.filter(({ traceId }) => traceId === root?.traceId)
  const child = (name: string) => mine.find((span) => span.name === name)
  expect(root?.name).toBe('POST /graphql')
  expect(child('authentication')?.parentSpanId).toBe(root?.spanId)
  const operation = child('mutation createUser,putUserPolicy')
  expect(operation?.parentSpanId).toBe(root?.spanId)
  expect(child('decision')?.parentSpanId).toBe(operation?.spanId)
  expect(attribute(child('decision'), 'latchkey.action')).toBe('iam:CreateUser')
  expect(child('find_access_key')?.parentSpanId).toBe(child('authentication')?.spanId)
  expect(mine.map(({ name }) => name)).toEqual(expect.arrayContaining(['BEGIN', 'UPDATE account', 'COMMIT']))
  const failed = spans.find((span) => attribute(span, 'latchkey.request_id') === refused.requestId)
  expect(failed).toBeDefined()

  const health = spans.filter(({ name }) => name === 'GET /healthz')
  expect(health).toMatchObject([
    { traceId: trace, parentSpanId: 'cd'.repeat(8), traceState: 'vendor=value' },
    { traceId: expect.not.stringMatching(/^0+$/) },
  ])
  expect(health[1]?.parentSpanId ?? '').toBe('')
})

describe('a receiver that is away', () => {
  test('fails no request, and is told of in one line', async () => {
    const lines: string[] = []
    const log = { warn: (_details: object, message: string) => void lines.push(message) }
    const away = createOtelTracing({ version: '1', log, url: 'http://127.0.0.1:9/v1/traces' })
    const head = { method: 'GET', route: '/', requestId: 'x', clientAddress: null }
    for (let n = 0; n < 5_000; n++)
      away.request({ ...head, traceparent: undefined, tracestate: undefined }).close({}, false)
    await away.close()
    expect(lines).toEqual(['traces cannot be sent'])
  }, 30_000)
})
