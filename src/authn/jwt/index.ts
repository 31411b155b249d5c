export {
  type AccessTokenClaims,
  type AccessTokenResult,
  createVerifiedTokens,
  signAccessToken,
  type VerifiedTokens,
  verifyAccessToken,
} from './access-token.ts'
export { isPublished, type JsonWebKeySet, jwks } from './jwks.ts'
export {
  createKeyring,
  createSigningKey,
  deserializeSigningKey,
  type Keyring,
  type SigningKey,
  serializeSigningKey,
} from './signing-key.ts'
