import { randomBytes } from 'node:crypto'
import type { RequestListener, Server } from 'node:http'
import path from 'node:path'
import { type Application, createApplication } from './application.ts'
import { hashPassword } from './authn/password/index.ts'
import { createDocumentFetcher } from './authn/web-identity/index.ts'
import { banner } from './banner.ts'
import { type Config, publicUrlOf } from './config.ts'
import { createGatewayEnd, type GatewayEnd } from './gateway-end.ts'
import { readConsole } from './http/console.ts'
import { createHttpServer, exchangeCertificate } from './http/http-server.ts'
import { listen } from './http/listening.ts'
import { createLog, type Log } from './http/log.ts'
import { startingApp } from './http/server.ts'
import { stoppable } from './http/stopping.ts'
import { takeSpooledEvents } from './iam/audit/spool.ts'
import { BUILT_IN_POLICIES } from './iam/policies/built-in/index.ts'
import { prepareFirstAccount } from './store/bootstrap.ts'
import { ensureBuiltInPolicies } from './store/built-in-policies.ts'
import { joinGateways } from './store/gateways.ts'
import { PACKAGE_ROOT } from './store/migrations-folder.ts'
import { assertKeyAtHand, loadMasterKey } from './store/master-key.ts'
import { type Database, openDatabase } from './store/open.ts'
import { openTlsFiles } from './tls-files.ts'
import type { Tracing } from './tracing/index.ts'
import { version } from './version.ts'
import type { Seat } from './workers/seat.ts'

export interface GatewayParts {
  readonly config: Config
  /** Its place among the workers behind one port; null for the only process. */
  readonly seat: Seat | null
  /** What the operator wrote, for what is said to them. */
  readonly env: Readonly<Record<string, string | undefined>>
}

interface Started extends GatewayParts {
  readonly log: Log
  readonly end: GatewayEnd
}

const clock = () => new Date()

/** Runs a gateway in this process, until a signal or its primary ends it. Resolves when it is ready, or the process is about to end. */
export async function runGateway(parts: GatewayParts): Promise<void> {
  const { config, seat } = parts
  const log = seat === null ? createLog(config.logLevel) : createLog(config.logLevel).child({ worker: seat.number })
  const end = createGatewayEnd({ ...parts, log, clock })
  await start({ ...parts, log, end }).catch((error: unknown) => end.cannotStart(error))
}

async function start({ config, seat, log, end }: Started): Promise<void> {
  end.onSignals()
  let handler: RequestListener = startingApp()
  const front = createFront(config, seat, log, (...exchange) => handler(...exchange))
  // The port is taken first: a second server must not find out after it has made an account and shown its password. What comes to a
  // port on which others answer already must not wait, or be refused, until this one is ready.
  const port = seat?.port ?? (await front.open())
  end.closers.server = front.stop

  const { databaseUrl, dataDir, databasePool: connections, databaseTimeout, newDatabase } = config
  const databaseLimits = { connections, timeoutMs: databaseTimeout * 1000 }
  const database = await openDatabase({ databaseUrl, dataDir, log, limits: databaseLimits, renew: newDatabase })
  end.closers.database = () => database.close()
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
  const application = await assemble({ config, seat, log, end }, database, publicUrl)

  const bootstrapped = await makeAccount()
  // Accounts that an older release made.
  const accounts = await ensureBuiltInPolicies({ db: database.db, clock }, BUILT_IN_POLICIES)
  if (accounts > 0) log.info({ accounts }, 'built-in policies written')
  // Beside others that start at the same time, the first has done it.
  if (seat?.start !== 'next') await takeSpooledEvents({ db: database.db, dataDir, log })
  handler = application.handler
  front.serveFigures(application.metricsHandler)
  if (seat !== null && seat.port !== null) await front.open()
  if (seat === null || seat.start === 'first') process.stdout.write(banner({ ...bootstrapped, publicUrl, config }))
  seat?.ready(port)
}

interface Front {
  /** Listens; the port. Throws ListenError. */
  open(): Promise<number>
  serveFigures(handler: RequestListener): void
  readonly stop: ReturnType<typeof stoppable>['stop']
}

/** The server with its ports. */
function createFront(config: Config, seat: Seat | null, log: Log, handler: RequestListener): Front {
  const { host, metricsListen, trustProxy } = config
  const tls = config.tls === null ? null : openTlsFiles(config.tls, log)
  const server = createHttpServer(handler, {
    trustProxy,
    log,
    limits: shareOf(config, seat),
    tls: tls?.pair ?? null,
    dealt: seat !== null,
  })
  tls?.follow((pair) => exchangeCertificate(server, pair))
  const stopping = stoppable(server)
  let figures: RequestListener = startingApp()
  // Its port goes on answering until the process ends: a stop is when somebody looks.
  const figuresServer: Server | null =
    metricsListen === null
      ? null
      : createHttpServer((...exchange) => figures(...exchange), { trustProxy: { kind: 'none' }, log })
  return {
    async open() {
      const port = await listen(server, { host, port: config.port, named: `HOST=${host} PORT=${config.port}` })
      if (figuresServer !== null && metricsListen !== null) {
        const { host: at, port: figuresPort } = metricsListen
        const named = `LATCHKEY_METRICS_LISTEN=${at.includes(':') ? `[${at}]` : at}:${figuresPort}`
        await listen(figuresServer, { host: at, port: figuresPort, named })
      }
      return port
    },
    serveFigures: (ready) => void (figures = ready),
    stop(times) {
      // Its successor answers there.
      if (times.handover) figuresServer?.close()
      return stopping.stop(times)
    },
  }
}

/** What a worker has of the connections that all of them may have. */
function shareOf({ maxConnections, maxConnectionsPerAddress }: Config, seat: Seat | null) {
  const of = seat?.of ?? 1
  return {
    maxConnections: Math.ceil(maxConnections / of),
    maxConnectionsPerAddress: Math.ceil(maxConnectionsPerAddress / of),
  }
}

async function assemble(
  { config, seat, log, end }: Pick<Started, 'config' | 'seat' | 'log' | 'end'>,
  database: Database,
  publicUrl: string,
): Promise<Application> {
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
  end.closers.membership = () => membership.leave()
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
    tracing: config.tracing ? await openTracing(config, log) : undefined,
    metricsApart: config.metricsListen !== null,
    hstsSubdomains,
    keyChangesPerMinute,
    auditRetentionDays,
    preparedReads: config.preparedReads,
    console: readConsole(path.join(PACKAGE_ROOT, 'dist/console')),
    fetchDocument: createDocumentFetcher({ privateNetworks: oidcPrivateNetworks }),
    ...(seat !== null && { worker: seat }),
  })
  end.closers.application = () => application.close()
  end.serves(application)
  return application
}

/** Its packages are loaded only where they are wanted. */
async function openTracing({ unknownTracesProtocol: protocol }: Config, log: Log): Promise<Tracing> {
  if (protocol !== null)
    log.warn(
      { protocol },
      'traces are sent as http/json, not by the protocol that OTEL_EXPORTER_OTLP_PROTOCOL names: give the address of a receiver of OTLP over HTTP, usually port 4318',
    )
  const { createOtelTracing } = await import('./tracing/otel.ts')
  return createOtelTracing({ version: version(), log })
}
