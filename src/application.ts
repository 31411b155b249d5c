import { randomUUID } from 'node:crypto'
import type { RequestListener } from 'node:http'
import { performance } from 'node:perf_hooks'
import { GLOBAL_REGION } from './access/context.ts'
import { createGate } from './access/gate.ts'
import { createAuthenticator } from './authn/authenticate.ts'
import { jwks } from './authn/jwt/index.ts'
import { isSignedIn } from './authn/principal.ts'
import { createDocumentFetcher, createProviderKeys, type FetchDocument } from './authn/web-identity/index.ts'
import { COSTS, createBudgets } from './budget/index.ts'
import { type DecisionCounts, figures } from './figures.ts'
import { openContext } from './graphql/context.ts'
import { buildSchema } from './graphql/schema.ts'
import type { TrustProxy } from './http/client-address.ts'
import type { ConsoleFiles } from './http/console.ts'
import type { Log } from './http/log.ts'
import type { Exchange } from './http/exchange.ts'
import { createMetrics, type MetricsOfWorker } from './http/metrics.ts'
import { createApp, metricsApp } from './http/server.ts'
import type { AuditRow } from './iam/audit-entry.ts'
import { createEventFeed, type EventFeed } from './iam/audit/event-feed.ts'
import { createEventTally, type EventTally } from './iam/audit/event-tally.ts'
import { createReadQueue, type ReadQueue } from './iam/audit/read-queue.ts'
import { createRetention } from './iam/audit/retention.ts'
import type { Services } from './iam/call.ts'
import { createChangeQueue } from './iam/change-queue.ts'
import { createPublishedIssuers } from './iam/outbound-federation/published-issuers.ts'
import { signInWithSaml } from './iam/sts/saml-sign-in.ts'
import { type FederationCall, getSigninToken, signInWithSigninToken } from './iam/sts/console-federation.ts'
import { renewedBrowserToken } from './iam/sessions/browser-session.ts'
import { createCredentialReports, type CredentialReports } from './iam/reports/credential-reports.ts'
import { createSignatureLimits } from './iam/throttle/signature-limits.ts'
import { createCredentialSource } from './store/credential-source.ts'
import { createLastUsedRecorder, type LastUsedRecorder } from './store/last-used.ts'
import type { Membership } from './store/gateways.ts'
import type { KeyPurpose, MasterKey } from './store/master-key.ts'
import type { Database } from './store/open.ts'
import { createPolicySource } from './store/policy-source.ts'
import { withPreparedReads } from './store/prepared-reads/index.ts'
import { createSecretBox } from './store/secret-box.ts'
import { measuredClient } from './store/measured-client.ts'
import { loadSigningKeys, type SigningKeys } from './store/signing-keys.ts'
import { createTargetSource } from './store/target-source.ts'
import type { Tracing } from './tracing/index.ts'

const LAST_USED_EVERY_MS = 10_000
/** What a crash may cost of the audit trail: the reads of that time, never a change, a denial or a sign-in. */
const READS_EVERY_MS = 1_000
const AUDIT_FEED_EVERY_MS = 1_000
/** How soon the trail tells of what was counted instead of being written one by one. */
const TALLY_EVERY_MS = 60_000
const NOTES_EVERY_MS = 1_000
const SIGNING_KEYS_EVERY_MS = 60_000
const RETENTION_EVERY_MS = 3600_000

export interface ApplicationOptions extends Pick<Services, 'clock' | 'random'> {
  /** Open and migrated. */
  readonly database: Pick<Database, 'db' | 'pool'> & Partial<Pick<Database, 'ready' | 'generation'>>
  readonly masterKey: MasterKey
  /** Among the gateways of this database; absent where there is one alone. */
  readonly membership?: Membership
  readonly log: Log
  /** An origin: issuer and audience of tokens, and where browsers find us. */
  readonly publicUrl: string
  readonly allowedOrigins: readonly string[]
  readonly trustProxy: TrustProxy
  /** Whoever bears it may read the figures from anywhere. */
  readonly metricsToken?: string | null
  /** Whether the figures are read by `metricsHandler` only. */
  readonly metricsApart?: boolean
  /** Whether HSTS covers the subdomains of the public address; not when absent. */
  readonly hstsSubdomains?: boolean
  /** The built web portal; without it the server has only its API. */
  readonly console?: ConsoleFiles | null
  /** Access keys that one caller may create or activate in a minute, and at once. */
  readonly keyChangesPerMinute?: number
  /** Days that events of the audit trail are kept; for ever when null or absent. */
  readonly auditRetentionDays?: number | null
  /** Milliseconds of a clock that never goes back, by which budgets fill up again. */
  readonly monotonic?: () => number
  /** Absent while nobody traces. */
  readonly tracing?: Tracing | undefined
  /** Whether reads are prepared statements where they can be, as they are when absent; or all of them Prisma's. */
  readonly preparedReads?: boolean
  /** How documents of identity providers are read; by default at public addresses only. */
  readonly fetchDocument?: FetchDocument
  /** Of one among several processes behind one port; absent when there is one alone. */
  readonly worker?: WorkerParts
}

/** What a process has of the others behind its port. */
export interface WorkerParts extends MetricsOfWorker {
  /** Says how its own figures are read. */
  giveFigures(read: () => Promise<string>): void
  /** Tells the others. */
  tell(news: unknown): void
  onNews(hear: (news: unknown) => void): void
}

/** What would be lost if the process ended now. */
export interface Unwritten {
  /** Reads of the audit trail. */
  readonly reads: readonly AuditRow[]
  /** Refusals of the audit trail that are written together. */
  readonly events: readonly AuditRow[]
  /** Keys and roles whose last use is not written. */
  readonly uses: number
}

export interface Application {
  readonly handler: RequestListener
  /** `/metrics` alone, for a port of its own. */
  readonly metricsHandler: RequestListener
  readonly services: Services
  readonly signingKeys: SigningKeys
  readonly lastUsed: LastUsedRecorder
  readonly readQueue: ReadQueue
  readonly eventFeed: EventFeed
  readonly tally: EventTally
  readonly credentialReports: CredentialReports
  /** Ends answers that would not end by themselves, so that the server can stop. */
  endStreams(): void
  /** What is in memory only. */
  unwritten(): Unwritten
  /** Writes what is still remembered. The database is closed by whoever opened it. */
  close(): Promise<void>
}

/** Puts the whole server together on an open database, without a socket: main.ts and the tests do the same. */
export async function createApplication(options: ApplicationOptions): Promise<Application> {
  const { database, masterKey, clock, random, log, publicUrl, allowedOrigins, trustProxy } = options
  const { pool } = database
  const db = (options.preparedReads ?? true) ? await withPreparedReads(database.db, pool) : database.db
  const secrets = createSecretBox(masterKey.deriveKeys('secrets'), random)
  const now = options.monotonic ?? (() => performance.now())
  const { keyChangesPerMinute: keyChanges, worker } = options
  const budgets = createBudgets({
    now,
    ...(worker !== undefined && { shared: worker }),
    ...(keyChanges !== undefined && {
      allowances: { ...COSTS, keyChanges: { capacity: keyChanges, perSecond: keyChanges / 60 } },
    }),
  })
  const tally = createEventTally({ db, clock, random, log, flushEveryMs: TALLY_EVERY_MS, notesEveryMs: NOTES_EVERY_MS })
  const changes = createChangeQueue({ now, connections: pool.options.max })
  const services: Services = { db, clock, random, secrets, budgets, tally, changes }
  const refresh = { everyMs: SIGNING_KEYS_EVERY_MS, log }
  const signingKeys = await loadSigningKeys({ db, clock, secrets, refresh })
  const issuer = {
    issuer: publicUrl,
    audience: publicUrl,
    signingKey: (issuedAt: Date) => signingKeys.current(issuedAt),
    tokenSeals: ringOf(masterKey, 'access-tokens'),
    sessionKeyring: ringOf(masterKey, 'session-tokens'),
  }
  const authenticator = createAuthenticator({
    ...issuer,
    credentials: createCredentialSource({ pool, secrets }),
    keyring: () => signingKeys.keyring(),
    reloadKeyring: () => signingKeys.reload(),
    clock,
    publicOrigin: publicUrl,
    signatureLimits: createSignatureLimits({ budgets, tally, log, now }),
  })
  const decisions: DecisionCounts = { ALLOW: 0, IMPLICIT_DENY: 0, EXPLICIT_DENY: 0 }
  const gate = createGate({
    onDecision: (effect) => void decisions[effect]++,
    policies: createPolicySource(pool),
    targets: createTargetSource(pool),
    ...(database.generation && { generation: database.generation }),
    clock,
    newDecisionId: randomUUID,
  })
  const lastUsed = createLastUsedRecorder({ pool, log, flushEveryMs: LAST_USED_EVERY_MS })
  const readQueue = createReadQueue({ db, random, log, flushEveryMs: READS_EVERY_MS })
  const eventFeed = createEventFeed({ db, clock, log, pollEveryMs: AUDIT_FEED_EVERY_MS })
  const credentialReports = createCredentialReports({ db, clock, log })
  const { auditRetentionDays: days = null } = options
  const retention = days === null ? null : createRetention({ db, clock, log, days, everyMs: RETENTION_EVERY_MS })
  const fetchDocument = options.fetchDocument ?? createDocumentFetcher({ privateNetworks: null })
  const providerKeys = createProviderKeys({ fetchDocument, clock, log })
  const publishedIssuers = createPublishedIssuers(services, { publicUrl, now })
  const shared = { services, gate, budgets, issuer, providerKeys, readTrail: readQueue, eventFeed, credentialReports }
  const ready = database.ready ?? (() => pool.query('select 1'))
  const known = figures({
    pool,
    ready,
    decisions,
    readQueue,
    tally,
    lastUsed,
    budgets,
    changes,
    eventFeed,
    signingKeys,
    masterKey,
    membership: options.membership,
    clock,
  })
  const metrics = createMetrics({
    token: options.metricsToken ?? null,
    figures: known,
    ...(worker !== undefined && { worker }),
  })
  worker?.giveFigures(() => metrics.text())
  const federationCall = ({ id, address, request: { headers }, cost }: Exchange): FederationCall => ({
    ...services,
    db: measuredClient(db, cost),
    issuer,
    request: { id, ...address, userAgent: headers['user-agent'] ?? null, referer: headers.referer ?? null, cost },
    authenticateToken: (accessToken) => authenticator.authenticateToken(accessToken, cost.charge),
  })
  const handler = createApp({
    schema: buildSchema(),
    authenticator,
    openContext: (opened) =>
      openContext({ ...opened, ...shared, services: { ...services, db: measuredClient(db, opened.request.cost) } }),
    renewBrowser: (principal) => renewedBrowserToken(issuer, principal, clock()),
    onAuthenticated: ({ principal, ...use }) => {
      const { kind, accountId, accessKeyId, sessionId, signedFor, credential, delegation } = principal
      if (kind === 'role-session' && delegation !== undefined) {
        const region = signedFor?.region ?? GLOBAL_REGION
        lastUsed.recordRole({ accountId, roleId: delegation.ownerId, at: clock(), region })
        return
      }
      if (isSignedIn(principal) && sessionId !== null) lastUsed.recordSession({ accountId, sessionId, at: clock() })
      if (credential !== 'ACCESS_KEY' || accessKeyId === null || signedFor === null) return
      lastUsed.recordKey({ accountId, accessKeyId, at: clock(), ...signedFor, ...use })
    },
    ready,
    federation: {
      getSigninToken: (exchange, input) => getSigninToken(federationCall(exchange), input),
      signIn: (exchange, input) => signInWithSigninToken(federationCall(exchange), input),
      signInWithSaml(exchange, input) {
        const call = federationCall(exchange)
        const opened = gate.open({ principal: () => null, request: call.request })
        return signInWithSaml(
          { ...call, decideOnWebIdentity: (question) => opened.decideOnWebIdentity(question) },
          input,
        )
      },
    },
    findIssuer: (id, sourceIp) => publishedIssuers.find(id, sourceIp),
    jwks: async () => jwks((await signingKeys.published()).values(), clock()),
    log,
    publicUrl,
    allowedOrigins,
    trustProxy,
    metrics,
    tracing: options.tracing,
    metricsApart: options.metricsApart ?? false,
    hstsSubdomains: options.hstsSubdomains ?? false,
    console: options.console ?? null,
  })
  return {
    handler,
    metricsHandler: metricsApp({ metrics, log }),
    services,
    signingKeys,
    lastUsed,
    readQueue,
    eventFeed,
    tally,
    credentialReports,
    unwritten: () => ({
      reads: readQueue.rest(),
      events: tally.rest(),
      uses: lastUsed.remembered,
    }),
    endStreams: () => eventFeed.close(),
    async close() {
      eventFeed.close()
      signingKeys.close()
      await retention?.close()
      await credentialReports.settled()
      await readQueue.close()
      await tally.close()
      await lastUsed.close()
      await options.tracing?.close()
    },
  }
}

function ringOf(masterKey: MasterKey, purpose: KeyPurpose) {
  const { current: currentKeyId, keys } = masterKey.deriveKeys(purpose)
  return { currentKeyId, keys }
}
