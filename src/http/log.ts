import { type DestinationStream, type Logger, pino } from 'pino'
import type { Exchange } from './exchange.ts'

export type Log = Logger

/** Should somebody log a request, a header list or an input after all: what these are called is never written. */
const NEVER_LOGGED = [
  'authorization',
  'cookie',
  'password',
  'newPassword',
  'oldPassword',
  'secretAccessKey',
  'sessionToken',
  'accessToken',
  'webIdentityToken',
  'masterKey',
  'databaseUrl',
].flatMap((key) => [key, `*.${key}`, `*.*.${key}`])

/** JSON lines on standard output, or to `destination`. */
export function createLog(level: string, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    redact: { paths: [...NEVER_LOGGED, '*["set-cookie"]', '*.*["set-cookie"]'], censor: '[redacted]' },
    serializers: { err: describeError },
  }
  return destination ? pino(options, destination) : pino(options)
}

/**
 * Writes one line per request: no query string, header or body, because each of them may carry a credential. What it writes
 * are a few named texts, so it goes without the search for secrets, which takes thirty times as long as the line itself.
 */
export function requestLog(log: Log): (exchange: Exchange, ms: number) => void {
  const plain = log.child({}, { redact: [] })
  return ({ id, request, response, path, principal, operation }, ms) => {
    const { method } = request
    const line = { requestId: id, method, path, status: response.statusCode, ms: Math.round(ms * 10) / 10 }
    plain.info({ ...line, operation: operation ?? undefined, principal: principal?.arn }, 'request')
  }
}

interface ErrorDescription {
  readonly type: string
  readonly code?: string
  readonly message: string
  readonly stack: readonly string[]
  readonly cause?: ErrorDescription
}

/**
 * Prisma quotes the arguments of a failed call in its message, and PostgreSQL the row in `detail`: of a database error only
 * the last line of the message is kept, and of every error only named members.
 */
function describeError(error: unknown): ErrorDescription {
  if (!(error instanceof Error))
    return { type: typeof error, message: 'something that is no Error was thrown', stack: [] }
  const { name, message, stack = '', cause } = error
  return {
    type: name,
    ...('code' in error && typeof error.code === 'string' && { code: error.code }),
    message: name.startsWith('PrismaClient') ? (message.trim().split('\n').at(-1) ?? '') : message,
    stack: stack
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .map((line) => line.trim()),
    ...(cause !== undefined && { cause: describeError(cause) }),
  }
}
