import { createHash } from 'node:crypto'
import type { RequestGate } from '../../access/gate.ts'
import type { SamlIdentity } from '../../access/web-identity.ts'
import { parseIamArn, parseSamlProviderArn, samlProviderArn } from '../../authn/arn.ts'
import {
  keysAt,
  readSamlResponse,
  readStatements,
  type SamlAssertion,
  SamlFault,
  type SamlStatements,
  UnreadableStatements,
} from '../../authn/saml/index.ts'
import { addressGroup } from '../../budget/index.ts'
import type { AnonymousCall, Services } from '../call.ts'
import { lengthErrors, throwBroken } from '../constraints.ts'
import { IamError } from '../errors.ts'
import { type SamlProviderRecord, WITHOUT_DOCUMENT } from '../saml-providers/find-saml-provider.ts'
import { bucket } from '../throttle/limits.ts'
import { refund, reserve } from '../throttle/reserve.ts'
import { federatedActions, federatedKeys } from './federated-request.ts'
import { type FederationTrail, openTrail } from './federation-trail.ts'
import { type AssumedRole, issueRoleSession, onCurrentRole } from './role-session.ts'
import { checkSamlTimes, expiryOf, secondsAsked } from './saml-times.ts'
import { checkSessionLimits, type SessionLimitsInput } from './session-limits.ts'
import { checkStsConstraints } from './sts-constraints.ts'
import { useAssertion } from './use-assertion.ts'

export interface AssumeRoleWithSamlInput extends Pick<SessionLimitsInput, 'policy' | 'policyArns'> {
  readonly roleArn: string
  /** ARN of a provider that is registered in the role's account. */
  readonly principalArn: string
  /** The response of the provider as browsers post it: base64. */
  readonly samlAssertion: string
  /** 900 to what the role allows; 3,600 when omitted. */
  readonly durationSeconds?: number | null
}

export interface AssumedRoleWithSaml extends AssumedRole {
  readonly subject: string
  readonly subjectType: string
  readonly issuer: string
  /** To whom the assertion is addressed. */
  readonly audience: string
  readonly nameQualifier: string
}

/** A call of nobody who brings an assertion of an identity provider. */
export interface SamlCall extends AnonymousCall, Pick<RequestGate, 'decideOnWebIdentity'> {}

const ACTION = 'sts:AssumeRoleWithSAML'
const ASSERTION = { min: 4, max: 100_000 }
/** What applications for AWS, which identity providers come with, address their assertions to. */
const AWS_RECIPIENT = /^https:\/\/(?:[a-z\d-]+\.)?signin\.aws\.amazon\.com\/saml$/
const AWS_AUDIENCE = 'urn:amazon:webservices'
const FORMATS_OF_SAML = 'urn:oasis:names:tc:SAML:2.0:nameid-format:'
/** SAML Core §8.3.1: what a name is when it does not say. */
const UNSPECIFIED = 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified'

/**
 * Makes temporary credentials of a role for whoever holds an assertion of an identity provider of SAML, once for each assertion. There is
 * no principal, so the field that offers it is public. The provider must be registered in the role's account, the assertion must name
 * role and provider, and the role's trust policy must let it in. Tags and source identity that the assertion states become the
 * session's, where the trust policy allows `sts:TagSession` and `sts:SetSourceIdentity` too. What fails is counted by address.
 *
 * Throws InvalidIdentityToken, ExpiredTokenException, IDPRejectedClaim, AccessDenied (the same whether the role is missing, is not in
 * the assertion, or does not trust), Throttling, ValidationError, and for session policies NoSuchEntity, MalformedPolicyDocument,
 * PackedPolicyTooLarge.
 */
export async function assumeRoleWithSaml(call: SamlCall, input: AssumeRoleWithSamlInput): Promise<AssumedRoleWithSaml> {
  const { roleArn, principalArn, samlAssertion, durationSeconds } = input
  checkStsConstraints({ roleArn, principalArn, durationSeconds })
  throwBroken(lengthErrors('samlAssertion', samlAssertion, ASSERTION))
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
  call: SamlCall,
  input: AssumeRoleWithSamlInput,
  trail: FederationTrail,
): Promise<AssumedRoleWithSaml> {
  const now = call.clock()
  const provider = await findProvider(call, input)
  if (provider === null) throw missingProvider(input.samlAssertion)
  trail.claimed(samlProviderArn(provider.accountId, provider.name))
  const assertion = assertionOf(provider, input.samlAssertion, now)
  checkSamlTimes(assertion, now)
  const statements = statementsOf(assertion)
  const identity = identityOf(provider, assertion, statements, call.issuer.issuer)
  const { subject, subjectType, nameQualifier, issuer, recipient } = identity
  // As in AWS CloudTrail.
  trail.verified({
    principalId: `${nameQualifier}:${subject}`,
    detail: { issuer, audience: recipient, subject, subjectType, roleSessionName: statements.sessionName },
  })

  const stated = {
    limits: { tags: statements.sessionTags, transitiveTagKeys: statements.transitiveTagKeys },
    sourceIdentity: statements.sourceIdentity,
  }
  const limits = { policy: input.policy ?? null, policyArns: input.policyArns ?? null, ...stated.limits }
  checkSessionLimits(limits, [])
  trail.stated(stated)
  if (!names(statements, input)) throw notAuthorized(ACTION)

  const assumed = await onCurrentRole(call.db, input.roleArn, async (role) => {
    const verdict = call.decideOnWebIdentity({
      actions: federatedActions(ACTION, stated),
      accountId: provider.accountId,
      identity,
      roleArn: input.roleArn,
      role,
      keys: federatedKeys(statements.sessionName, input.durationSeconds, stated),
    })
    trail.decided(verdict)
    if (verdict.decision.effect !== 'ALLOW' || role === null) throw notAuthorized(verdict.action)
    return await issueRoleSession(
      call,
      {
        role,
        sessionName: statements.sessionName,
        durationSeconds: secondsAsked(input.durationSeconds, statements.sessionDuration, assertion, now),
        limits,
        inherited: [],
        userId: subject,
        sourceIdentity: stated.sourceIdentity,
        saml: { provider: provider.name, subject, subjectType, nameQualifier },
      },
      async (tx, issued) => {
        await useAssertion(tx, provider.accountId, assertion, { now, expiresAt: expiryOf(assertion) })
        await trail.succeeded(tx, issued)
      },
    )
  })
  return { ...assumed, subject, subjectType, issuer, audience: recipient, nameQualifier }
}

/** A provider of another account than the role's is none: accounts vouch for their own people only. */
async function findProvider(
  { db }: Services,
  { roleArn, principalArn }: AssumeRoleWithSamlInput,
): Promise<SamlProviderRecord | null> {
  const named = parseSamlProviderArn(principalArn)
  const { accountId } = parseIamArn(roleArn) ?? {}
  if (named === null || !/^\d{12}$/.test(named.accountId) || named.accountId !== accountId) return null
  const where = { accountId_name: { accountId, name: named.name } }
  return await db.samlProvider.findUnique({ where, omit: WITHOUT_DOCUMENT })
}

/** Who sends what nobody could read does not learn which providers there are. */
function missingProvider(text: string): IamError {
  try {
    readSamlResponse(text, [])
  } catch (error) {
    if (error instanceof SamlFault && error.kind !== 'signature') return faultOf(error)
    if (!(error instanceof SamlFault)) throw error
  }
  return invalidToken("Specified provider doesn't exist")
}

function assertionOf(
  { entityId, certificates, validUntil }: SamlProviderRecord,
  text: string,
  now: Date,
): SamlAssertion {
  if (validUntil !== null && validUntil <= now)
    throw invalidToken('The metadata of the specified provider have expired')
  const assertion = readBy(() => readSamlResponse(text, keysAt(certificates, now)))
  if (assertion.issuer !== entityId) throw invalidToken('Issuer not present in specified provider')
  return assertion
}

function statementsOf(assertion: SamlAssertion): SamlStatements {
  return readBy(() => readStatements(assertion.attributes))
}

function readBy<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof SamlFault) throw faultOf(error)
    if (error instanceof UnreadableStatements) throw invalidToken(error.message)
    throw error
  }
}

function faultOf({ kind, message }: SamlFault): IamError {
  return kind === 'rejected' ? new IamError('IDPRejectedClaim', message) : invalidToken(message)
}

/**
 * Whom the assertion is about, when it is for this server: addressed to its `/saml`, or to AWS as the applications that identity
 * providers come with do. Which of both a role takes is for its trust policy to say, with `saml:aud`.
 */
function identityOf(
  { accountId, name }: SamlProviderRecord,
  assertion: SamlAssertion,
  { compared }: SamlStatements,
  origin: string,
): SamlIdentity {
  const own = `${origin}/saml`
  const isOurs = (address: string) => address === own || AWS_RECIPIENT.test(address)
  const recipient = assertion.confirmations.map((confirmation) => confirmation.recipient).find(isOurs)
  if (recipient === undefined || (assertion.destination && !isOurs(assertion.destination)))
    throw invalidToken('Response does not contain the required recipient')
  const meant = (audience: string) => audience === AWS_AUDIENCE || isOurs(audience)
  if (assertion.audiences.length === 0 || !assertion.audiences.every((restriction) => restriction.some(meant)))
    throw invalidToken('Response does not contain the required audience')
  const format = assertion.subjectFormat || UNSPECIFIED
  return {
    provider: name,
    subject: assertion.subject,
    subjectType: format.startsWith(FORMATS_OF_SAML) ? format.slice(FORMATS_OF_SAML.length) : format,
    nameQualifier: createHash('sha1').update(`${assertion.issuer}${accountId}/${name}`).digest('base64'),
    issuer: assertion.issuer,
    recipient,
    claims: compared,
  }
}

/** An assertion for another role, or for one at AWS, opens nothing here. */
function names({ roles }: SamlStatements, { roleArn, principalArn }: AssumeRoleWithSamlInput): boolean {
  return roles.some((role) => role.roleArn === roleArn && role.providerArn === principalArn)
}

function invalidToken(message: string): IamError {
  return new IamError('InvalidIdentityToken', message)
}

function notAuthorized(action: string): IamError {
  return new IamError('AccessDenied', `Not authorized to perform ${action}`)
}

/** All but the assertion. */
function describe({ roleArn, principalArn, durationSeconds, policy, policyArns }: AssumeRoleWithSamlInput) {
  return {
    roleArn,
    principalArn,
    durationSeconds: durationSeconds ?? null,
    policy: policy ?? null,
    policyArns: [...(policyArns ?? [])],
  }
}
