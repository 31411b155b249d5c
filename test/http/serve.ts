import { createServer } from 'node:http'
import { PassThrough } from 'node:stream'
import { buildSchema, GraphQLError, GraphQLSchema } from 'graphql'
import { onTestFinished } from 'vitest'
import { expiredToken } from '../../src/authn/authentication-error.ts'
import type { Principal } from '../../src/authn/principal.ts'
import type { GraphQLContext } from '../../src/graphql/context.ts'
import { createLog } from '../../src/http/log.ts'
import { type AppParts, createApp } from '../../src/http/server.ts'
import { IamError } from '../../src/iam/errors.ts'

type Context = Pick<GraphQLContext, 'cookies'> & { readonly arn: string | null }
type Resolve = (args: Record<string, string>, context: Context) => unknown

/** What a test sees: the server's address, and every line that it logged. */
export interface Served {
  readonly url: string
  readonly logged: () => string
}

export const ALICE: Principal = {
  kind: 'user',
  accountId: '123456789012',
  id: 'AIDAQEAQCAIBAEAQCAIBA',
  name: 'alice',
  path: '/',
  arn: 'arn:aws:iam::123456789012:user/alice',
  credential: 'PASSWORD',
  accessKeyId: null,
  sessionId: 'session',
  issuedAt: null,
  expiresAt: null,
  mfaAuthenticatedAt: null,
  sourceIdentity: null,
  passwordResetPending: false,
  signedFor: null,
  epoch: 0n,
}

/** Listens on a free port until the test is over. `token alice` is good, every other bearer token has expired. */
export async function serve(parts: Partial<AppParts> = {}): Promise<Served> {
  const written: string[] = []
  const destination = new PassThrough().on('data', (chunk: Buffer) => void written.push(chunk.toString()))
  const app = createApp({
    schema: SCHEMA,
    authenticate: async ({ rawHeaders }) => {
      const at = rawHeaders.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === 'authorization')
      if (at === -1) return null
      if (rawHeaders[at + 1] === 'Bearer alice') return ALICE
      throw expiredToken()
    },
    openContext: ({ principal, cookies }) => ({ cookies, arn: principal?.arn ?? null }),
    ready: async () => {},
    jwks: () => ({ keys: [] }),
    log: createLog('info', destination),
    publicUrl: 'http://127.0.0.1:4000',
    allowedOrigins: ['https://portal.example.com'],
    trustProxy: { kind: 'none' },
    ...parts,
  })
  const server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const bound = server.address()
  if (bound === null || typeof bound === 'string') throw new Error('no port was bound')
  return { url: `http://127.0.0.1:${bound.port}`, logged: () => written.join('') }
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
  type Query { whoAmI: String  echo(text: String!): String  self: Query  denied: String  broken: String  missing: String! }
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
    broken: () => {
      throw new Error('the password is hunter2', { cause: new GraphQLError('inner secret') })
    },
    missing: () => null,
  },
  Mutation: {
    signIn: (_args, { cookies }) => cookies.setSession('alice', new Date('2031-01-01T00:00:00Z')),
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
