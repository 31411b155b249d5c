import { createHash } from 'node:crypto'
import type { RandomSource } from '../identifiers.ts'

const SECRET_BYTES = 33

interface Named {
  readonly publicName: string
  readonly apiKey: boolean
}

/**
 * A secret of 264 random bits in 44 characters of base64. An API key is sent alone, so it carries its public name: `ABSK` and the
 * base64 of `{public name}:{secret}`, as scanners for leaked keys look for.
 */
export function newServiceSecret({ publicName, apiKey }: Named, random: RandomSource): string {
  const secret = Buffer.from(random(SECRET_BYTES)).toString('base64')
  return apiKey ? `ABSK${Buffer.from(`${publicName}:${secret}`).toString('base64')}` : secret
}

/** What is stored. A slow hash would protect what people choose; nobody can try 2^264 secrets. */
export function hashServiceSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
