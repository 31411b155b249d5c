import { createHash } from 'node:crypto'
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
import type { AnonymousCall, Services } from '../call.ts'
import { IamError } from '../errors.ts'
import { type SamlProviderRecord, WITHOUT_DOCUMENT } from '../saml-providers/find-saml-provider.ts'
import type { FederationTrail } from './federation-trail.ts'
import { checkSamlTimes } from './saml-times.ts'

/** For which role of which provider an assertion is presented. */
interface Presented {
  readonly roleArn: string
  readonly principalArn: string
  readonly samlAssertion: string
}

/** What applications for AWS, which identity providers come with, address their assertions to. */
const AWS_RECIPIENT = /^https:\/\/(?:[a-z\d-]+\.)?signin\.aws\.amazon\.com\/saml$/
const AWS_AUDIENCE = 'urn:amazon:webservices'
const FORMATS_OF_SAML = 'urn:oasis:names:tc:SAML:2.0:nameid-format:'
/** SAML Core §8.3.1: what a name is when it does not say. */
const UNSPECIFIED = 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified'

/**
 * What is believed of an assertion before any role is decided on. Throws InvalidIdentityToken, ExpiredTokenException, IDPRejectedClaim.
 */
export async function believed(
  call: AnonymousCall,
  { trail, ...input }: Presented & { readonly trail: FederationTrail },
) {
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
  return { now, provider, assertion, statements, identity }
}

/** A provider of another account than the role's is none: accounts vouch for their own people only. */
async function findProvider(
  { db }: Services,
  { roleArn, principalArn }: Presented,
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

/** Reads something of an assertion; what is wrong with it is told in IAM's words. */
export function readBy<T>(read: () => T): T {
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

function invalidToken(message: string): IamError {
  return new IamError('InvalidIdentityToken', message)
}
