import { randomUUID } from 'node:crypto'
import type { RequestListener } from 'node:http'
import { performance } from 'node:perf_hooks'
import type { GraphQLSchema } from 'graphql'
import type { JsonWebKeySet } from '../authn/jwt/index.ts'
import type { Principal } from '../authn/principal.ts'
import type { ContextParts } from '../graphql/context.ts'
import { printSchemaFile } from '../graphql/print.ts'
import type { Tracing } from '../tracing/index.ts'
import { answer, answerJson } from './answer.ts'
import { authentication, type AuthenticationParts, claimsSignature, signedRequest } from './authentication.ts'
import { asksForAction, awsQueryEndpoint, startingAnswer } from './aws-query-endpoint.ts'
import { createBodiesInFlight } from './bodies-in-flight.ts'
import { listener, notFound, route, unless, when } from './chain.ts'
import type { TrustProxy } from './client-address.ts'
import { HttpError } from './http-error.ts'
import { type ConsoleFiles, consolePages } from './console.ts'
import { crossOrigin } from './cross-origin.ts'
import { type Exchange, type Step, wantsPage } from './exchange.ts'
import { type Federation, FEDERATION_PATH, federation } from './federation.ts'
import { graphiql } from './graphiql.ts'
import { GRAPHQL_PATH, graphqlEndpoint, requireJson, requireJsonInAddress, SCHEMA_PATH } from './graphql-endpoint.ts'
import { standardIntrospection } from './introspection.ts'
import { type FindIssuer, issuerDocuments } from './issuer-documents.ts'
import { BODY_LIMITS, IN_FLIGHT_LIMITS, MAX_HEADER_LINES } from './limits.ts'
import { type Log, requestLog } from './log.ts'
import type { Metrics } from './metrics.ts'
import { answerPrepared, type PreparedAnswer, prepareAnswer } from './prepared-answer.ts'
import { chargeCaller, collectBody } from './request-body.ts'
import { type OpenedContext, operationRunner } from './run-operation.ts'
import { SAML_PATH, samlSignIn } from './saml.ts'
import { securityHeaders, type SecurityHeadersParts } from './security-headers.ts'
import { responseCookies } from './session-cookie.ts'

/** What the chain knows of one request when a GraphQL operation begins. */
export type OpenedRequest = Pick<
  ContextParts,
  'request' | 'principal' | 'reauthenticate' | 'authenticateToken' | 'cookies' | 'cookieSession'
>

export interface CredentialUse {
  readonly principal: Principal
  readonly sourceIp: string | null
  /** Root fields of the schema, e.g. `createAccessKey`, or the action of AWS; null when the request was not a valid operation. */
  readonly operation: string | null
}

export interface AppParts extends AuthenticationParts, SecurityHeadersParts {
  readonly schema: GraphQLSchema
  readonly openContext: (request: OpenedRequest) => OpenedContext
  /** Told of every authenticated request, also of one that was denied. Must neither throw nor wait. */
  readonly onAuthenticated?: (use: CredentialUse) => void
  /** Throws while the database does not answer. */
  readonly ready: () => Promise<unknown>
  readonly jwks: () => JsonWebKeySet | Promise<JsonWebKeySet>
  /** Of the accounts' own tokens for others. */
  readonly findIssuer: FindIssuer
  readonly log: Log
  /** How brokers sign browsers in. */
  readonly federation: Federation
  /** Absent or null when the console was not built: GraphiQL is at the door then. */
  readonly console?: ConsoleFiles | null
  readonly allowedOrigins: readonly string[]
  readonly trustProxy: TrustProxy
  readonly metrics: Metrics
  /** Absent while nobody traces. */
  readonly tracing?: Tracing | undefined
  /** Whether the figures are read on a port of their own (`metricsApp`), and not here. */
  readonly metricsApart?: boolean
}

/** The whole server without a socket: the way of a request, top to bottom. */
export function createApp(parts: AppParts): RequestListener {
  const { log, metrics } = parts
  const endpoint = {
    schema: parts.schema,
    operations: operationRunner((exchange) => parts.openContext(openedRequest(exchange, parts))),
    onOperation: noteUse(parts),
    log,
  }
  const flights = {
    strangers: createBodiesInFlight(IN_FLIGHT_LIMITS.strangers),
    callers: createBodiesInFlight(IN_FLIGHT_LIMITS.callers),
  }
  const authenticate = authentication(parts)
  const chain: readonly Step[] = [
    observe(log, metrics),
    securityHeaders(parts),
    refuseManyHeaders,
    warnOfProxy(parts.trustProxy, log),
    crossOrigin(parts.allowedOrigins),
    route('/healthz', ['GET', 'HEAD'], alive),
    route('/readyz', ['GET', 'HEAD'], readiness(parts.ready)),
    ...(parts.metricsApart === true ? [] : [route('/metrics', ['GET', 'HEAD'], metrics.endpoint)]),
    route('/.well-known/jwks.json', ['GET', 'HEAD'], publishKeys(parts.jwks)),
    issuerDocuments(parts.findIssuer),
    route(SCHEMA_PATH, ['GET', 'HEAD'], publishSchema(parts.schema)),
    route(
      GRAPHQL_PATH,
      ['GET', 'POST'],
      graphiql(),
      requireJson,
      requireJsonInAddress,
      // Whoever can be known by the head alone is known before anything is held for them.
      unless(claimsSignature, authenticate),
      collectBody(flights, graphqlBodyLimit),
      when(claimsSignature, authenticate),
      when(claimsSignature, (exchange) => chargeCaller(flights, exchange)),
      standardIntrospection(parts.schema),
      graphqlEndpoint(endpoint),
    ),
    awsQueryEndpoint({
      ...endpoint,
      flights,
      authenticate: (request, service, charge) => parts.authenticator.authenticateSignature(request, service, charge),
    }),
    route(
      FEDERATION_PATH,
      ['GET', 'POST'],
      collectBody(flights, () => BODY_LIMITS.anonymous),
      federation(parts),
    ),
    route(
      SAML_PATH,
      ['POST'],
      collectBody(flights, () => BODY_LIMITS.anonymous),
      samlSignIn(parts),
    ),
    consolePages(parts.console ?? null),
    frontDoor,
    notFound,
  ]
  return listener(chain, parts)
}

/** The figures alone, for a port of their own. */
export function metricsApp({ metrics, log }: Pick<AppParts, 'metrics' | 'log'>): RequestListener {
  // No proxy is believed: whoever comes through one needs the token.
  const nobody: TrustProxy = { kind: 'none' }
  const headers = securityHeaders({ publicUrl: 'http:', hstsSubdomains: false })
  return listener([headers, route('/metrics', ['GET', 'HEAD'], metrics.endpoint), notFound], {
    trustProxy: nobody,
    log,
  })
}

/**
 * What a server answers that is still starting: alive, but not ready. Clients of AWS are told so in their own format: of any other
 * they would make a fault of the server's, and not try again.
 */
export function startingApp(): RequestListener {
  return (request, response) => {
    const { url = '/' } = request
    const id = randomUUID()
    const headers = { 'retry-after': '2', 'cache-control': 'no-store', 'x-amzn-requestid': id, 'x-request-id': id }
    if (/^\/(?:\?|$)/.test(url) && asksForAction(request)) {
      const { type, body } = startingAnswer(request, id)
      response.writeHead(503, { ...headers, 'content-type': type }).end(body)
      return
    }
    response.writeHead(url === '/healthz' ? 200 : 503, {
      ...headers,
      'content-type': 'application/json; charset=utf-8',
    })
    response.end(JSON.stringify({ status: 'starting' }))
  }
}

function graphqlBodyLimit(exchange: Exchange): number {
  return exchange.principal !== null || claimsSignature(exchange) ? BODY_LIMITS.graphql : BODY_LIMITS.anonymous
}

/** Counted here, since Node would leave out what comes after a number of them, and a proxy adds its own at the end. */
function refuseManyHeaders({ request }: Exchange): void {
  if (request.rawHeaders.length <= 2 * MAX_HEADER_LINES) return
  throw new HttpError('RequestHeaderFieldsTooLarge', `A request must not have more than ${MAX_HEADER_LINES} headers.`, {
    connection: 'close',
  })
}

/** Behind a proxy that is not named, everybody has its address: for policies, for throttling and for limits of connections. */
function warnOfProxy({ kind }: TrustProxy, log: Log): Step {
  let warned = kind !== 'none'
  return ({ request: { headers } }) => {
    if (warned || (headers['x-forwarded-for'] === undefined && headers.forwarded === undefined)) return
    warned = true
    log.warn(
      'REQUESTS COME THROUGH A PROXY, AND LATCHKEY_TRUST_PROXY IS NOT SET: every caller is taken for the proxy, by aws:SourceIp, by throttling and by limits. Set it to the number of proxies in front, or to their networks.',
    )
  }
}

function observe(log: Log, metrics: Metrics): Step {
  const logRequest = requestLog(log)
  return (exchange) => {
    exchange.response.once('close', () => {
      const ms = performance.now() - exchange.startedAt
      metrics.observe(exchange, ms)
      logRequest(exchange, ms)
    })
  }
}

function alive(exchange: Exchange): void {
  answerJson(exchange, 200, { status: 'ok' })
}

function readiness(ready: AppParts['ready']): Step {
  return async (exchange) => {
    try {
      await ready()
    } catch (cause) {
      const refusal = new HttpError('ServiceUnavailable', 'The database does not answer.', { 'retry-after': '2' })
      throw Object.assign(refusal, { cause })
    }
    answerJson(exchange, 200, { status: 'ready' })
  }
}

/** Verifiers may keep the keys for a while: a new key is published before it signs anything. */
function publishKeys(jwks: AppParts['jwks']): Step {
  return async (exchange) => answerJson(exchange, 200, await jwks(), { 'cache-control': 'public, max-age=300' })
}

function publishSchema(schema: GraphQLSchema): Step {
  let text: Promise<PreparedAnswer> | undefined
  return async (exchange) => {
    text ??= prepareAnswer(printSchemaFile(schema))
    await answerPrepared(exchange, await text, {
      'content-type': 'application/graphql; charset=utf-8',
      'cache-control': 'public, max-age=300',
    })
  }
}

function frontDoor(exchange: Exchange): void {
  if (exchange.path === '/' && wantsPage(exchange)) answer(exchange, 302, { location: GRAPHQL_PATH })
}

function noteUse({ onAuthenticated }: AppParts): (exchange: Exchange) => void {
  return ({ principal, address, operation }) => {
    if (principal === null) return
    onAuthenticated?.({ principal, sourceIp: address.sourceIp, operation: operation?.split(' ')[1] ?? null })
  }
}

function openedRequest(exchange: Exchange, { authenticator, publicUrl }: AppParts): OpenedRequest {
  const { id, address, principal, request } = exchange
  const { 'user-agent': userAgent = null, referer = null } = request.headers
  return {
    principal,
    request: { id, ...address, userAgent, referer, cost: exchange.cost },
    cookies: responseCookies(exchange, publicUrl),
    cookieSession: () => authenticator.authenticateCookie(signedRequest(exchange), exchange.cost.charge),
    reauthenticate: (former) => authenticator.reauthenticate(former, exchange.cost.charge),
    authenticateToken: (accessToken) => authenticator.authenticateToken(accessToken, exchange.cost.charge),
  }
}
