export { type ParsedSignature, parseSignature } from './parse-signature.ts'
export type { SignedRequest } from './signed-request.ts'
export { SigningKeyCache } from './signing-key.ts'
export { verifySignature } from './verify-signature.ts'
