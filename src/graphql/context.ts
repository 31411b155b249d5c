import type { AllowedDecision, Gate, RequestGate } from '../access/gate.ts'
import type { RequestInfo } from '../access/request-info.ts'
import { missingAuthenticationToken } from '../authn/authentication-error.ts'
import type { Principal } from '../authn/principal.ts'
import type { ProviderKeys } from '../authn/web-identity/index.ts'
import { type Budget, type Budgets, payerOf } from '../budget/index.ts'
import type { EventFeed } from '../iam/audit/event-feed.ts'
import type { ReadEvent, ReadTrail } from '../iam/audit/read-queue.ts'
import { recordDenials } from '../iam/audit/record-denials.ts'
import { recordReads } from '../iam/audit/record-reads.ts'
import type { Services } from '../iam/call.ts'
import type { CredentialIssuer } from '../iam/credential-issuer.ts'
import type { CredentialReports } from '../iam/reports/credential-reports.ts'
import type { BrowserCall } from '../iam/sessions/leave-session.ts'
import type { TrustCall } from '../iam/sts/assume-role.ts'
import type { WebIdentityCall } from '../iam/sts/assume-role-with-web-identity.ts'
import { createRowAccount, type RowAccount } from './row-account.ts'
import { tracedGate } from './traced-gate.ts'

/** Who is calling, for the length of one request. */
export interface Caller {
  readonly principal: Principal | null
  /** A change went through: whatever comes next is authenticated and decided on the new state. */
  markStale(): void
  readonly stale: boolean
  /** Authenticates the same credential again; throws when it is no longer good. */
  refresh(): Promise<Principal>
  /** The request signed somebody in: the rest of it is that caller's. */
  become(principal: Principal, accessToken: string): void
}

/** Session cookies of a browser; nothing happens for other clients. */
export interface ResponseCookies {
  setSession(accessToken: string, expiresAt: Date): void
  clearSession(): void
}

/** What every resolver gets. */
export interface GraphQLContext extends WebIdentityCall, BrowserCall {
  readonly caller: Caller
  readonly gate: RequestGate
  /** What the caller may still cost; of the address while nobody is signed in. */
  readonly budget: Budget
  /** The rows that this request asks for, drawn from the budget. */
  readonly rows: RowAccount
  readonly cookies: ResponseCookies
  readonly eventFeed: EventFeed
  readonly credentialReports: CredentialReports
  /** Notes a read that the gate let pass, for the audit trail; what it fails with may be added until the request ends. */
  noteRead(decision: AllowedDecision): Pick<ReadEvent, 'errorCode'>
  /** The caller, for fields that the gate let pass; throws when nobody is authenticated. */
  readonly principal: Principal
  /** The operation that the gate let pass: there is one per guarded mutation field. */
  readonly call: FieldCall
}

/** An operation that the gate let pass, with all that any function that carries one out may use. */
export interface FieldCall extends TrustCall, BrowserCall, Pick<GraphQLContext, 'credentialReports'> {}

export interface ContextParts {
  readonly services: Services
  readonly gate: Gate
  readonly budgets: Budgets
  readonly request: RequestInfo
  readonly principal: Principal | null
  readonly reauthenticate: (principal: Principal) => Promise<Principal>
  /** Authenticates a bearer token that this request was given. */
  readonly authenticateToken: (accessToken: string) => Promise<Principal>
  readonly issuer: CredentialIssuer
  readonly providerKeys: ProviderKeys
  readonly cookies: ResponseCookies
  readonly cookieSession: () => Promise<Principal | null>
  readonly readTrail: ReadTrail
  readonly eventFeed: EventFeed
  readonly credentialReports: CredentialReports
}

/** Puts together the context of one request. */
function createGraphQLContext(parts: ContextParts, reads: ReadEvent[]): GraphQLContext {
  const { services, gate, request, cookies, cookieSession, issuer, providerKeys, eventFeed, credentialReports } = parts
  const caller = createCaller(parts)
  const opened = tracedGate(gate.open({ principal: () => caller.principal, request }))
  return {
    ...services,
    request,
    caller,
    cookies,
    cookieSession,
    issuer,
    providerKeys,
    eventFeed,
    credentialReports,
    decideOnWebIdentity: (question) => opened.decideOnWebIdentity(question),
    noteRead(decision) {
      const read = { principal: this.principal, request, decision, at: services.clock(), errorCode: null }
      reads.push(read)
      return read
    },
    rows: createRowAccount(() => parts.budgets.of(payerOf(caller.principal, request.sourceIp))),
    gate: opened,
    get budget() {
      return parts.budgets.of(payerOf(caller.principal, request.sourceIp))
    },
    get principal() {
      if (!caller.principal) throw missingAuthenticationToken()
      return caller.principal
    },
    get call(): FieldCall {
      throw new Error('this field declares no permission, so there is no call to carry out')
    },
  }
}

/**
 * The context of one request, and what has to be done when its fields are resolved: denied attempts are recorded, reads are
 * handed to those who record them. Done again at the end of a stream, it goes on where it stopped.
 */
export function openContext(parts: ContextParts): { context: GraphQLContext; finish: () => Promise<void> } {
  const reads: ReadEvent[] = []
  const context = createGraphQLContext(parts, reads)
  let denialsRecorded = 0
  return {
    context,
    async finish() {
      context.rows.settle()
      const denials = [...context.gate.denials].slice(denialsRecorded)
      denialsRecorded += denials.length
      await recordReads(parts.services, parts.readTrail, reads.splice(0))
      await recordDenials(parts.services, parts.request, denials)
    },
  }
}

function createCaller({ principal: initial, reauthenticate, authenticateToken }: ContextParts): Caller {
  let principal = initial
  let stale = false
  let again = (current: Principal) => reauthenticate(current)
  return {
    get principal() {
      return principal
    },
    get stale() {
      return stale
    },
    markStale() {
      stale = principal !== null
    },
    async refresh() {
      if (!principal) throw missingAuthenticationToken()
      principal = await again(principal)
      stale = false
      return principal
    },
    become(signedIn, accessToken) {
      principal = signedIn
      again = () => authenticateToken(accessToken)
    },
  }
}
