import { createIdentityKey } from '../../src/authn/jwt/index.ts'
import type { Installation } from './installation.ts'

/** One for all: making keys takes time. */
const key = createIdentityKey('ES384')

/** Gives an account an issuer of tokens that is enabled and signs with ES384 alone. */
export async function newTokenIssuer({ db, clock, services }: Installation, accountId: string): Promise<void> {
  const { kid: id, algorithm, publicKey, privateKey } = await key
  const { ciphertext, keyId } = services.secrets.seal(privateKey, `token-issuer-key:${accountId}:${id}`)
  const createdAt = clock()
  const sealed = { id, algorithm, publicKey, privateKey: ciphertext, sealedBy: keyId, createdAt }
  const issuer = { accountId, id: services.random(16).toString('hex'), enabled: true, createdAt }
  await db.tokenIssuer.create({ data: { ...issuer, keys: { create: sealed } } })
}
