import type { Principal } from '../../authn/principal.ts'
import { openSession } from '../../authn/session-token/index.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { payerOf } from '../../budget/index.ts'
import type { AuditDetail } from '../audit-entry.ts'
import { recordAlong, recordEvents } from '../audit/record.ts'
import type { AnonymousCall, RequestInfo } from '../call.ts'
import { temporaryAccessToken } from '../credential-issuer.ts'
import { IamError } from '../errors.ts'
import { uuidv7 } from '../identifiers.ts'
import { inTransaction } from '../recorded.ts'
import type { BrowserToken } from '../sessions/browser-session.ts'
import { checkStsConstraints } from './sts-constraints.ts'

export interface GetSigninTokenInput {
  /** Whom the temporary credentials stand for: they were checked. */
  readonly principal: Principal
  readonly sessionToken: string
  /** 900 to 43,200; as long as the credentials, 12 hours at most, when omitted. */
  readonly sessionDuration: number | null
}

export interface ConsoleSignInInput {
  readonly signinToken: string
  /** What the broker says it is: it is told in the trail, and nothing else is done with it. */
  readonly issuer: string | null
}

/** A call of a browser, or of a broker; whoever has credentials shows them. */
export interface FederationCall extends AnonymousCall {
  /** Who an access token stands for that was made just now; throws when it is not good. */
  readonly authenticateToken: (accessToken: string) => Promise<Principal>
}

/** What a sign-in token holds. */
interface Ticket {
  readonly id: string
  readonly sessionToken: string
  /** Milliseconds since the epoch: until when it can be used, and when the session of the console ends. */
  readonly usableUntil: number
  readonly sessionEnd: number
}

const USABLE_FOR_MS = 15 * 60 * 1000
const LONGEST_SESSION_SECONDS = 43_200
/** What browsers keep of a cookie with its name (RFC 6265bis §5.6), less what the name and a margin need. */
const LONGEST_COOKIE = 4_000
const OWNER = 'sign-in-token'
/** About what an event takes. */
const EVENT_BYTES = 1_000

/**
 * A token with which a browser is signed in to the console with temporary credentials of a role or of a federated user: once, within 15
 * minutes. It is sealed and stored nowhere. The session ends with the credentials, and when they are revoked.
 *
 * Throws AccessDenied for credentials of GetSessionToken, PackedPolicyTooLarge when no cookie can hold the session, ValidationError.
 */
export async function getSigninToken(call: FederationCall, input: GetSigninTokenInput): Promise<string> {
  const { principal, sessionToken, sessionDuration } = input
  checkStsConstraints({ durationSeconds: sessionDuration })
  if (principal.kind !== 'role-session' && principal.kind !== 'federated')
    throw new IamError(
      'AccessDenied',
      'Sign-in tokens are for temporary credentials of AssumeRole and GetFederationToken.',
    )
  const now = call.clock()
  const wanted = now.getTime() + (sessionDuration ?? LONGEST_SESSION_SECONDS) * 1000
  const ticket: Ticket = {
    id: uuidv7(now, call.random),
    sessionToken,
    usableUntil: now.getTime() + USABLE_FOR_MS,
    sessionEnd: wholeSecond(Math.min(wanted, principal.expiresAt?.getTime() ?? 0)),
  }
  // Whoever waits for the browser to be refused would not learn why.
  await browserTokenOf(call, ticket)
  // The event is the only trace of a token: nothing else bounds how many a caller asks for.
  call.budgets.of(payerOf(principal, null)).draw('recordBytes', EVENT_BYTES)
  const detail = { signinTokenId: ticket.id, sessionEnd: new Date(ticket.sessionEnd).toISOString() }
  const event = { ...eventOf(principal, call.request), action: 'signin:GetSigninToken', detail }
  await recordEvents(call.db, call, [{ ...event, result: 'SUCCESS' }])
  const { keyId, ciphertext } = call.secrets.seal(Buffer.from(JSON.stringify(ticket)), OWNER)
  return `${keyId}.${Buffer.from(ciphertext).toString('base64url')}`
}

/**
 * The cookie of a session of the console for who brings a sign-in token. Throws InvalidClientTokenId for a token that is none, is too
 * old or was used before, and when its credentials were revoked since.
 */
export async function signInWithSigninToken(
  call: FederationCall,
  { signinToken, issuer }: ConsoleSignInInput,
): Promise<BrowserToken> {
  const ticket = openTicket(call, signinToken)
  const now = call.clock()
  if (ticket === null || now.getTime() >= ticket.usableUntil || now.getTime() >= ticket.sessionEnd) throw invalidToken()
  const token = await browserTokenOf(call, ticket)
  const principal = await call.authenticateToken(token.accessToken)
  const event = { ...eventOf(principal, call.request), action: 'signin:ConsoleLogin' }
  const detail = { signinTokenId: ticket.id, issuer }
  try {
    await inTransaction(call.db, async (tx) => {
      await tx.usedSigninToken.deleteMany({ where: { expiresAt: { lte: now } } })
      await tx.usedSigninToken.create({ data: { id: ticket.id, expiresAt: new Date(ticket.usableUntil) } })
      await recordAlong(tx, call, [{ ...event, detail, result: 'SUCCESS' }])
    })
  } catch (error) {
    throw error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002' ? invalidToken() : error
  }
  return token
}

/** What the browser keeps of temporary credentials. Throws PackedPolicyTooLarge when no cookie can hold it. */
export async function browserTokenOf(
  { issuer }: FederationCall,
  ticket: Pick<Ticket, 'sessionToken' | 'sessionEnd'>,
): Promise<BrowserToken> {
  const session = openSession(ticket.sessionToken, issuer.sessionKeyring)
  if (session === null) throw invalidToken()
  const expiresAt = new Date(ticket.sessionEnd)
  const accessToken = await temporaryAccessToken(issuer, { ...session, expiresAt }, ticket.sessionToken)
  if (accessToken.length > LONGEST_COOKIE)
    throw new IamError(
      'PackedPolicyTooLarge',
      'The session is too large for the cookie of a browser. Pass fewer or shorter session policies and tags.',
    )
  return { accessToken, expiresAt }
}

/** Notes that a browser was signed in with temporary credentials. */
export async function recordConsoleLogin(
  call: FederationCall,
  { accessToken, detail }: { readonly accessToken: string; readonly detail: AuditDetail },
): Promise<void> {
  const principal = await call.authenticateToken(accessToken)
  const event = { ...eventOf(principal, call.request), action: 'signin:ConsoleLogin' }
  await recordEvents(call.db, call, [{ ...event, detail, result: 'SUCCESS' }])
}

function openTicket({ secrets }: FederationCall, token: string): Ticket | null {
  const [keyId = '', text = '', ...more] = token.split('.')
  const ciphertext = new Uint8Array(Buffer.from(text, 'base64url'))
  // Of several spellings of one text only one is a token.
  if (more.length > 0 || Buffer.from(ciphertext).toString('base64url') !== text) return null
  try {
    return readTicket(JSON.parse(Buffer.from(secrets.open({ keyId, ciphertext }, OWNER)).toString()))
  } catch {
    return null
  }
}

/** What was sealed here, maybe by another version of this server. */
function readTicket(value: Partial<Ticket>): Ticket | null {
  const { id, sessionToken, usableUntil, sessionEnd } = value
  const whole = typeof id === 'string' && typeof sessionToken === 'string'
  return whole && typeof usableUntil === 'number' && typeof sessionEnd === 'number'
    ? { id, sessionToken, usableUntil, sessionEnd }
    : null
}

function eventOf(principal: Principal, request: RequestInfo) {
  const { accountId, arn, id, accessKeyId, sourceIdentity } = principal
  return {
    accountId,
    requestId: request.id,
    principalArn: arn,
    principalId: id,
    accessKeyId,
    sourceIdentity,
    sourceIp: request.sourceIp,
    userAgent: request.userAgent,
    mfa: false,
    resource: arn,
  }
}

function invalidToken(): IamError {
  return new IamError('InvalidClientTokenId', 'The sign-in token is not valid. It can be used once, within 15 minutes.')
}

function wholeSecond(ms: number): number {
  return Math.floor(ms / 1000) * 1000
}
