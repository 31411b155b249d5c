import type { BlockList } from 'node:net'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { ENVIRONMENT, type Environment, type ListenAddress, type LogLevel } from './environment.ts'
import { normalizeIp, type TrustProxy } from './http/client-address.ts'
import { isLoopback } from './http/http-server.ts'
import { DATABASE_LIMITS } from './store/database-limits.ts'
import type { TlsFiles } from './tls-files.ts'

/** The checked environment. Null means that the variable is absent or empty. */
export interface Config {
  readonly host: string
  readonly port: number
  readonly databaseUrl: string | null
  /** Gateways behind the port, each a process. */
  readonly workers: number
  /** Connections of each of them to PostgreSQL. */
  readonly databasePool: number
  /** Seconds that a statement, or the wait for a connection, may take on PostgreSQL. */
  readonly databaseTimeout: number
  /** Whether an embedded database may be made where what is left of another one is. */
  /** Whether reads are prepared statements of ours where they can be. */
  readonly preparedReads: boolean
  readonly newDatabase: boolean
  /** Absolute. */
  readonly dataDir: string
  /** One key or several, separated by commas: the first seals, the others still open. */
  readonly masterKey: string | null
  /** Ids of master keys that are left out although there may be temporary credentials under them. */
  readonly forgetMasterKeys: readonly string[]
  readonly rootEmail: string | null
  readonly rootPassword: string | null
  readonly accountId: string | null
  /** An origin without a slash at its end. */
  readonly publicUrl: string | null
  readonly allowedOrigins: readonly string[]
  readonly trustProxy: TrustProxy
  /** Seconds from the signal to the end of the process. */
  readonly stopTimeout: number
  readonly maxConnections: number
  /** Of one address that is neither a believed proxy nor this machine. */
  readonly maxConnectionsPerAddress: number
  readonly metricsToken: string | null
  /** Where the figures are read in place of the server's own port. An address that is not this machine's has a token beside it. */
  readonly metricsListen: ListenAddress | null
  /** Files of a certificate with its chain and of its key, PEM; null when a proxy ends TLS, or nobody does. */
  readonly tls: TlsFiles | null
  /** Whether requests are traced, as the standard variables of OpenTelemetry say, which its library reads itself. */
  readonly tracing: boolean
  /** What traces were asked to be sent by, where that is nothing that we speak. */
  readonly unknownTracesProtocol: string | null
  /** Whether browsers are told that subdomains of the public address are served over TLS only. */
  readonly hstsSubdomains: boolean
  /** Where identity providers may be beside the Internet. */
  readonly oidcPrivateNetworks: BlockList | null
  /** Access keys that one caller may create or activate in a minute, and at once. */
  readonly keyChangesPerMinute: number
  /** Days that events of the audit trail are kept; null: for ever. */
  readonly auditRetentionDays: number | null
  readonly logLevel: LogLevel
}

/** A variable with a bad value. The message is one line and never holds a secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/** Variables whose value is never printed, not even when it is wrong. */
const SECRET = new Set(['LATCHKEY_MASTER_KEY', 'LATCHKEY_METRICS_TOKEN', 'LATCHKEY_ROOT_PASSWORD', 'DATABASE_URL'])

/** Checks the environment once; throws ConfigError for the first variable that is wrong. Empty counts as absent. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.entries(env).filter(([, value]) => value !== '')
  const result = ENVIRONMENT.safeParse(Object.fromEntries(given))
  if (!result.success) throw new ConfigError(describeFault(String(result.error.issues[0]?.path[0]), env))
  const values = result.data
  assertTogether(values)
  const workers = workersOf(values)
  return {
    host: values.HOST,
    port: values.PORT,
    databaseUrl: values.DATABASE_URL ?? null,
    workers,
    databasePool: values.LATCHKEY_DATABASE_POOL ?? poolOf(workers),
    databaseTimeout: values.LATCHKEY_DATABASE_TIMEOUT,
    dataDir: path.resolve(values.LATCHKEY_DATA_DIR),
    preparedReads: values.LATCHKEY_PREPARED_READS,
    newDatabase: values.LATCHKEY_NEW_DATABASE,
    masterKey: values.LATCHKEY_MASTER_KEY ?? null,
    forgetMasterKeys: values.LATCHKEY_FORGET_MASTER_KEYS,
    rootEmail: values.LATCHKEY_ROOT_EMAIL ?? null,
    rootPassword: values.LATCHKEY_ROOT_PASSWORD ?? null,
    accountId: values.LATCHKEY_ACCOUNT_ID ?? null,
    publicUrl: values.LATCHKEY_PUBLIC_URL ?? null,
    allowedOrigins: values.LATCHKEY_ALLOWED_ORIGINS,
    trustProxy: values.LATCHKEY_TRUST_PROXY,
    stopTimeout: values.LATCHKEY_STOP_TIMEOUT,
    maxConnections: values.LATCHKEY_MAX_CONNECTIONS,
    maxConnectionsPerAddress: values.LATCHKEY_MAX_CONNECTIONS_PER_ADDRESS,
    metricsToken: values.LATCHKEY_METRICS_TOKEN ?? null,
    metricsListen: values.LATCHKEY_METRICS_LISTEN ?? null,
    tls: tlsFilesOf(values),
    tracing: isTracing(values),
    unknownTracesProtocol: unknownTracesProtocol(values),
    hstsSubdomains: values.LATCHKEY_HSTS_SUBDOMAINS,
    oidcPrivateNetworks: values.LATCHKEY_OIDC_PRIVATE_NETWORKS ?? null,
    keyChangesPerMinute: values.LATCHKEY_KEY_CHANGES_PER_MINUTE,
    auditRetentionDays: values.LATCHKEY_AUDIT_RETENTION_DAYS ?? null,
    logLevel: values.LOG_LEVEL,
  }
}

/** As many as the default limit of connections of PostgreSQL (100) lets have a pool that works, in all. */
const MOST_BY_THEMSELVES = 16
const CONNECTIONS_OF_ALL = 80

function workersOf({ LATCHKEY_WORKERS: workers }: Environment): number {
  return workers === 'auto' ? Math.min(availableParallelism(), MOST_BY_THEMSELVES) : workers
}

/** One more is for readiness, and one worker more is there while another is replaced. */
function poolOf(workers: number): number {
  return Math.max(4, Math.min(DATABASE_LIMITS.connections, Math.floor(CONNECTIONS_OF_ALL / workers) - 1))
}

/** What no variable says alone. */
function assertTogether({
  LATCHKEY_METRICS_LISTEN: listen,
  LATCHKEY_METRICS_TOKEN: token,
  LATCHKEY_TLS_CERT: cert,
  LATCHKEY_TLS_KEY: key,
  LATCHKEY_PUBLIC_URL: publicUrl,
  LATCHKEY_WORKERS: workers,
  DATABASE_URL: databaseUrl,
}: Environment): void {
  if (workers !== 1 && databaseUrl === undefined)
    throw new ConfigError(
      `LATCHKEY_WORKERS=${workers} needs PostgreSQL, because the embedded database belongs to one process: set DATABASE_URL, or leave LATCHKEY_WORKERS out`,
    )
  if (listen !== undefined && token === undefined && !isLoopbackName(listen.host))
    throw new ConfigError(
      `LATCHKEY_METRICS_LISTEN names ${listen.host}, where others than this machine can read: set LATCHKEY_METRICS_TOKEN as well, or listen on 127.0.0.1`,
    )
  if ((cert === undefined) !== (key === undefined))
    throw new ConfigError('LATCHKEY_TLS_CERT and LATCHKEY_TLS_KEY go together: set both, or neither')
  if (cert !== undefined && publicUrl?.startsWith('http:') === true)
    throw new ConfigError(
      `LATCHKEY_PUBLIC_URL=${JSON.stringify(publicUrl)} is not valid with LATCHKEY_TLS_CERT: expected an origin that begins with https:`,
    )
}

function isLoopbackName(host: string): boolean {
  return host === 'localhost' || isLoopback(normalizeIp(host))
}

/** Off unless somebody says where traces go. */
function isTracing(values: Environment): boolean {
  if (values.OTEL_SDK_DISABLED?.toLowerCase() === 'true' || values.OTEL_TRACES_EXPORTER === 'none') return false
  const endpoint = values.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? values.OTEL_EXPORTER_OTLP_ENDPOINT
  return endpoint !== undefined || values.OTEL_TRACES_EXPORTER === 'otlp'
}

/** Set for a whole fleet as often as for us, so it keeps no server from starting. */
function unknownTracesProtocol(values: Environment): string | null {
  const protocol = values.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL ?? values.OTEL_EXPORTER_OTLP_PROTOCOL
  return protocol === undefined || protocol === 'http/json' ? null : protocol
}

function tlsFilesOf({ LATCHKEY_TLS_CERT: cert, LATCHKEY_TLS_KEY: key }: Environment): TlsFiles | null {
  return cert === undefined || key === undefined ? null : { cert: path.resolve(cert), key: path.resolve(key) }
}

/** Where people reach the server: LATCHKEY_PUBLIC_URL, or what HOST and the port that was bound amount to. */
export function publicUrlOf(config: Pick<Config, 'publicUrl' | 'host' | 'tls'>, port: number): string {
  if (config.publicUrl !== null) return config.publicUrl
  const anywhere = config.host === '0.0.0.0' || config.host === '::'
  const host = anywhere ? 'localhost' : config.host.includes(':') ? `[${config.host}]` : config.host
  return `${config.tls === null ? 'http' : 'https'}://${host}:${port}`
}

function describeFault(name: string, env: Readonly<Record<string, string | undefined>>): string {
  const shown = SECRET.has(name) ? `${name} (its value is not shown)` : `${name}=${JSON.stringify(env[name])}`
  const expected = Object.entries(ENVIRONMENT.shape).find(([key]) => key === name)?.[1].description
  return `${shown} is not valid: expected ${expected}`
}
