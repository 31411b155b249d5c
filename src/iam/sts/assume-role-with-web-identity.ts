import type { RequestGate } from '../../access/gate.ts'
import type { WebIdentity } from '../../access/web-identity.ts'
import { oidcProviderArn, parseIamArn } from '../../authn/arn.ts'
import {
  isSignedByOneOf,
  type ProviderKeys,
  readWebIdentityToken,
  type WebIdentityClaims,
  type WebIdentityToken,
} from '../../authn/web-identity/index.ts'
import type { OidcProvider } from '../../generated/prisma/client.ts'
import type { AnonymousCall, Services } from '../call.ts'
import { lengthErrors, throwBroken } from '../constraints.ts'
import { IamError } from '../errors.ts'
import { bucket } from '../throttle/limits.ts'
import { refund, reserve } from '../throttle/reserve.ts'
import { addressGroup } from '../../budget/index.ts'
import { type AssumedRole, issueRoleSession, onCurrentRole } from './role-session.ts'
import { checkSessionLimits, type SessionLimitsInput } from './session-limits.ts'
import { checkStsConstraints } from './sts-constraints.ts'
import { isOwnIssuer } from '../outbound-federation/token-issuer.ts'
import { type FederationTrail, openTrail, type StatedByProvider } from './federation-trail.ts'
import { federatedActions, federatedKeys } from './federated-request.ts'

export interface AssumeRoleWithWebIdentityInput extends Pick<SessionLimitsInput, 'policy' | 'policyArns'> {
  readonly roleArn: string
  readonly roleSessionName: string
  /** An ID token (JWT) of a provider that is registered in the role's account. */
  readonly webIdentityToken: string
  /** Of OAuth 2.0 only: must be omitted. */
  readonly providerId?: string | null
  /** 900 to what the role allows; 3,600 when omitted. */
  readonly durationSeconds?: number | null
}

export interface AssumedRoleWithWebIdentity extends AssumedRole {
  readonly subjectFromWebIdentityToken: string
  /** ARN of the provider. */
  readonly provider: string
  readonly audience: string
}

/** A call of nobody who brings a token of an identity provider. */
export interface WebIdentityCall extends AnonymousCall, Pick<RequestGate, 'decideOnWebIdentity'> {
  readonly providerKeys: ProviderKeys
}

const ACTION = 'sts:AssumeRoleWithWebIdentity'
const TOKEN = { min: 4, max: 20_000 }
const PROVIDER_ID = { min: 4, max: 2048 }
/** How far the clocks of providers may be off (AWS IAM user guide, "OIDC federation"). */
const LEEWAY_SECONDS = 300

/**
 * Makes temporary credentials of a role for whoever holds a token of an identity provider. There is no principal, so the
 * field that offers it is public. The provider must be registered in the role's account, and the role's trust
 * policy must let the token's audience and subject in. Tags and source identity that the token states become the session's, where
 * the trust policy allows `sts:TagSession` and `sts:SetSourceIdentity` too. What fails is counted by address.
 *
 * Throws InvalidIdentityToken, ExpiredTokenException, AccessDenied (the same whether the role is missing or does not trust),
 * Throttling, ValidationError, and for session policies NoSuchEntity, MalformedPolicyDocument, PackedPolicyTooLarge.
 */
export async function assumeRoleWithWebIdentity(
  call: WebIdentityCall,
  input: AssumeRoleWithWebIdentityInput,
): Promise<AssumedRoleWithWebIdentity> {
  const { roleArn, roleSessionName, durationSeconds, webIdentityToken, providerId } = input
  checkStsConstraints({ roleArn, roleSessionName, durationSeconds })
  throwBroken([
    ...lengthErrors('webIdentityToken', webIdentityToken, TOKEN),
    ...(providerId == null ? [] : lengthErrors('providerId', providerId, PROVIDER_ID)),
  ])
  if (providerId != null)
    throw new IamError('ValidationError', 'ProviderId must be omitted for tokens of OpenID Connect providers.')
  checkSessionLimits(input, [])

  const attempts = [bucket('webIdentityAddress', addressGroup(call.request.sourceIp))]
  await reserve(call, attempts)
  const trail = openTrail(call, ACTION, roleArn, describe(input))
  try {
    const assumed = await assume(call, input, trail)
    await refund(call, attempts)
    return assumed
  } catch (error) {
    if (error instanceof IamError) await trail.failed(error.code)
    throw error
  }
}

async function assume(
  call: WebIdentityCall,
  input: AssumeRoleWithWebIdentityInput,
  trail: FederationTrail,
): Promise<AssumedRoleWithWebIdentity> {
  const token = tokenOf(input.webIdentityToken)
  const accountId = parseIamArn(input.roleArn)?.accountId ?? ''
  const { issuer: address, subject } = token.claims
  if (isOwnIssuer(call.issuer.issuer, address))
    throw invalidToken('Tokens of GetWebIdentityToken are for others: no role can be assumed with them.')
  const { url } = await findProvider(call, accountId, address)
  const providerArn = oidcProviderArn(accountId, url)
  trail.claimed(providerArn)
  const keys = await call.providerKeys.find(address, token)
  if (keys.length === 0) {
    throw invalidToken(
      "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements",
    )
  }
  if (!isSignedByOneOf(keys, token)) throw invalidToken('The signature of the ID Token provided is not valid.')
  checkTimes(token.claims, call.clock())

  // The provider took its time to answer: what is registered counts as it is now.
  const provider = await findProvider(call, accountId, address)
  const identity = identityOf(provider, token.claims)
  const { audience } = identity
  // As in AWS CloudTrail: provider, audience and subject.
  trail.verified({ principalId: `${providerArn}:${audience}:${subject}`, detail: { audience, subject } })
  const stated = statedBy(token.claims)
  const limits = { policy: input.policy ?? null, policyArns: input.policyArns ?? null, ...stated.limits }
  checkStsConstraints({ sourceIdentity: stated.sourceIdentity })
  checkSessionLimits(limits, [])
  trail.stated(stated)
  const assumed = await onCurrentRole(call.db, input.roleArn, async (role) => {
    const verdict = call.decideOnWebIdentity({
      actions: federatedActions(ACTION, stated),
      accountId,
      identity,
      roleArn: input.roleArn,
      role,
      keys: federatedKeys(input.roleSessionName, input.durationSeconds, stated),
    })
    trail.decided(verdict)
    if (verdict.decision.effect !== 'ALLOW' || role === null) throw notAuthorized(verdict.action)
    return await issueRoleSession(
      call,
      {
        role,
        sessionName: input.roleSessionName,
        durationSeconds: input.durationSeconds,
        limits,
        inherited: [],
        userId: subject,
        sourceIdentity: stated.sourceIdentity,
        webIdentity: { provider: identity.provider, audience: identity.audience, subject },
      },
      (tx, issued) => trail.succeeded(tx, issued),
    )
  })
  return {
    ...assumed,
    subjectFromWebIdentityToken: subject,
    provider: providerArn,
    audience,
  }
}

function tokenOf(text: string): WebIdentityToken {
  const read = readWebIdentityToken(text)
  if (read.ok) return read.token
  if (read.unreadable !== undefined) throw invalidToken(`The ID Token provided cannot be used: ${read.unreadable}.`)
  if (read.missing !== null) throw invalidToken(`Missing a required claim: ${read.missing}.`)
  throw invalidToken('The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)')
}

async function findProvider({ db }: Services, accountId: string, issuer: string): Promise<OidcProvider> {
  const url = issuer.startsWith('https://') ? issuer.slice('https://'.length) : ''
  const known = !url.includes('\0') && /^\d{12}$/.test(accountId)
  const found = known ? await db.oidcProvider.findUnique({ where: { accountId_url: { accountId, url } } }) : null
  if (found === null) throw invalidToken(`No OpenIDConnect provider found in your account for ${issuer}`)
  return found
}

function checkTimes({ expiresAt, issuedAt, notBefore }: WebIdentityClaims, now: Date): void {
  const seconds = Math.floor(now.getTime() / 1000)
  if (seconds >= expiresAt + LEEWAY_SECONDS) {
    throw new IamError(
      'ExpiredTokenException',
      `Token expired: current date/time ${seconds} must be before the expiration date/time ${expiresAt}`,
    )
  }
  if (Math.max(issuedAt, notBefore ?? 0) > seconds + LEEWAY_SECONDS)
    throw invalidToken('The ID Token provided is not valid yet.')
}

/**
 * The client that the token is for. When the token names the client that it was given to (`azp`), that client must be registered, as
 * at AWS; otherwise one of its audiences must be.
 */
function identityOf({ url, clientIds }: OidcProvider, claims: WebIdentityClaims): WebIdentity {
  const { authorizedParty, audiences, subject, methods } = claims
  const candidates = authorizedParty === null ? audiences : [authorizedParty]
  const audience = candidates.find((candidate) => clientIds.includes(candidate))
  if (audience === undefined) throw invalidToken('Incorrect token audience')
  return { provider: url, audience, subject, audiences, methods, claims: claims.compared }
}

/** What a token states for the session: its holder does not choose it. */
function statedBy({ sessionTags: tags, transitiveTagKeys, sourceIdentity }: WebIdentityClaims): StatedByProvider {
  return { limits: { tags, transitiveTagKeys }, sourceIdentity }
}

function invalidToken(message: string): IamError {
  return new IamError('InvalidIdentityToken', message)
}

function notAuthorized(action: string): IamError {
  return new IamError('AccessDenied', `Not authorized to perform ${action}`)
}

/** All but the token. */
function describe({ roleArn, roleSessionName, durationSeconds, policy, policyArns }: AssumeRoleWithWebIdentityInput) {
  return {
    roleArn,
    roleSessionName,
    durationSeconds: durationSeconds ?? null,
    policy: policy ?? null,
    policyArns: [...(policyArns ?? [])],
  }
}
