import { CodedError } from '../errors/index.ts'

/** What keeps a database from doing its work; each has another remedy. */
export type OutageKind = 'away' | 'busy' | 'cannot-write' | 'damaged'

export interface Outage {
  readonly kind: OutageKind
  /** For the operator. */
  readonly reason: string
}

/**
 * The database cannot do its work now. Nothing is wrong with the request: it is answered with 503 and a moment to come back at.
 * Callers read the message, which holds nothing of the cause.
 */
export class OutageError extends CodedError {
  override readonly name = 'OutageError'

  constructor(message: string, options?: ErrorOptions) {
    super('ServiceUnavailable', message, { ...options, details: { retryAfterSeconds: 2 } })
  }
}

const MESSAGES: Readonly<Record<OutageKind, string>> = {
  away: 'The database does not answer. Try again.',
  busy: 'The database is busy. Try again.',
  'cannot-write': 'The database cannot be written to. Try again later.',
  damaged: 'The database cannot be used. Try again later.',
}

/** For a COMMIT that had no answer: it may have been carried out. */
const UNKNOWN_OUTCOME =
  'The connection to the database was lost while the change was being written: it may or may not have been made. Look before you try again.'

/** What may have been committed is not called failed. */
export function outageError({ kind }: Outage, cause: unknown, committing = false): OutageError {
  return new OutageError(committing && kind === 'away' ? UNKNOWN_OUTCOME : MESSAGES[kind], { cause })
}

/** Of the operating system and of Node: nobody is there, or the connection is gone. */
const SOCKET_CODES = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ERR_STREAM_DESTROYED',
  'ETIMEDOUT',
])

/** SQLSTATE, by its beginning (PostgreSQL, appendix A). The first that fits counts. */
const SQL_STATES: readonly (readonly [RegExp, OutageKind])[] = [
  [/^08/, 'away'],
  // Shut down by an administrator, crashed, starting, the database dropped, idle for too long.
  [/^57P/, 'away'],
  // Renamed or dropped, the password changed, no right to log in: while it runs the server can only wait.
  [/^3D000|^28/, 'away'],
  [/^53100|^25006|^ENOSPC$|^EROFS$|^EDQUOT$/, 'cannot-write'],
  [/^53/, 'busy'],
  // statement_timeout, lock_timeout, serialization failure, deadlock.
  [/^57014|^55P03|^40001|^40P01/, 'busy'],
  // A file that is missing or cannot be read or written.
  // Nor a table of ours: an empty database in the place of the one that was dropped, a restore that is not through.
  [/^58|^XX00[12]|^42P01/, 'damaged'],
]

/** What `pg` and its pool say without a code. */
const MESSAGES_OF_THE_DRIVER =
  /^(?:Connection terminated|timeout expired|timeout exceeded when trying to connect|Client has encountered a connection error|The database was silent|Cannot use a pool after calling end|Client was closed)/

/** By the kinds of Prisma's driver adapters, where they keep no code. */
const ADAPTER_KINDS: Readonly<Record<string, OutageKind>> = {
  ConnectionClosed: 'away',
  DatabaseNotReachable: 'away',
  SocketTimeout: 'away',
  TlsConnectionError: 'away',
}

/**
 * Whether an error of `pg`, its pool or Prisma's adapter says that the database cannot do its work; null for every other error,
 * which is a fault of the statement, hence ours. The only place that tells them apart.
 */
export function outageOf(error: unknown): Outage | null {
  if (!(error instanceof Error)) return null
  // An address with several IP addresses fails with one error for each.
  if (error instanceof AggregateError) return error.errors.map(outageOf).find((outage) => outage !== null) ?? null
  const kind = kindOf(error)
  return kind === null ? null : { kind, reason: describe(error) }
}

function kindOf(error: Error): OutageKind | null {
  const { code, kind } = namedIn(error)
  if (kind !== undefined && ADAPTER_KINDS[kind] !== undefined) return ADAPTER_KINDS[kind]
  if (code !== undefined && SOCKET_CODES.has(code)) return 'away'
  const [, found] = SQL_STATES.find(([state]) => code !== undefined && state.test(code)) ?? []
  if (found !== undefined) return found
  // Prisma: no transaction within maxWait, or it took longer than its time-out.
  if (code === 'P2028' || code === 'P2024') return 'busy'
  return MESSAGES_OF_THE_DRIVER.test(error.message) ? 'away' : null
}

/** An error of Prisma's adapter keeps PostgreSQL's code in its cause. */
function namedIn(error: Error): { readonly code?: string; readonly kind?: string } {
  const parts = [error, error.cause].filter((part) => typeof part === 'object' && part !== null)
  const text = (name: string) =>
    parts.map((part): unknown => Reflect.get(part, name)).find((value) => typeof value === 'string')
  const code = text('code') ?? text('originalCode')
  const kind = text('kind')
  return { ...(code !== undefined && { code }), ...(kind !== undefined && { kind }) }
}

function describe(error: Error): string {
  const { code } = namedIn(error)
  const message = error.message.trim().split('\n').at(-1) ?? ''
  return code === undefined || message.includes(code) ? message : `${code}: ${message}`
}
