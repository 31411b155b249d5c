import { checkConstraints } from '../constraints.ts'
import { IamError } from '../errors.ts'
import { checkQuota } from '../quotas.ts'

/** Characters that mean nothing else in an ARN, a policy or a condition key; a colon stands before the port only. */
const ADDRESS = /^[\w.~-]+(?::\d+)?(?:\/[\w.~/%@+,=-]*)?$/
const THUMBPRINT_LENGTH = 40
const MOST_THUMBPRINTS = 5

/**
 * The address of a provider without `https://`. It must be written as every `iss` of its tokens will be, so only the normal
 * form passes: no query, fragment or user, host in lower case. Unlike at AWS a port may be given, because providers inside a
 * company often have one. Throws InvalidInput, ValidationError.
 */
export function addressOf(url: string): string {
  checkConstraints({ url })
  const parsed = URL.canParse(url) ? new URL(url) : null
  if (parsed === null || parsed.host === '') throw invalidUrl('ValidationError', '')
  if (parsed.protocol !== 'https:') throw invalidUrl('InvalidInput', '. The URL must begin with https://.')
  const address = url.slice('https://'.length)
  const normal = parsed.href === url || parsed.href === `${url}/`
  const plain = parsed.username === '' && parsed.password === '' && parsed.search === '' && parsed.hash === ''
  if (!normal || !plain || !ADDRESS.test(address)) throw invalidUrl('InvalidInput', '.')
  return address
}

/** Client ids as they are stored, each once. Throws LimitExceeded, ValidationError. */
export function clientIdsOf(clientIds: readonly string[]): string[] {
  for (const clientId of clientIds) checkConstraints({ clientId })
  const different = [...new Set(clientIds)]
  checkQuota('ClientIdsPerOpenIdConnectProvider', different.length)
  return different
}

/** Thumbprints as they are stored. Throws InvalidInput. */
export function thumbprintsOf(thumbprints: readonly string[]): string[] {
  if (thumbprints.length > MOST_THUMBPRINTS)
    throw new IamError('InvalidInput', 'Thumbprint list must contain fewer than 5 entries.')
  if (thumbprints.some(({ length }) => length !== THUMBPRINT_LENGTH))
    throw new IamError('InvalidInput', 'Thumbprint must be exactly 40 characters.')
  if (!thumbprints.every((thumbprint) => /^[0-9a-f]+$/i.test(thumbprint)))
    throw new IamError('InvalidInput', 'Thumbprint must contain only hexadecimal characters.')
  return thumbprints.map((thumbprint) => thumbprint.toLowerCase())
}

function invalidUrl(code: 'InvalidInput' | 'ValidationError', end: string): IamError {
  return new IamError(code, `Invalid Open ID Connect Provider URL${end}`)
}
