import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { createSigningFetch } from '../../src/client/index.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'
import { buildServer, startServer } from './server-process.ts'

const TIMEOUT = 120_000
const PASSWORD = 'a password of the tests'
const MASTER_KEY = '0f'.repeat(32)
const TRACE = 'ab'.repeat(16)
const PARENT = 'cd'.repeat(8)

const SPAN = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().default(''),
  name: z.string(),
})
type Span = z.infer<typeof SPAN>
const EXPORT = z.object({
  resourceSpans: z.array(z.object({ scopeSpans: z.array(z.object({ spans: z.array(SPAN) })) })),
})

beforeAll(buildServer, TIMEOUT)

/** A receiver of OTLP over HTTP: what it was sent, each with its headers. */
async function receiver() {
  const bodies: string[] = []
  const heads: string[] = []
  const server = createServer((request, response) => {
    let body = ''
    heads.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`)
    request.on('data', (chunk) => (body += String(chunk)))
    request.on('end', () => {
      bodies.push(body)
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => void server.close())
  const bound = server.address()
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0
  const spans = () =>
    bodies.flatMap((body) =>
      EXPORT.parse(JSON.parse(body)).resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((one) => one.spans)),
    )
  return { url: `http://127.0.0.1:${port}`, bodies, heads, spans }
}

async function start(env: Readonly<Record<string, string>>) {
  const server = await startServer({
    LATCHKEY_DATA_DIR: temporaryDirectory(),
    LATCHKEY_MASTER_KEY: MASTER_KEY,
    LATCHKEY_ROOT_EMAIL: 'root@example.com',
    LATCHKEY_ROOT_PASSWORD: PASSWORD,
    LOG_LEVEL: 'warn',
    ...env,
  })
  onTestFinished(async () => void (await server.end('SIGKILL')))
  const ask = async (query: string, { headers = {}, send = fetch }: AskOptions = {}): Promise<string> => {
    const response = await send(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query }),
    })
    const text = await response.text()
    expect(text).not.toContain('"errors"')
    return text
  }
  return { ...server, ask }
}

interface AskOptions {
  readonly headers?: Readonly<Record<string, string>>
  readonly send?: typeof fetch
}

const member = (text: string, name: string) => new RegExp(`"${name}":"([^"]+)"`).exec(text)?.[1] ?? ''
const SIGN_IN = `mutation { signIn(input: { rootEmail: "root@example.com", password: "${PASSWORD}" }) { accessToken } }`

/** Node writes the address of every module of OpenTelemetry that is loaded to standard error. */
function tellingOfModules(): string {
  const folder = temporaryDirectory()
  const hooks = path.join(folder, 'hooks.mjs')
  writeFileSync(
    hooks,
    `import { writeSync } from 'node:fs'
     export async function load(url, context, next) {
       if (url.includes('@opentelemetry')) writeSync(2, url + '\\n')
       return await next(url, context)
     }`,
  )
  const first = path.join(folder, 'first.mjs')
  writeFileSync(
    first,
    `import { register } from 'node:module'\nregister(${JSON.stringify(pathToFileURL(hooks).href)})\n`,
  )
  return `--import=${pathToFileURL(first).href}`
}

test(
  'a server with a receiver sends every span of its requests, to the last one before a stop, and nothing that is secret',
  async () => {
    const { url, bodies, heads, spans } = await receiver()
    const server = await start({
      OTEL_EXPORTER_OTLP_ENDPOINT: url,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
      NODE_OPTIONS: tellingOfModules(),
    })
    const accessToken = member(await server.ask(SIGN_IN), 'accessToken')
    const authorization = `Bearer ${accessToken}`
    const made = await server.ask(
      `mutation { createUser(input: { userName: "bot" }) { user { arn } } createAccessKey(input: { userName: "bot" }) { accessKey { accessKeyId } secretAccessKey }
        createVirtualMfaDevice(input: { virtualMfaDeviceName: "phone" }) { base32StringSeed } }`,
      { headers: { authorization } },
    )
    const policy =
      '{"Version":"2012-10-17","Statement":{"Sid":"TextOfThePolicy","Effect":"Allow","Action":"iam:GetUser","Resource":"*"}}'
    await server.ask(
      `mutation { putUserPolicy(input: { userName: "bot", policyName: "p", policyDocument: ${JSON.stringify(policy)} }) { policyName } }`,
      { headers: { authorization } },
    )
    const key = { accessKeyId: member(made, 'accessKeyId'), secretAccessKey: member(made, 'secretAccessKey') }
    const session = await server.ask('mutation { getSessionToken(input: {}) { secretAccessKey sessionToken } }', {
      send: createSigningFetch(key),
    })
    await server.ask('{ user(name: "bot") { arn } }', {
      send: createSigningFetch(key),
      headers: { traceparent: `00-${TRACE}-${PARENT}-01` },
    })
    expect(await server.end('SIGTERM')).toBe(0)

    const mine = spans().filter(({ traceId }) => traceId === TRACE)
    const named = (name: string) => mine.find((span) => span.name === name)
    const children = ({ spanId }: Span) => mine.filter(({ parentSpanId }) => parentSpanId === spanId)
    const request = named('POST /graphql')
    const operation = named('query user')
    const authentication = named('authentication')
    const decision = named('decision')
    expect(request?.parentSpanId).toBe(PARENT)
    expect([authentication?.parentSpanId, operation?.parentSpanId]).toEqual([request?.spanId, request?.spanId])
    expect(decision?.parentSpanId).toBe(operation?.spanId)
    expect(authentication && children(authentication).map(({ name }) => name)).toContain('find_access_key')
    const ids = new Set(mine.map(({ spanId }) => spanId))
    expect(mine.filter(({ parentSpanId }) => parentSpanId !== PARENT && !ids.has(parentSpanId))).toEqual([])
    const statements = mine.filter((span) => span !== decision && operation && span.parentSpanId === operation.spanId)
    expect(statements.length).toBeGreaterThan(0)
    expect(spans().map(({ name }) => name)).toEqual(
      expect.arrayContaining(['mutation signIn', 'mutation putUserPolicy', 'mutation getSessionToken', 'COMMIT']),
    )

    const secrets = {
      password: PASSWORD,
      accessToken,
      secretAccessKey: key.secretAccessKey,
      seed: member(made, 'base32StringSeed'),
      temporarySecret: member(session, 'secretAccessKey'),
      sessionToken: member(session, 'sessionToken'),
      masterKey: MASTER_KEY,
      masterKeyInBase64: Buffer.from(MASTER_KEY, 'hex').toString('base64').slice(0, 40),
      policy: 'TextOfThePolicy',
      signature: 'Signature=',
    }
    expect(Object.entries(secrets).filter(([, secret]) => secret.length < 8)).toEqual([])
    const sent = [...heads, ...bodies].join('\n')
    expect(Object.entries(secrets).filter(([, secret]) => sent.includes(secret))).toEqual([])
    expect(heads.every((head) => head.startsWith('POST /v1/traces '))).toBe(true)

    const warnings = server.output().match(/.*traces are sent as http\/json.*/g)
    expect(warnings).toEqual([expect.stringContaining('"protocol":"grpc"')])
    expect(server.errors()).toContain('@opentelemetry/sdk-trace-base')
  },
  TIMEOUT,
)

test(
  'a server without a receiver loads none of its packages',
  async () => {
    const server = await start({
      NODE_OPTIONS: tellingOfModules(),
      OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
      OTEL_SERVICE_NAME: 'iam',
    })
    await server.ask(SIGN_IN)
    expect(await server.end('SIGTERM')).toBe(0)
    expect([server.errors(), server.output()]).toEqual(['', expect.not.stringContaining('traces')])
  },
  TIMEOUT,
)

test(
  'a receiver that takes connections and never answers slows no request and fills no log',
  async () => {
    const silent = createServer(() => {})
    await once(silent.listen(0, '127.0.0.1'), 'listening')
    onTestFinished(() => {
      silent.closeAllConnections()
      silent.close()
    })
    const bound = silent.address()
    const port = typeof bound === 'object' && bound !== null ? bound.port : 0
    const server = await start({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` })
    const authorization = `Bearer ${member(await server.ask(SIGN_IN), 'accessToken')}`
    let longest = 0
    for (let n = 0; n < 50; n++) {
      const began = performance.now()
      await server.ask('{ viewer { arn } }', { headers: { authorization } })
      longest = Math.max(longest, performance.now() - began)
    }
    // Who waited for the receiver would wait for its time-out, five seconds.
    expect(longest).toBeLessThan(4_000)
    expect(await server.end('SIGTERM')).toBe(0)
    expect(server.output().match(/traces cannot be sent/g)?.length ?? 0).toBeLessThanOrEqual(1)
    expect(server.errors()).toBe('')
  },
  TIMEOUT,
)
