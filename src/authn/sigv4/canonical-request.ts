import type { ReadRequest } from './parse-signature.ts'
import { canonicalPath } from './percent-encoding.ts'
import { canonicalQuery } from './query-parameters.ts'

/**
 * Task 1 of SigV4: method, path, query, headers, list of headers and body hash, one per line.
 *
 * The list of signed headers is taken as the client states it: it is itself part of what is signed. A listed header that
 * the request does not have counts as empty.
 *
 * @param bodyHash hexadecimal SHA-256 of the body's bytes
 */
export function canonicalRequest(request: ReadRequest, signedHeaders: readonly string[], bodyHash: string): string {
  let text = `${request.method}\n${canonicalPath(request.path)}\n${canonicalQuery(request.query)}\n`
  for (const name of signedHeaders) text += `${name}:${request.headers.get(name) ?? ''}\n`
  return `${text}\n${signedHeaders.join(';')}\n${bodyHash}`
}
