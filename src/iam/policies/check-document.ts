import { type PolicyDocument, parsePolicy } from '../../policy/index.ts'
import { IamError } from '../errors.ts'

/**
 * Parses a policy text as IAM does when it is stored. Throws MalformedPolicyDocument with IAM's sentence and, beside it, where
 * in the text the fault is.
 */
export function checkDocument(text: string, kind: 'managed' | 'inline' | 'session' | 'trust'): PolicyDocument {
  const parsed = parsePolicy(text, kind)
  if (parsed.ok) return parsed.document
  const { message, path, line, column } = parsed.error
  throw new IamError('MalformedPolicyDocument', message, { path, line, column })
}
