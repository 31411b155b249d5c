import type { RequestListener, Server } from 'node:http'
import { PassThrough } from 'node:stream'
import { buildSchema, GraphQLError, GraphQLSchema } from 'graphql'
import { onTestFinished } from 'vitest'
import { type Authenticator, createAuthenticator } from '../../src/authn/authenticate.ts'
import { missingAuthenticationToken } from '../../src/authn/authentication-error.ts'
import { type AccessTokenClaims, createKeyring, createSigningKey, signAccessToken } from '../../src/authn/jwt/index.ts'
import type { SignedRequest } from '../../src/authn/sigv4/index.ts'
import type { GraphQLContext } from '../../src/graphql/context.ts'
import { createHttpServer } from '../../src/http/http-server.ts'
import { createLog } from '../../src/http/log.ts'
import { createMetrics } from '../../src/http/metrics.ts'
import { type AppParts, createApp } from '../../src/http/server.ts'
import { IamError } from '../../src/iam/errors.ts'

type Context = Pick<GraphQLContext, 'cookies'> & { readonly arn: string | null }
type Resolve = (args: Record<string, string>, context: Context) => unknown

/** What a test sees: the server's address, and every line that it logged. */
export interface Served {
  readonly url: string
  readonly logged: () => string
}

const ISSUER = 'http://127.0.0.1:4000'
const SIGNING_KEY = await createSigningKey(new Date())
const TOKEN_SEALS = { currentKeyId: 'test', keys: new Map([['test', new Uint8Array(32).fill(1)]]) }
const NOW = Math.floor(Date.now() / 1000)

const ALICE: AccessTokenClaims = {
  iss: ISSUER,
  aud: ISSUER,
  sub: 'AIDAQEAQCAIBAEAQCAIBA',
  jti: 'session',
  iat: NOW,
  exp: NOW + 3600,
  account: '123456789012',
  kind: 'user',
  credential: 'PASSWORD',
}

/** A bearer token of the user alice that is good for an hour. */
export const ALICE_TOKEN = signAccessToken(SIGNING_KEY, ALICE, TOKEN_SEALS)

/** The real authenticator over a store that has one user with one session. */
const authenticator = createAuthenticator({
  credentials: {
    findAccessKey: async () => null,
    findRoleSession: async () => null,
    findSession: async ({ accountId, userId, sessionId }) => ({
      accountId,
      userId,
      userName: 'alice',
      path: '/',
      root: false,
      epoch: 0n,
      row: {
        kind: 'PASSWORD',
        issuedAt: new Date(NOW * 1000),
        expiresAt: new Date((NOW + 3600) * 1000),
        mfaAuthenticatedAt: null,
        accessKeyId: null,
        revoked: sessionId !== 'session',
      },
      sessionsValidFrom: null,
      passwordResetRequired: false,
      passwordExpiresAt: null,
      issuingKeyActive: null,
      tokenKeyStands: true,
    }),
  },
  keyring: () => createKeyring([SIGNING_KEY]),
  tokenSeals: TOKEN_SEALS,
  sessionKeyring: { currentKeyId: 'test', keys: new Map([['test', new Uint8Array(32)]]) },
  clock: () => new Date(),
  issuer: ISSUER,
  audience: ISSUER,
  publicOrigin: ISSUER,
})

/** An authenticator that does what a test says. */
export function answering(authenticate: Authenticator['authenticate']): Authenticator {
  const authenticateSignature = async (request: SignedRequest) => {
    const principal = await authenticate(request)
    if (principal === null) throw missingAuthenticationToken()
    return principal
  }
  return {
    authenticate,
    authenticateSignature,
    authenticateCookie: async () => null,
    authenticateShown: () => Promise.reject(missingAuthenticationToken()),
    authenticateToken: () => Promise.reject(missingAuthenticationToken()),
    reauthenticate: async (principal) => principal,
  }
}

const unused = () => Promise.reject(new Error('Nobody signs browsers in here.'))

interface ServeParts extends Partial<AppParts> {
  readonly metricsToken?: string
}

/** Listens on a free port until the test is over. */
export async function serve({ metricsToken, ...parts }: ServeParts = {}): Promise<Served> {
  const written: string[] = []
  const destination = new PassThrough().on('data', (chunk: Buffer) => void written.push(chunk.toString()))
  const app = createApp({
    schema: SCHEMA,
    authenticator,
    openContext: ({ principal, cookies }) => ({ context: { cookies, arn: principal?.arn ?? null } }),
    renewBrowser: async () => null,
    ready: async () => {},
    jwks: () => ({ keys: [] }),
    findIssuer: async () => null,
    federation: { getSigninToken: unused, signIn: unused, signInWithSaml: unused },
    log: createLog('info', destination),
    publicUrl: ISSUER,
    allowedOrigins: ['https://portal.example.com'],
    trustProxy: { kind: 'none' },
    hstsSubdomains: false,
    metrics: createMetrics({ token: metricsToken ?? null }),
    ...parts,
  })
  return { ...(await listenOn(app)), logged: () => written.join('') }
}

/** The same for any handler. */
export async function listenOn(app: RequestListener): Promise<Pick<Served, 'url'>> {
  const server = createHttpServer(app, { trustProxy: { kind: 'none' }, log: createLog('silent') })
  return { url: `http://127.0.0.1:${await portOf(server)}` }
}

/** Lets a server listen on this machine until the test ends; the port that it got. */
export async function portOf(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const bound = server.address()
  if (bound === null || typeof bound === 'string') throw new Error('no port was bound')
  return bound.port
}

export function post({ url }: Served, query: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  })
}

export interface Answer {
  readonly data?: Record<string, unknown> | null
  readonly errors?: readonly { message: string; path?: string[]; extensions: Record<string, unknown> }[]
}

export async function json(response: Response): Promise<Answer> {
  const answer: Answer = await response.json()
  return answer
}

/** A schema of our own: the chain must hold whatever the fields are. */
const SCHEMA: GraphQLSchema = buildSchema(`
  type Query { whoAmI: String  echo(text: String!): String  self: Query  denied: String  throttled: String  busy: String  broken: String  missing: String! }
  type Mutation { signIn: String  signOut: String  change: String }
`)

const RESOLVERS: Record<string, Record<string, Resolve>> = {
  Query: {
    whoAmI: (_args, { arn }) => arn,
    echo: ({ text }) => text,
    self: () => ({}),
    denied: () => {
      throw new IamError('AccessDenied', 'alice may not.', { authz: { decisionId: 'd-1', code: 'never wins' } })
    },
    throttled: () => {
      throw new IamError('Throttling', 'Rate exceeded', { retryAfterSeconds: 7 })
    },
    busy: () => {
      throw new IamError('ServiceUnavailable', 'Too busy.', { retryAfterSeconds: 2 })
    },
    broken: () => {
      throw new Error('the password is hunter2', { cause: new GraphQLError('inner secret') })
    },
    missing: () => null,
  },
  Mutation: {
    signIn: (_args, { cookies }) => cookies.setSession('token', new Date('2031-01-01T00:00:00Z')),
    signOut: (_args, { cookies }) => cookies.clearSession(),
    change: () => 'changed',
  },
}

for (const [type, fields] of Object.entries(RESOLVERS)) {
  for (const [name, resolve] of Object.entries(fields)) {
    const field = SCHEMA.getType(type)
    if (field && 'getFields' in field) {
      const target = field.getFields()[name]
      if (target && 'args' in target) target.resolve = (_parent, args, context) => resolve(args, context)
    }
  }
}
