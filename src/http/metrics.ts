import { createHash, timingSafeEqual } from 'node:crypto'
import { Counter, collectDefaultMetrics, Gauge, Histogram, type Metric, Registry } from 'prom-client'
import { answer } from './answer.ts'
import { claimsSignature } from './authentication.ts'
import { normalizeIp } from './client-address.ts'
import { HttpError } from './http-error.ts'
import type { Exchange, Step } from './exchange.ts'
import { isLoopback } from './http-server.ts'
import { mergedFigures } from './merged-figures.ts'

const GRAPHQL = '/graphql'
/** Paths that are counted by their name. */
const PATHS: readonly string[] = [
  '/',
  GRAPHQL,
  '/federation',
  '/saml',
  '/schema.graphql',
  '/healthz',
  '/readyz',
  '/.well-known/jwks.json',
]
/** Labels that figures of other rooms may have. */
const LABELS = ['budget', 'id', 'node', 'result', 'state', 'version'] as const

export interface MetricsParts {
  /** Whoever bears it may read the figures from anywhere. */
  readonly token: string | null
  /** What others count, read when somebody looks. */
  readonly figures?: readonly Figure[]
  /** Of a process among several behind one port. */
  readonly worker?: MetricsOfWorker
}

export interface MetricsOfWorker {
  /** A label of all of its figures. */
  readonly number: number
  /** What the others count, as texts; `current`: whether its own figures belong to the answer. */
  figuresOfOthers(): Promise<{ readonly current: boolean; readonly texts: readonly string[] }>
}

/** A figure of another room, in the conventions of Prometheus. */
export interface Figure {
  readonly name: string
  readonly help: string
  readonly kind: 'counter' | 'gauge'
  /** One sample, or one per value of a label. */
  readonly read: () => number | readonly Sample[] | Promise<number | readonly Sample[]>
}

export interface Sample {
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

export interface Metrics {
  /** Counts an exchange whose answer is out. */
  observe(exchange: Exchange, ms: number): void
  /** The figures of this process, in the text format of Prometheus. */
  text(): Promise<string>
  /** Those of all processes behind the port. */
  readonly endpoint: Step
}

/**
 * Counts by operation and status. The operation is a root field of the schema or `several`, and the path one that is served:
 * a caller cannot invent labels and fill the memory with them.
 */
export function createMetrics({ token, figures = [], worker }: MetricsParts): Metrics {
  const registry = new Registry()
  if (worker !== undefined) registry.setDefaultLabels({ worker: String(worker.number) })
  collectDefaultMetrics({ register: registry })
  const labelNames = ['path', 'operation', 'status'] as const
  const requests = new Counter({
    name: 'latchkey_requests_total',
    help: 'Requests answered.',
    labelNames,
    registers: [registry],
  })
  const seconds = new Histogram({
    name: 'latchkey_request_duration_seconds',
    help: 'Time from the head of a request to the end of its answer.',
    labelNames: ['path', 'operation'] as const,
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30, 60],
    registers: [registry],
  })
  const errors = new Counter({
    name: 'latchkey_errors_total',
    help: 'Errors told to callers, by code and door (graphql, aws, other). Several fields of one answer count each.',
    labelNames: ['code', 'door'] as const,
    registers: [registry],
  })
  const authentications = new Counter({
    name: 'latchkey_authentications_total',
    help: 'Requests with a credential, by its kind and by whether it was good.',
    labelNames: ['kind', 'result'] as const,
    registers: [registry],
  })
  for (const figure of figures) registry.registerMetric(collected(figure))

  async function textOfAll(): Promise<string> {
    if (worker === undefined) return registry.metrics()
    const [own, { current, texts }] = await Promise.all([registry.metrics(), worker.figuresOfOthers()])
    return mergedFigures(current ? [own, ...texts] : texts)
  }

  return {
    text: () => registry.metrics(),
    observe(exchange, ms) {
      const path = routeOf(exchange)
      const operation = operationLabel(exchange.operation)
      requests.inc({ path, operation, status: String(exchange.response.statusCode) })
      seconds.observe({ path, operation }, ms / 1000)
      const door = doorOf(exchange)
      for (const { code } of exchange.failures) errors.inc({ code, door })
      const presented = credentialOf(exchange)
      if (presented !== null) authentications.inc(presented)
    },
    endpoint: async (exchange) => {
      if (!bearsToken(exchange, token) && !isOfThisMachine(exchange)) throw new HttpError('NotFound', 'Not found.')
      answer(exchange, 200, { 'content-type': registry.contentType, 'cache-control': 'no-store' }, await textOfAll())
    },
  }
}

/** The path when it is one that is served, else `other`. */
export function routeOf({ path }: Exchange): string {
  return PATHS.includes(path) ? path : 'other'
}

/** A metric that asks its owner whenever it is read. One that cannot answer is left out, and the others stay. */
function collected({ name, help, kind, read }: Figure): Metric {
  const options = {
    name,
    help,
    registers: [],
    labelNames: LABELS,
    async collect(this: { reset(): void; inc(labels: object, value: number): void }) {
      this.reset()
      const value = await Promise.resolve()
        .then(read)
        .catch((): readonly Sample[] => [])
      for (const sample of typeof value === 'number' ? [{ labels: {}, value }] : value)
        this.inc(sample.labels, sample.value)
    },
  }
  return kind === 'counter' ? new Counter(options) : new Gauge(options)
}

function doorOf({ path, operation, request }: Exchange): string {
  if (path === GRAPHQL) return 'graphql'
  const aws = path === '/' && (request.method === 'POST' || /^(iam|sts) /.test(operation ?? ''))
  return aws ? 'aws' : 'other'
}

/** Codes with which a credential is refused, as authentication has them. */
const REFUSED = new Set([
  'ExpiredToken',
  'IncompleteSignature',
  'InvalidClientTokenId',
  'MalformedQueryString',
  'SignatureDoesNotMatch',
])

function credentialOf(exchange: Exchange): { readonly kind: string; readonly result: string } | null {
  const { principal, failures } = exchange
  if (principal !== null) return { kind: principal.credential.toLowerCase(), result: 'accepted' }
  if (!failures.some(({ code }) => REFUSED.has(code))) return null
  return { kind: claimsSignature(exchange) ? 'signature' : 'token', result: 'refused' }
}

/**
 * Without a token the figures are for a scraper on this machine, by its address and by the name that it uses: a proxy that forwards
 * everything would publish them, and so would a browser here, to a page whose name was made to lead to this machine (DNS rebinding).
 * The name of the public address is no exception: a proxy beside the server passes it on.
 */
function isOfThisMachine({ request: { headers, socket } }: Exchange): boolean {
  const proxied = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined
  const host = (headers.host ?? '').toLowerCase().replace(/:\d+$/, '')
  return !proxied && isLoopback(normalizeIp(socket.remoteAddress)) && ['127.0.0.1', 'localhost', '[::1]'].includes(host)
}

function bearsToken({ request: { headers } }: Exchange, token: string | null): boolean {
  const borne = /^bearer +(.+)$/i.exec(headers.authorization ?? '')?.[1]
  return token !== null && borne !== undefined && timingSafeEqual(digest(borne), digest(token))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function operationLabel(operation: string | null): string {
  if (operation === null) return 'none'
  return operation.includes(',') ? 'several' : operation
}
