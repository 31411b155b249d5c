import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Principal } from '../authn/principal.ts'
import { isSameOrigin } from '../authn/same-origin.ts'
import type { Cost, Meter } from '../tracing/index.ts'
import type { ClientAddress } from './client-address.ts'

/** What a caller was told went wrong, for the log and the figures. */
export interface Failure {
  /** One of ours, never the caller's text. */
  readonly code: string
  /** Of a denial: under this id its reasons can be read. */
  readonly decisionId: string | null
}

/** One request and its answer on the way through the chain. */
export interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** UUID version 4; on every answer and in every error. */
  readonly id: string
  /** Without the query string, which may hold a presigned credential. */
  readonly path: string
  readonly address: ClientAddress
  /** Milliseconds of the monotonic clock. */
  readonly startedAt: number
  /** The bytes as they came in: a signature covers them. */
  body: Buffer
  /** Tells that the body no longer counts as one of a sender who is not authenticated. */
  releaseBody?: () => void
  /** Null until authenticated, and for anonymous callers. */
  principal: Principal | null
  /**
   * Operation type and root fields, e.g. `mutation createAccessKey`, or service and action, e.g. `iam CreateAccessKey`: names that
   * are served, never the caller's text.
   */
  operation: string | null
  /** What the answer says went wrong, in any of its parts. */
  readonly failures: Failure[]
  /** What the request has had of the database so far. */
  readonly meter: Meter
  /** The same, for those who ask the database. */
  readonly cost: Cost
}

/** A link of the chain. The chain ends at the first step that begins an answer. */
export type Step = (exchange: Exchange) => void | Promise<void>

export function isAnswered({ response }: Exchange): boolean {
  return response.headersSent || response.writableEnded || response.destroyed
}

/** Whether a page of this origin sent the request. */
export function isFromOwnPage({ request }: Exchange, publicUrl: string): boolean {
  const { 'sec-fetch-site': site, origin } = request.headers
  return isSameOrigin({ secFetchSite: Array.isArray(site) ? site.join(', ') : site, origin }, publicUrl)
}

/** Whether a person with a browser is asking for a page. */
export function wantsPage({ request }: Exchange): boolean {
  const { method, headers } = request
  return (method === 'GET' || method === 'HEAD') && (headers.accept ?? '').includes('text/html')
}
