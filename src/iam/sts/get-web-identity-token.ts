import { GLOBAL_REGION } from '../../access/context.ts'
import { oidcProviderArn } from '../../authn/arn.ts'
import { type IdentityTokenAlgorithm, signIdentityToken } from '../../authn/jwt/index.ts'
import type { Principal } from '../../authn/principal.ts'
import { SECRET_OWNER } from '../../authn/secret-owner.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { payForDetail } from '../audit/record-within.ts'
import type { IssuingCall, Tx } from '../call.ts'
import { lengthErrors, patternError, throwBroken } from '../constraints.ts'
import { callerGone, IamError } from '../errors.ts'
import { holdBack } from '../held-statements.ts'
import { uuidv7 } from '../identifiers.ts'
import { issuerIdentifier, LONGEST_IDENTITY_TOKEN_SECONDS } from '../outbound-federation/token-issuer.ts'
import { recorded } from '../recorded.ts'
import {
  checkTagTexts,
  describeTags,
  DUPLICATE_KEYS,
  foldTagKey,
  hasDuplicateKeys,
  type TagInput,
} from '../tags/tag-rules.ts'
import { checkStsConstraints } from './sts-constraints.ts'

export interface GetWebIdentityTokenInput {
  /** Who the token is for: `aud`. */
  readonly audience: readonly string[]
  /** 60 to 3,600; 300 when omitted. */
  readonly durationSeconds?: number | null
  readonly signingAlgorithm: IdentityTokenAlgorithm
  /** What the caller states in the token. */
  readonly tags?: readonly TagInput[] | null
}

export interface IdentityTokenAnswer {
  readonly webIdentityToken: string
  readonly expiresAt: Date
}

export const DEFAULT_SECONDS = 300
const DURATION = { from: 60, to: LONGEST_IDENTITY_TOKEN_SECONDS }
const AUDIENCES = { min: 1, max: 10 }
const AUDIENCE = { min: 1, max: 1000 }
const READABLE = /^[^\p{Cc}\p{Cs}]*$/u
/** Bytes of the claims: tokens travel in headers, which servers limit, and become a third longer there. */
const LONGEST_PAYLOAD = 8_192

/**
 * A signed token that says who the caller is, for somebody else to verify with the keys that the account's issuer publishes (AWS STS
 * API reference, GetWebIdentityToken; AWS IAM user guide, "Understanding token claims"). It lives no longer than the session that it
 * is asked for in. Throws OutboundWebIdentityFederationDisabledException, SessionDurationEscalationException,
 * JWTPayloadSizeExceededException, AccessDenied (root), InvalidParameterValue, InvalidInput, ValidationError.
 */
export async function getWebIdentityToken(
  call: IssuingCall,
  input: GetWebIdentityTokenInput,
): Promise<IdentityTokenAnswer> {
  checkInput(input)
  const { audience, signingAlgorithm } = input
  const tags = input.tags ?? []
  const seconds = input.durationSeconds ?? DEFAULT_SECONDS
  const now = call.clock()
  const tokenId = uuidv7(now, call.random)
  const detail = {
    audience: [...audience],
    durationSeconds: seconds,
    signingAlgorithm,
    tags: describeTags(tags),
    tokenId,
  }
  payForDetail(call, detail)
  const issuedAt = Math.floor(now.getTime() / 1000)
  const expiresAt = new Date((issuedAt + seconds) * 1000)
  return await recorded(call, detail, async (tx) => {
    const { principal } = call
    checkCaller(principal, expiresAt)
    const { issuer, key } = await signerOf(tx, principal.accountId, signingAlgorithm)
    const claims = {
      iss: issuerIdentifier(call.issuer.issuer, issuer),
      aud: audience.length === 1 ? audience[0] : audience,
      sub: arnOf(principal),
      iat: issuedAt,
      exp: issuedAt + seconds,
      jti: tokenId,
      'https://sts.amazonaws.com/': {
        aws_account: principal.accountId,
        source_region: GLOBAL_REGION,
        principal_id: arnOf(principal),
        ...sessionClaims(principal),
        ...tagClaims('principal_tags', await principalTags(tx, principal)),
        ...tagClaims('request_tags', tags),
      },
    }
    if (Buffer.byteLength(JSON.stringify(claims)) > LONGEST_PAYLOAD)
      throw new IamError(
        'JWTPayloadSizeExceededException',
        `The requested token payload exceeds the maximum size of ${LONGEST_PAYLOAD} bytes. Reduce the number of audiences and request tags.`,
      )
    const privateKey = call.secrets.open(
      { ciphertext: key.privateKey, keyId: key.sealedBy },
      SECRET_OWNER.tokenIssuerKey(key),
    )
    const webIdentityToken = signIdentityToken({ kid: key.id, algorithm: signingAlgorithm, privateKey }, claims)
    return { webIdentityToken, expiresAt }
  })
}

function checkInput({ audience, durationSeconds, tags }: GetWebIdentityTokenInput): void {
  throwBroken([
    ...lengthErrors('audience', audience, AUDIENCES),
    ...audience.flatMap((text, index) => {
      const place = `audience.${index + 1}.member`
      const lengths = lengthErrors(place, text, AUDIENCE)
      return lengths.length > 0 || READABLE.test(text) ? lengths : [patternError(place, READABLE)]
    }),
  ])
  checkStsConstraints({ durationSeconds }, DURATION)
  checkTagTexts(tags ?? [])
  if (hasDuplicateKeys(tags ?? [])) throw new IamError('InvalidParameterValue', DUPLICATE_KEYS)
}

function checkCaller({ kind, expiresAt }: Principal, tokenExpiresAt: Date): void {
  if (kind === 'root') throw new IamError('AccessDenied', 'GetWebIdentityToken may not be called by root accounts.')
  if (expiresAt !== null && tokenExpiresAt > expiresAt)
    throw new IamError(
      'SessionDurationEscalationException',
      'The requested token duration would extend the session beyond its original expiration time.',
    )
}

/** The issuer as it is until the token is recorded: whoever disables it waits for that. */
async function signerOf(tx: Tx, accountId: string, algorithm: IdentityTokenAlgorithm) {
  await holdBack(tx, Prisma.sql`SELECT 1 FROM token_issuer WHERE account_id = ${accountId} FOR SHARE`)
  const issuer = await tx.tokenIssuer.findUnique({
    where: { accountId },
    include: { keys: { where: { algorithm, retiredAt: null } } },
  })
  const [key] = issuer?.keys ?? []
  if (issuer?.enabled !== true || key === undefined)
    throw new IamError(
      'OutboundWebIdentityFederationDisabledException',
      'Outbound web identity federation is not enabled for this account.',
    )
  return { issuer, key }
}

/** The user's ARN; of a session the role's, as `aws:PrincipalArn` has it. */
function arnOf({ arn, delegation }: Principal): string {
  return delegation?.principalArn ?? arn
}

function sessionClaims({ accountId, expiresAt, sourceIdentity, delegation }: Principal) {
  const provider = delegation?.webIdentity?.provider
  return {
    ...(expiresAt !== null && { original_session_exp: `${expiresAt.toISOString().slice(0, 19)}Z` }),
    ...(sourceIdentity !== null && { source_identity: sourceIdentity }),
    ...(provider !== undefined && { federated_provider: oidcProviderArn(accountId, provider) }),
  }
}

/** Those of the user or role as they are now; tags of the session take precedence, as `aws:PrincipalTag/…` has them. */
async function principalTags(tx: Tx, { accountId, id, delegation }: Principal): Promise<TagInput[]> {
  const tags = { select: { key: true, value: true }, orderBy: { keyFold: 'asc' } } as const
  const owner =
    delegation === undefined
      ? await tx.user.findUnique({ where: { accountId_id: { accountId, id } }, select: { tags } })
      : await tx.role.findUnique({ where: { accountId_id: { accountId, id: delegation.ownerId } }, select: { tags } })
  if (owner === null) throw callerGone()
  const ofSession = delegation?.session.tags ?? []
  const overridden = new Set(ofSession.map(({ key }) => foldTagKey(key)))
  return [...owner.tags.filter(({ key }) => !overridden.has(foldTagKey(key))), ...ofSession]
}

/** An object by key; left out when it is empty. */
function tagClaims(name: string, tags: readonly TagInput[]): object {
  return tags.length === 0 ? {} : { [name]: Object.fromEntries(tags.map(({ key, value }) => [key, value])) }
}
