import type { RequestGate } from '../../access/gate.ts'
import { readStatements, type SamlStatements, unverifiedAttributes } from '../../authn/saml/index.ts'
import { addressGroup } from '../../budget/index.ts'
import type { AnonymousCall } from '../call.ts'
import { lengthErrors, throwBroken } from '../constraints.ts'
import { IamError } from '../errors.ts'
import { bucket } from '../throttle/limits.ts'
import { refund, reserve } from '../throttle/reserve.ts'
import { believed, readBy } from './believed-assertion.ts'
import { federatedActions, federatedKeys } from './federated-request.ts'
import { type FederationTrail, openTrail } from './federation-trail.ts'
import { type AssumedRole, issueRoleSession, onCurrentRole } from './role-session.ts'
import { expiryOf, secondsAsked } from './saml-times.ts'
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
  checkLength(samlAssertion)
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

/** A role that an assertion names, and the provider that it comes from. */
export type SamlRole = SamlStatements['roles'][number]

/**
 * The roles that an assertion names, for whoever has to choose one of several: it stays good, and none of them was decided on. It is
 * checked when there are several and none was chosen; otherwise `assumeRoleWithSaml` does that. What fails is counted by address and
 * recorded. Throws as `assumeRoleWithSaml` does.
 */
export async function rolesOfAssertion(
  call: SamlCall,
  { samlAssertion, chosen }: { readonly samlAssertion: string; readonly chosen: string | null },
): Promise<readonly SamlRole[]> {
  checkLength(samlAssertion)
  const attempts = [bucket('webIdentityAddress', addressGroup(call.request.sourceIp))]
  await reserve(call, attempts)
  const { roles } = readBy(() => readStatements(unverifiedAttributes(samlAssertion)))
  const meant = chosen === null ? roles : roles.filter(({ roleArn }) => roleArn === chosen)
  const [first, ...others] = meant
  if (first === undefined) throw notAuthorized(ACTION)
  if (others.length > 0) await checkFor(call, first, samlAssertion)
  await refund(call, attempts)
  return meant.filter(({ providerArn }) => providerArn === first.providerArn)
}

async function checkFor(call: SamlCall, { roleArn, providerArn }: SamlRole, samlAssertion: string): Promise<void> {
  const input = { roleArn, principalArn: providerArn, samlAssertion }
  const trail = openTrail(call, ACTION, roleArn, describe(input))
  try {
    await believed(call, { ...input, trail })
  } catch (error) {
    if (error instanceof IamError) await trail.failed(error.code)
    throw error
  }
}

function checkLength(samlAssertion: string): void {
  throwBroken(lengthErrors('samlAssertion', samlAssertion, ASSERTION))
}

async function assume(
  call: SamlCall,
  input: AssumeRoleWithSamlInput,
  trail: FederationTrail,
): Promise<AssumedRoleWithSaml> {
  const { now, provider, assertion, statements, identity } = await believed(call, { ...input, trail })
  const { subject, subjectType, nameQualifier, issuer, recipient } = identity
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

/** An assertion for another role, or for one at AWS, opens nothing here. */
function names({ roles }: SamlStatements, { roleArn, principalArn }: AssumeRoleWithSamlInput): boolean {
  return roles.some((role) => role.roleArn === roleArn && role.providerArn === principalArn)
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
