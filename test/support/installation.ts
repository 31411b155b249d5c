import { PassThrough } from 'node:stream'
import { type Application, createApplication } from '../../src/application.ts'
import type { FetchDocument } from '../../src/authn/web-identity/index.ts'
import { createBearerFetch, createSigningFetch, type SigningFetchOptions } from '../../src/client/index.ts'
import type { AuditEvent } from '../../src/generated/prisma/client.ts'
import type { ConsoleFiles } from '../../src/http/console.ts'
import { createHttpServer } from '../../src/http/http-server.ts'
import { createLog } from '../../src/http/log.ts'
import { loadMasterKey } from '../../src/store/master-key.ts'
import type { Tracing } from '../../src/tracing/index.ts'
import { freshDatabase, type TestDatabase } from './database.ts'
import { type SeededAccount, type SeedOptions, seedAccount, type TestUserOptions } from './seed-account.ts'
import { type TestClock, testClock, testRandom } from './services.ts'

/** What an error looks like on the wire. */
export interface WireError {
  readonly message: string
  readonly path?: readonly (string | number)[]
  readonly extensions: {
    readonly code: string
    readonly requestId: string
    readonly authz?: {
      readonly decisionId: string
      readonly principal: string
      readonly action: string
      readonly resource: string
      readonly effect: string
      readonly reason: string
      readonly mfaRequired: boolean
      readonly passwordChangeRequired?: boolean
    }
  }
}

export interface Answer {
  readonly status: number
  readonly text: string
  readonly data: unknown
  readonly errors: readonly WireError[]
  /** Codes of the errors, in order. */
  readonly codes: readonly string[]
  readonly requestId: string
}

export type Ask = (query: string, variables?: Readonly<Record<string, unknown>>) => Promise<Answer>

export type Installation = Awaited<ReturnType<typeof openInstallation>>
export type Account = Awaited<ReturnType<Installation['openAccount']>>
export type TestCaller = Awaited<ReturnType<Account['user']>>

export const PUBLIC_URL = 'http://127.0.0.1:4000'
const MASTER_KEY = '0f'.repeat(32)
let installations = 0
let accounts = 0

export interface InstallationOptions {
  /** An installation beside another one, on the same database and with the same clock. */
  readonly beside?: { readonly database: TestDatabase; readonly clock: TestClock }
  readonly clock?: TestClock
  /** How documents of identity providers are read. */
  readonly fetchDocument?: FetchDocument
  /** Milliseconds by which budgets fill up again; by default those of the real clock. */
  readonly monotonic?: () => number
  /** Access keys that a caller may create or activate in a minute. */
  readonly keyChangesPerMinute?: number
  /** False has Prisma answer every read. */
  readonly preparedReads?: boolean
  /** Where requests are traced to. */
  readonly tracing?: Tracing
  /** Level of the captured log. */
  readonly logLevel?: string
  readonly console?: ConsoleFiles
  /** By default other bytes than those of any installation before. */
  readonly random?: (bytes: number) => Buffer
}

/** The whole server on an empty database, listening on a free port until the test, or all tests of a `beforeAll`, are over. */
export async function openInstallation({
  beside,
  clock = beside?.clock ?? testClock(),
  logLevel = 'silent',
  fetchDocument,
  monotonic,
  keyChangesPerMinute,
  preparedReads,
  tracing,
  console,
  random = testRandom(`installation ${++installations}`),
}: InstallationOptions = {}) {
  const database = beside?.database ?? (await freshDatabase())
  const lines: string[] = []
  const sink = new PassThrough()
  sink.on('data', (chunk: Buffer) => lines.push(chunk.toString()))
  const masterKey = loadMasterKey({ fromEnvironment: MASTER_KEY, dataDir: 'unused' })
  const application = await createApplication({
    database,
    masterKey,
    clock,
    random,
    log: createLog(logLevel, sink),
    publicUrl: PUBLIC_URL,
    allowedOrigins: [],
    trustProxy: { kind: 'none' },
    ...(tracing && { tracing }),
    ...(console && { console }),
    ...(fetchDocument && { fetchDocument }),
    ...(monotonic && { monotonic }),
    ...(keyChangesPerMinute !== undefined && { keyChangesPerMinute }),
    ...(preparedReads !== undefined && { preparedReads }),
  })
  const { url, stop } = await listen(application)
  const { services, readQueue, tally } = application
  const written = async () => {
    await readQueue.flush()
    await tally.writeNotes()
  }

  const installation = {
    url,
    database,
    application,
    masterKey,
    services,
    clock,
    db: database.db,
    pool: database.pool,
    logged: () => lines.join(''),
    stop,

    /** Asks as whoever `send` makes the caller. */
    asks:
      (send: typeof fetch = fetch, headers: Readonly<Record<string, string>> = {}): Ask =>
      (query, variables = {}) =>
        post(url, send, headers, query, variables),
    anonymous: (query: string, variables?: Readonly<Record<string, unknown>>) => post(url, fetch, {}, query, variables),
    signs: (credentials: Pick<SigningFetchOptions, 'accessKeyId' | 'secretAccessKey' | 'sessionToken'>): Ask =>
      installation.asks(createSigningFetch({ ...credentials, now: clock })),
    bears: (accessToken: string): Ask => installation.asks(createBearerFetch({ accessToken })),

    /** Another account, apart from all others: tests of one installation do not meet. */
    async openAccount(options: SeedOptions = {}) {
      const accountId = options.accountId ?? String(200_000_000_000 + ++accounts)
      const seeded = await seedAccount(services, { accountId, ...options })
      return inhabit({ services, signs: installation.signs, written }, seeded)
    },
  }
  return installation
}

interface Inhabitable {
  readonly services: Application['services']
  readonly signs: (credentials: Pick<SigningFetchOptions, 'accessKeyId' | 'secretAccessKey' | 'sessionToken'>) => Ask
  /** Resolves when what was read so far is in the trail. */
  written(): Promise<void>
}

async function inhabit(installation: Inhabitable, seeded: SeededAccount) {
  const { accountId, root } = seeded
  const { db } = installation.services
  const rootKey = await seeded.createTestAccessKey(root.id)
  return {
    ...seeded,
    rootKey,
    arn: (resource: string) => `arn:aws:iam::${accountId}:${resource}`,
    rootUser: root,
    /** Asks as root, with root's key. */
    root: installation.signs(keyOf(rootKey)),
    /** A user with a key and these permissions; `ask` signs with the key. */
    async user({ allow = [], ...options }: TestCallerOptions) {
      const policies = { ...(allow.length > 0 && { allowed: policyOf(allow) }), ...options.policies }
      const user = await seeded.createTestUser({ ...options, policies })
      const [key] = user.accessKeys
      return { ...user, ask: key ? installation.signs(keyOf(key)) : nobody }
    },
    /** The audit trail, oldest first. */
    async trail(): Promise<AuditEvent[]> {
      await installation.written()
      return await db.auditEvent.findMany({ where: { accountId }, orderBy: [{ at: 'asc' }, { id: 'asc' }] })
    },
  }
}

export interface TestCallerOptions extends TestUserOptions {
  readonly allow?: readonly Grant[]
}

/** Actions that are allowed on resources, when the conditions hold. */
export interface Grant {
  readonly effect?: 'Allow' | 'Deny'
  readonly action: string | readonly string[]
  readonly on?: string | readonly string[]
  readonly when?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>
}

/** A policy document that grants this and nothing else. */
export function policyOf(grants: readonly Grant[]): object {
  return {
    Version: '2012-10-17',
    Statement: grants.map(({ effect = 'Allow', action, on = '*', when }) => ({
      Effect: effect,
      Action: action,
      Resource: on,
      ...(when && { Condition: when }),
    })),
  }
}

export function keyOf({ id, secretAccessKey }: { readonly id: string; readonly secretAccessKey: string }) {
  return { accessKeyId: id, secretAccessKey }
}

/** What stands at a path of an answer's data, `createAccessKey.accessKey`; undefined when something on the way is null. */
export function at(answer: Answer, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (isObject(value) ? Reflect.get(value, key) : undefined), answer.data)
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** The text at a path of an answer's data. */
export function textAt(answer: Answer, path: string): string {
  const value = at(answer, path)
  if (typeof value !== 'string') throw new Error(`There is no text at ${path}: ${answer.text}`)
  return value
}

function nobody(): Promise<Answer> {
  throw new Error('This user has no key to sign with.')
}

async function post(
  url: string,
  send: typeof fetch,
  headers: Readonly<Record<string, string>>,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<Answer> {
  const response = await send(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': 'tests', ...headers },
    body: JSON.stringify({ query, variables }),
  })
  const text = await response.text()
  const { data = null, errors = [] }: { data?: unknown; errors?: WireError[] } = JSON.parse(text)
  return {
    status: response.status,
    text,
    data,
    errors,
    codes: errors.map(({ extensions }) => extensions.code),
    requestId: response.headers.get('x-request-id') ?? '',
  }
}

async function listen(application: Application): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = createHttpServer(application.handler, { trustProxy: { kind: 'none' }, log: createLog('silent') })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const bound = server.address()
  if (bound === null || typeof bound === 'string') throw new Error('no port was bound')
  const stop = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await application.close()
  }
  return { url: `http://127.0.0.1:${bound.port}`, stop }
}
