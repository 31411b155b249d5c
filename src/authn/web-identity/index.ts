export { createDocumentFetcher, type FetchDocument } from './fetch-document.ts'
export { createProviderKeys, type ProviderKeys } from './provider-keys.ts'
export {
  isSignedByOneOf,
  readWebIdentityToken,
  type WebIdentityClaims,
  type WebIdentityToken,
} from './web-identity-token.ts'
