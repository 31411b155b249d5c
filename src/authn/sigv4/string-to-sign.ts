import { createHash } from 'node:crypto'
import { type CredentialScope, scopeText } from './credential-scope.ts'
import { algorithm } from './signature-parts.ts'

/**
 * Task 2 of SigV4.
 *
 * The canonical request is hashed as one byte per character, because that is how Node hands over header bytes: what was
 * on the wire is what is hashed, whatever its encoding.
 */
export function stringToSign(amzDate: string, scope: CredentialScope, canonicalRequest: string): string {
  const hash = createHash('sha256').update(canonicalRequest, 'latin1').digest('hex')
  return `${algorithm}\n${amzDate}\n${scopeText(scope)}\n${hash}`
}
