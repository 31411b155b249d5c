import { type DestinationStream, type Logger, pino } from 'pino'
import type { Exchange } from './exchange.ts'
import { codesOf, isAbandoned, keyIdOf } from './failures.ts'

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
  'samlAssertion',
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
  return (exchange, ms) => {
    const { id, request, response, path, principal, operation } = exchange
    const status = isAbandoned(exchange) ? CLIENT_CLOSED_REQUEST : response.statusCode
    const line = { requestId: id, method: request.method, path, status, ms: tenths(ms), ...databaseShare(exchange) }
    const caller = { operation: operation ?? undefined, principal: principal?.arn }
    plain.info({ ...line, ...caller, ...(exchange.failures.length > 0 && whatFailed(exchange)) }, 'request')
  }
}

/** Of requests that had something to do with the database. */
function databaseShare({ meter: { statements, databaseMs, waitedMs } }: Exchange) {
  if (statements === 0 && waitedMs === 0) return {}
  return { databaseMs: tenths(databaseMs), statements, ...(waitedMs >= 1 && { waitedMs: tenths(waitedMs) }) }
}

function tenths(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10
}

/** Nobody is there to read the answer: what proxies write in their logs, which no client ever sees. */
const CLIENT_CLOSED_REQUEST = 499

/** Who asked and what was answered, as far as an operator needs it to find the reason. */
function whatFailed(exchange: Exchange) {
  const decisions = exchange.failures.flatMap(({ decisionId }) => decisionId ?? [])
  return {
    errors: codesOf(exchange),
    ...(decisions.length > 0 && { decisions: [...new Set(decisions)] }),
    accessKeyId: keyIdOf(exchange) ?? undefined,
    sourceIp: exchange.address.sourceIp ?? undefined,
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
