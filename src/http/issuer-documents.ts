import type { IssuerDocuments } from '../iam/outbound-federation/published-issuers.ts'
import { answerJson } from './answer.ts'
import type { Exchange, Step } from './exchange.ts'
import { HttpError } from './http-error.ts'

/** Finds what an account's issuer publishes; throws what a caller is told when the address asks too much. */
export type FindIssuer = (id: string, sourceIp: string | null) => Promise<IssuerDocuments | null>

const ADDRESS = /^\/issuers\/([0-9a-f]{32})\/\.well-known\/(openid-configuration|jwks\.json)$/

/**
 * Where others find the keys that an account's identity tokens are signed with. Like the keys of the server itself they are for
 * everybody, and may be kept for a while.
 */
export function issuerDocuments(find: FindIssuer): Step {
  return (exchange) => {
    const [, id, name] = ADDRESS.exec(exchange.path) ?? []
    return id === undefined ? undefined : publish(exchange, name === 'jwks.json' ? 'jwks' : 'configuration', find, id)
  }
}

async function publish(exchange: Exchange, which: keyof IssuerDocuments, find: FindIssuer, id: string): Promise<void> {
  const { method } = exchange.request
  if (method !== 'GET' && method !== 'HEAD')
    throw new HttpError('MethodNotAllowed', 'Only GET, HEAD is allowed here.', { allow: 'GET, HEAD' })
  const documents = await find(id, exchange.address.sourceIp)
  if (documents !== null) answerJson(exchange, 200, documents[which], { 'cache-control': 'public, max-age=300' })
}
