import type { Prisma, TokenIssuer, TokenIssuerKey } from '../../generated/prisma/client.ts'
import type { Services, Tx } from '../call.ts'
import { IamError } from '../errors.ts'

/** The longest that an identity token may live (AWS STS API reference, GetWebIdentityToken). */
export const LONGEST_IDENTITY_TOKEN_SECONDS = 3600

/** How far the clocks of those who verify tokens may be behind. */
const CLOCK_SKEW_SECONDS = 300

export interface FederationInfo {
  /** `iss` of the account's tokens: below it are the discovery document and the keys. */
  readonly issuerIdentifier: string
  readonly jwtVendingEnabled: boolean
}

/** The newest key first; the private halves stay in the database. */
export const PUBLIC_KEYS = {
  keys: { omit: { privateKey: true, sealedBy: true }, orderBy: [{ createdAt: 'desc' }, { id: 'asc' }] },
} satisfies Prisma.TokenIssuerInclude

export type IssuerWithKeys = Prisma.TokenIssuerGetPayload<{ include: typeof PUBLIC_KEYS }>

/** The address of an issuer, which is what its tokens have as `iss`. */
export function issuerIdentifier(publicUrl: string, { id }: Pick<TokenIssuer, 'id'>): string {
  return issuers(publicUrl) + id
}

/** Whether a token says that it is of an issuer of this server, of whichever account. */
export function isOwnIssuer(publicUrl: string, issuer: string): boolean {
  return issuer.startsWith(issuers(publicUrl))
}

function issuers(publicUrl: string): string {
  return `${publicUrl}/issuers/`
}

export function findIssuer(db: Tx, accountId: string): Promise<IssuerWithKeys | null> {
  return db.tokenIssuer.findUnique({ where: { accountId }, include: PUBLIC_KEYS })
}

/** Until when tokens that a key signed can be valid; null while it signs. */
function publishedUntil({ retiredAt }: Pick<TokenIssuerKey, 'retiredAt'>): number | null {
  return retiredAt === null ? null : retiredAt.getTime() + (LONGEST_IDENTITY_TOKEN_SECONDS + CLOCK_SKEW_SECONDS) * 1000
}

export function isStillPublished(key: Pick<TokenIssuerKey, 'retiredAt'>, { clock }: Pick<Services, 'clock'>): boolean {
  const until = publishedUntil(key)
  return until === null || clock().getTime() < until
}

export function federationDisabled(): IamError {
  return new IamError('FeatureDisabled', 'Outbound identity federation is not enabled for this account.')
}
