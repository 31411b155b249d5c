export {
  type AccessTokenClaims,
  type AccessTokenResult,
  createVerifiedTokens,
  signAccessToken,
  type VerifiedTokens,
  verifyAccessToken,
} from './access-token.ts'
export {
  createIdentityKey,
  IDENTITY_TOKEN_ALGORITHMS,
  type IdentityJwk,
  identityJwk,
  type IdentityKey,
  type IdentityTokenAlgorithm,
  signIdentityToken,
} from './identity-token.ts'
export { type JsonWebKeySet, jwks } from './jwks.ts'
export {
  createKeyring,
  createSigningKey,
  deserializeSigningKey,
  isPublished,
  type Keyring,
  LONGEST_TOKEN_MS,
  type SigningKey,
  serializeSigningKey,
} from './signing-key.ts'
export type { SealKeyring } from './token-seal.ts'
