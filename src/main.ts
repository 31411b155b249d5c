import { randomBytes } from 'node:crypto'
import type { RequestListener } from 'node:http'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Application, createApplication, type Unwritten } from './application.ts'
import { hashPassword } from './authn/password/index.ts'
import { createDocumentFetcher } from './authn/web-identity/index.ts'
import { banner } from './banner.ts'
import { type Config, publicUrlOf, readConfig } from './config.ts'
import type { ListenAddress } from './environment.ts'
import { readConsole } from './http/console.ts'
import { createHttpServer, exchangeCertificate } from './http/http-server.ts'
import { listen } from './http/listening.ts'
import { createLog } from './http/log.ts'
import { startingApp } from './http/server.ts'
import { stoppable } from './http/stopping.ts'
import { spoolEvents, takeSpooledEvents } from './iam/audit/spool.ts'
import { BUILT_IN_POLICIES } from './iam/policies/built-in/index.ts'
import { operatorsLine } from './operators-errors.ts'
import { prepareFirstAccount } from './store/bootstrap.ts'
import { ensureBuiltInPolicies } from './store/built-in-policies.ts'
import { joinGateways } from './store/gateways.ts'
import { PACKAGE_ROOT } from './store/migrations-folder.ts'
import { assertKeyAtHand, loadMasterKey } from './store/master-key.ts'
import { type Database, openDatabase } from './store/open.ts'
import { keepFilesPrivate } from './store/private-files.ts'
import { openTlsFiles } from './tls-files.ts'
import type { Tracing } from './tracing/index.ts'
import { version } from './version.ts'

// Before anything is made.
keepFilesPrivate()

/** The share of the time for a stop that requests under way have; the rest is for what they left to be written. */
const REQUESTS_SHARE = 0.7
/** How long `/readyz` refuses before the port is closed, if there is anybody to hear it. */
const LINGER_MS = 1_000

const clock = () => new Date()
const closers: (() => Promise<unknown>)[] = []
let log = createLog('info')
let stopMs = 20_000
let endStreams = () => {}
let unwritten = (): Unwritten => ({ reads: [], events: [], uses: 0 })
let dataDirectory = ''

start().catch((error: unknown) => {
  complain('cannot start', error)
  // What was opened is closed as far as it goes; the exit code does not wait for a database that hangs.
  void Promise.race([closeAll(), pause(stopMs)]).finally(() => process.exit(1))
})

async function start(): Promise<void> {
  const config = readConfig(process.env)
  log = createLog(config.logLevel)
  stopMs = config.stopTimeout * 1000
  dataDirectory = config.dataDir
  stopOnSignals()

  // The port is taken first: a second server must not find out after it has made an account and shown its password.
  let handler: RequestListener = startingApp()
  const { trustProxy, maxConnections, maxConnectionsPerAddress } = config
  const limits = { maxConnections, maxConnectionsPerAddress }
  const tls = config.tls === null ? null : openTlsFiles(config.tls, log)
  const server = createHttpServer((...exchange) => handler(...exchange), {
    trustProxy,
    log,
    limits,
    tls: tls?.pair ?? null,
  })
  tls?.follow((pair) => exchangeCertificate(server, pair))
  const stopping = stoppable(server)
  const { host, metricsListen } = config
  const port = await listen(server, { host, port: config.port, named: `HOST=${host} PORT=${config.port}` })
  const figuresServer = metricsListen === null ? null : await openMetricsPort(metricsListen)
  closers.push(async () => {
    endStreams()
    const cutOff = await stopping.stop({ lingerMs: Math.min(LINGER_MS, stopMs / 4), graceMs: stopMs * REQUESTS_SHARE })
    if (cutOff > 0) log.warn({ requests: cutOff }, 'requests were cut off: they took longer than a stop may')
  })

  const { databaseUrl, dataDir, databasePool: connections, databaseTimeout, newDatabase } = config
  const databaseLimits = { connections, timeoutMs: databaseTimeout * 1000 }
  const database = await openDatabase({ databaseUrl, dataDir, log, limits: databaseLimits, renew: newDatabase })
  closers.push(() => database.close())
  const { rootEmail, rootPassword, accountId } = config
  const account = { rootEmail, rootPassword, accountId, builtInPolicies: BUILT_IN_POLICIES }
  // Before a key is made: a password that is refused must leave none behind.
  const makeAccount = await prepareFirstAccount({
    db: database.db,
    clock,
    random: randomBytes,
    hashPassword,
    ...account,
  })
  const publicUrl = publicUrlOf(config, port)
  const application = await assemble(config, database, publicUrl)
  endStreams = () => application.endStreams()
  unwritten = () => application.unwritten()

  const bootstrapped = await makeAccount()
  // Accounts that an older release made.
  const accounts = await ensureBuiltInPolicies({ db: database.db, clock }, BUILT_IN_POLICIES)
  if (accounts > 0) log.info({ accounts }, 'built-in policies written')
  await takeSpooledEvents({ db: database.db, dataDir, log })
  handler = application.handler
  figuresServer?.serve(application.metricsHandler)
  process.stdout.write(banner({ ...bootstrapped, publicUrl, config }))
}

async function assemble(config: Config, database: Database, publicUrl: string): Promise<Application> {
  // Before a key is made: one that opens nothing must not be left lying about.
  await assertKeyAtHand(database.pool, { fromEnvironment: config.masterKey, dataDir: config.dataDir })
  const masterKey = loadMasterKey({ fromEnvironment: config.masterKey, dataDir: config.dataDir })
  // Before anything is sealed that another gateway could not open.
  const membership = await joinGateways({
    pool: database.pool,
    ring: masterKey.deriveKeys('secrets'),
    alone: database.kind === 'embedded',
    kind: 'gateway',
    version: version(),
    log,
    forgotten: config.forgetMasterKeys,
  })
  closers.push(() => membership.leave())
  const { allowedOrigins, trustProxy, metricsToken, hstsSubdomains, oidcPrivateNetworks } = config
  const { keyChangesPerMinute, auditRetentionDays } = config
  const application = await createApplication({
    database,
    masterKey,
    membership,
    clock,
    random: randomBytes,
    log,
    publicUrl,
    allowedOrigins,
    trustProxy,
    metricsToken,
    tracing: config.tracing ? await openTracing(config) : undefined,
    metricsApart: config.metricsListen !== null,
    hstsSubdomains,
    keyChangesPerMinute,
    auditRetentionDays,
    console: readConsole(path.join(PACKAGE_ROOT, 'dist/console')),
    fetchDocument: createDocumentFetcher({ privateNetworks: oidcPrivateNetworks }),
  })
  closers.push(() => application.close())
  return application
}

/** Its packages are loaded only where they are wanted. */
async function openTracing({ unknownTracesProtocol: protocol }: Config): Promise<Tracing> {
  if (protocol !== null)
    log.warn(
      { protocol },
      'traces are sent as http/json, not by the protocol that OTEL_EXPORTER_OTLP_PROTOCOL names: give the address of a receiver of OTLP over HTTP, usually port 4318',
    )
  const { createOtelTracing } = await import('./tracing/otel.ts')
  return createOtelTracing({ version: version(), log })
}

/** The port of the figures, which goes on answering until the process ends: a stop is when somebody looks. */
async function openMetricsPort({ host, port }: ListenAddress): Promise<{ serve(handler: RequestListener): void }> {
  let handler: RequestListener = startingApp()
  const server = createHttpServer((...exchange) => handler(...exchange), { trustProxy: { kind: 'none' }, log })
  await listen(server, {
    host,
    port,
    named: `LATCHKEY_METRICS_LISTEN=${host.includes(':') ? `[${host}]` : host}:${port}`,
  })
  return { serve: (ready) => void (handler = ready) }
}

/** In the order in which they have to go: requests, what they left to be written, the place among the gateways, the database. */
async function closeAll(): Promise<void> {
  const [server, database, membership, application] = closers.splice(0)
  for (const close of [server, application, membership, database]) await close?.()
}

/** The first signal lets requests end, the second does not; an error that nobody caught ends everything. */
function stopOnSignals(): void {
  let stopping = false
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) process.exit(1)
    stopping = true
    log.info({ signal }, 'stopping')
    void end()
  }
  // SIGHUP: the terminal it was started from is closed.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, stop)
  process.on('uncaughtException', (error) => {
    complain('stopped', error)
    process.exit(1)
  })
}

/** Ends the process: with 0 when everything is closed and nothing lost, else with 1 and one line about it. */
async function end(): Promise<never> {
  const faults = [await closeInTime(), await notWritten()].filter((text) => text !== null)
  if (faults.length > 0) process.stderr.write(`Latchkey did not stop cleanly: ${faults.join(' ')}\n`)
  process.exit(faults.length > 0 ? 1 : 0)
}

/** Closes everything, and waits for it no longer than a stop may take: a database that hangs keeps nobody. What went wrong, or null. */
async function closeInTime(): Promise<string | null> {
  const late = pause(stopMs, `it took longer than ${stopMs / 1000} s (LATCHKEY_STOP_TIMEOUT).`)
  try {
    return await Promise.race([closeAll().then(() => null), late])
  } catch (error) {
    log.error({ err: error }, 'did not stop cleanly')
    return 'closing failed, as the log says.'
  }
}

/** What the database did not take: events of the trail wait in a file for the next start, where there is a data directory. */
async function notWritten(): Promise<string | null> {
  const { reads, events, uses } = unwritten()
  if (reads.length + events.length + uses === 0) return null
  const file = await spoolEvents(dataDirectory, [...reads, ...events], clock()).catch((error: unknown) => {
    log.error({ err: error }, 'events of the audit trail cannot be kept in the data directory')
    return null
  })
  const rest = `${reads.length} reads and ${events.length} other events of the audit trail`
  const used = `the last use of ${uses} keys and roles`
  if (file === null) return `Lost, because the database did not take them: ${rest}, ${used}.`
  return `The database did not take ${rest}: they are in ${file}, and the next start with this data directory writes them. Lost: ${used}.`
}

/** One line for the operator. A fault of ours is in the log as well, with its stack and without what it may quote. */
function complain(what: string, error: unknown): void {
  const known = operatorsLine(error, process.env)
  if (known === null) log.fatal({ err: error }, what)
  const message = error instanceof Error ? error.message : 'something that is no Error was thrown'
  process.stderr.write(`Latchkey ${what}: ${known ?? message.trim().split('\n').at(-1) ?? ''}\n`)
}
