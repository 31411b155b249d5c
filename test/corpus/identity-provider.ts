import type { FetchDocument } from '../../src/authn/web-identity/index.ts'
import { idToken, jwkOf, newPair } from '../support/identity-provider.ts'

/** An identity provider without a server: Latchkey is handed its documents, and tokens are signed here. */
export const ISSUER = 'https://idp.example.com/realms/staff'

const pair = newPair('ES256')
const DOCUMENTS: ReadonlyMap<string, unknown> = new Map([
  [`${ISSUER}/.well-known/openid-configuration`, { issuer: ISSUER, jwks_uri: 'https://idp.example.com/keys' }],
  ['https://idp.example.com/keys', { keys: [jwkOf(pair)] }],
])

export const fetchDocument: FetchDocument = async (url) => {
  const document = DOCUMENTS.get(url)
  if (document === undefined) throw new Error(`${url} answers 404.`)
  return document
}

/** A token that is good at `now`, but for the changes. */
export const tokenOf = (now: Date, changes: object = {}): string => idToken(ISSUER, pair, now, changes)
