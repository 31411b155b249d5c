import { BoundedCache } from '../../authn/bounded-cache.ts'
import { IDENTITY_TOKEN_ALGORITHMS, type IdentityJwk, identityJwk } from '../../authn/jwt/index.ts'
import { addressGroup } from '../../budget/index.ts'
import type { Services } from '../call.ts'
import { isStillPublished, issuerIdentifier, PUBLIC_KEYS } from './token-issuer.ts'

/** What others verify the tokens of one account with (OpenID Connect Discovery 1.0 §3, RFC 7517 §5). */
export interface IssuerDocuments {
  readonly configuration: Readonly<Record<string, unknown>>
  readonly jwks: { readonly keys: readonly IdentityJwk[] }
}

export interface PublishedIssuers {
  /**
   * At most a second old; null for what is no issuer. What is not in memory is read for the address that asks, from its budget:
   * throws OverBudget.
   */
  find(id: string, sourceIp: string | null): Promise<IssuerDocuments | null>
}

interface Remembered {
  readonly at: number
  readonly documents: Promise<IssuerDocuments | null>
}

/** Some 2 KB each. */
const REMEMBERED = 1_000
const KEPT_FOR_MS = 1_000

/** @param now milliseconds of a clock that never goes back */
export function createPublishedIssuers(
  services: Pick<Services, 'db' | 'clock' | 'budgets'>,
  { publicUrl, now }: { readonly publicUrl: string; readonly now: () => number },
): PublishedIssuers {
  const remembered = new BoundedCache<string, Remembered>(REMEMBERED)
  return {
    find(id, sourceIp) {
      const at = now()
      const known = remembered.get(id)
      if (known !== undefined && at - known.at < KEPT_FOR_MS) return known.documents
      services.budgets.of({ kind: 'address', id: addressGroup(sourceIp) }).draw('issuerDocuments', 1)
      const documents = read(services, publicUrl, id)
      remembered.set(id, { at, documents })
      documents.catch(() => remembered.delete(id))
      return documents
    },
  }
}

async function read(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  publicUrl: string,
  id: string,
): Promise<IssuerDocuments | null> {
  const found = await db.tokenIssuer.findUnique({ where: { id }, include: PUBLIC_KEYS })
  if (found === null) return null
  const issuer = issuerIdentifier(publicUrl, found)
  const keys = found.keys.filter((key) => isStillPublished(key, { clock }))
  return {
    configuration: {
      issuer,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      response_types_supported: ['id_token'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: IDENTITY_TOKEN_ALGORITHMS,
      claims_supported: ['iss', 'aud', 'sub', 'iat', 'exp', 'jti', 'https://sts.amazonaws.com/'],
    },
    jwks: { keys: keys.map((key) => identityJwk({ kid: key.id, ...known(key) })) },
  }
}

function known({ algorithm, publicKey }: { readonly algorithm: string; readonly publicKey: string }) {
  const found = IDENTITY_TOKEN_ALGORITHMS.find((one) => one === algorithm)
  if (found === undefined) throw new TypeError('A key of a token issuer has an algorithm that nothing here signs with.')
  return { algorithm: found, publicKey }
}
