import { type ParsedSignature, parseSignature } from '../sigv4/index.ts'
import type { AuthenticationContext } from './strategy.ts'

const read = new WeakMap<AuthenticationContext, ParsedSignature | null>()

/** The request's signature, read once for both kinds of keys; null when it states none. Throws AuthenticationError. */
export function signatureOf(context: AuthenticationContext): ParsedSignature | null {
  const known = read.get(context)
  if (known !== undefined) return known
  const { request, now, services } = context
  const result = parseSignature(request, { now, services })
  if (!result.ok && !result.missing) throw result.error
  const signature = result.ok ? result.signature : null
  read.set(context, signature)
  return signature
}

/** Ids of temporary keys begin with this; what does not is looked up as a long-term key. */
export const TEMPORARY = 'ASIA'
