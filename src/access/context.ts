import { oidcProviderArn, parseIamArn, samlProviderArn } from '../authn/arn.ts'
import type { Principal, SamlSession, WebIdentitySession } from '../authn/principal.ts'
import { createContext, type RequestContext } from '../policy/index.ts'
import type { RequestInfo } from './request-info.ts'
import type { Tag, Target } from './sources.ts'

type Entry = [string, string | readonly string[]]

/** IAM and the global STS endpoint live in one region, whatever the client signed for. */
export const GLOBAL_REGION = 'us-east-1'

const PRINCIPAL_TYPE: Readonly<Record<Principal['kind'], string>> = {
  root: 'Account',
  user: 'User',
  'role-session': 'AssumedRole',
  federated: 'FederatedUser',
}

/**
 * The condition keys that every request of a caller carries. Absent keys are really absent: a long-term access key has no
 * aws:MultiFactorAuthPresent at all, which is what `BoolIfExists` and `Null` conditions are written for.
 */
export function principalContext(
  principal: Principal,
  tags: readonly Tag[],
  request: RequestInfo,
  now: Date,
): RequestContext {
  const entries: Entry[] = [
    ['aws:userid', principal.id],
    ['aws:PrincipalArn', principal.delegation?.principalArn ?? principal.arn],
    ['aws:PrincipalAccount', principal.accountId],
    ['aws:PrincipalType', PRINCIPAL_TYPE[principal.kind]],
    ...requestEntries(request, now),
  ]
  if (principal.name !== null) entries.push(['aws:username', principal.name])
  if (principal.sourceIdentity !== null) entries.push(['aws:SourceIdentity', principal.sourceIdentity])
  if (principal.credential !== 'ACCESS_KEY') {
    const { issuedAt, mfaAuthenticatedAt } = principal
    if (issuedAt !== null) entries.push(['aws:TokenIssueTime', isoSeconds(issuedAt)])
    entries.push(['aws:MultiFactorAuthPresent', String(mfaAuthenticatedAt !== null)])
    if (mfaAuthenticatedAt !== null) entries.push(['aws:MultiFactorAuthAge', ageInSeconds(mfaAuthenticatedAt, now)])
  }
  const webIdentity = principal.delegation?.webIdentity
  if (webIdentity !== undefined) entries.push(...webIdentityEntries(principal.accountId, webIdentity))
  const saml = principal.delegation?.saml
  if (saml !== undefined) entries.push(...samlEntries(principal.accountId, saml))
  // Of two entries for one key, in any case, the later one counts: session tags override those of the role or user.
  for (const { key, value } of [...tags, ...(principal.delegation?.session.tags ?? [])])
    entries.push([`aws:PrincipalTag/${key}`, value])
  return createContext(entries)
}

/** The condition keys of a request, whoever makes it. */
export function requestEntries(request: RequestInfo, now: Date): Entry[] {
  const entries: Entry[] = [
    ['aws:PrincipalIsAWSService', 'false'],
    ['aws:ViaAWSService', 'false'],
    ['aws:SecureTransport', String(request.secureTransport)],
    ['aws:CurrentTime', isoSeconds(now)],
    ['aws:EpochTime', epochSeconds(now)],
    ['aws:RequestedRegion', GLOBAL_REGION],
  ]
  if (request.sourceIp !== null) entries.push(['aws:SourceIp', request.sourceIp])
  if (request.userAgent !== null) entries.push(['aws:UserAgent', request.userAgent])
  if (request.referer !== null) entries.push(['aws:referer', request.referer])
  return entries
}

/**
 * What an identity provider said of a caller: while the role is assumed, and in all that its session does (AWS IAM user guide,
 * "Available keys for AWS OIDC federation"). The provider's own keys begin with its address.
 */
export function webIdentityEntries(accountId: string, identity: WebIdentitySession): Entry[] {
  const { provider, audience, subject } = identity
  return [
    ['aws:FederatedProvider', oidcProviderArn(accountId, provider)],
    [`${provider}:aud`, audience],
    [`${provider}:sub`, subject],
  ]
}

/**
 * What an identity provider of SAML said of a caller: while the role is assumed, and in all that its session does (AWS IAM user guide,
 * "Available keys for SAML-based AWS STS federation").
 */
export function samlEntries(accountId: string, identity: SamlSession): Entry[] {
  const { provider, subject, subjectType, nameQualifier } = identity
  return [
    ['aws:FederatedProvider', samlProviderArn(accountId, provider)],
    ['saml:namequalifier', nameQualifier],
    ['saml:sub', subject],
    ['saml:sub_type', subjectType],
  ]
}

/** The condition keys of a session that began with an MFA code just now. */
export const FRESH_MFA: readonly Entry[] = [
  ['aws:MultiFactorAuthPresent', 'true'],
  ['aws:MultiFactorAuthAge', '0'],
]

/** What changes when the same request comes with an MFA code that was given just now. */
export function withFreshMfa(context: RequestContext, now: Date): RequestContext {
  const entries: Entry[] = [...FRESH_MFA]
  if (context.get('aws:TokenIssueTime') === undefined) entries.push(['aws:TokenIssueTime', isoSeconds(now)])
  return context.extend(entries)
}

/** The condition keys that describe the target: its tags and its permissions boundary. */
export function targetEntries(target: Target): Entry[] {
  const entries: Entry[] = []
  const ofIam = target.tags.length > 0 && hasTagsOfIam(target.arn)
  for (const { key, value } of target.tags) {
    entries.push([`aws:ResourceTag/${key}`, value])
    if (ofIam) entries.push([`iam:ResourceTag/${key}`, value])
  }
  if (target.boundaryArn !== null) entries.push(['iam:PermissionsBoundary', target.boundaryArn])
  return entries
}

/** `iam:ResourceTag/…` is for users and roles only (AWS IAM user guide, "IAM and AWS STS condition context keys"). */
function hasTagsOfIam(arn: string): boolean {
  const type = parseIamArn(arn)?.type
  return type === 'user' || type === 'role'
}

/** `aws:RequestTag/…` and `aws:TagKeys` of a request that writes tags; nothing when it carries none. */
export function requestTags(tags: readonly Tag[] | null | undefined): Entry[] {
  if (!tags || tags.length === 0) return []
  return [
    ...tags.map(({ key, value }): Entry => [`aws:RequestTag/${key}`, value]),
    ...tagKeys(tags.map(({ key }) => key)),
  ]
}

/** `aws:TagKeys` of a request that names tag keys; absent, not empty, when it names none. */
export function tagKeys(keys: readonly string[]): Entry[] {
  return keys.length === 0 ? [] : [['aws:TagKeys', [...keys]]]
}

/** `iam:PermissionsBoundary` of a request that sets a boundary; nothing when it sets none. */
export function boundaryAsked({ permissionsBoundary }: { readonly permissionsBoundary?: string | null }): Entry[] {
  return permissionsBoundary ? [['iam:PermissionsBoundary', permissionsBoundary]] : []
}

/** `iam:PassedToService` of a request that hands a role to a service. */
export function passedTo(service: string): Entry[] {
  return [['iam:PassedToService', service]]
}

/** `iam:AWSServiceName` of a request about the role of a service. */
export function roleOfService(service: string): Entry[] {
  return [['iam:AWSServiceName', service]]
}

/** Seconds between an MFA code and now; a clock that went back gives 0. */
function ageInSeconds(since: Date, now: Date): string {
  return String(Math.max(0, Math.floor((now.getTime() - since.getTime()) / 1000)))
}

function isoSeconds(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`
}

function epochSeconds(date: Date): string {
  return String(Math.floor(date.getTime() / 1000))
}
