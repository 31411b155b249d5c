import { AuthenticationError, missingAuthenticationToken } from '../authentication-error.ts'
import { readAuthorizationHeader } from './authorization-header.ts'
import { type CredentialScope, readCredential } from './credential-scope.ts'
import { isPresigned, readPresignedQuery } from './presigned-query.ts'
import { type QueryParameter, readQuery } from './query-parameters.ts'
import { type RequestHeaders, readHeaders } from './request-headers.ts'
import type { SignatureParts } from './signature-parts.ts'
import type { SignedRequest } from './signed-request.ts'
import { readSigningDate, requireCurrent } from './signing-date.ts'

/** A well-formed, current signature whose value has not been checked yet: the caller looks the key up first. */
export interface ParsedSignature {
  form: 'header' | 'query'
  accessKeyId: string
  scope: CredentialScope
  /** When the client says that it signed. */
  signedAt: Date
  /** `signedAt` as `YYYYMMDDTHHMMSSZ`. */
  amzDate: string
  /** In the order in which the client lists them. */
  signedHeaders: readonly string[]
  /** As stated by the client. */
  signature: string
  /** Present beside a temporary (ASIA) key only; the caller refuses any other combination. */
  sessionToken: string | undefined
  request: ReadRequest
}

/** The parts of the request that the signature covers. */
export interface ReadRequest {
  method: string
  /** Raw path, without the query. */
  path: string
  query: readonly QueryParameter[]
  headers: RequestHeaders
  body: Uint8Array
}

export interface ParseOptions {
  now: Date
  /** Service names that a credential may be scoped to; the first is the one that the error text names. */
  services: readonly string[]
}

export type ParseResult =
  | { ok: true; signature: ParsedSignature }
  /** `missing`: the request states no signature at all, so a public operation may still be served. */
  | { ok: false; missing: boolean; error: AuthenticationError }

/**
 * Finds and reads the signature of a request, in the header or in the query, and checks all that can be checked without
 * the secret, in AWS's order; the first fault answers. Does not look at the signature's value: see `verifySignature`.
 *
 * @param options.now the server's clock; a signature may be 15 minutes older or newer
 */
export function parseSignature(request: SignedRequest, options: ParseOptions): ParseResult {
  try {
    return parse(request, options)
  } catch (error) {
    if (error instanceof AuthenticationError) return { ok: false, missing: false, error }
    throw error
  }
}

function parse(request: SignedRequest, { now, services }: ParseOptions): ParseResult {
  const mark = request.url.indexOf('?')
  const query = readQuery(mark < 0 ? '' : request.url.slice(mark + 1))
  const headers = readHeaders(request.rawHeaders)

  const authorization = headers.get('authorization')
  const presigned = isPresigned(query)
  if (!authorization && !presigned) return { ok: false, missing: true, error: missingAuthenticationToken() }
  // Two signatures could name two callers: AWS refuses rather than choose, and says nothing about it.
  if (authorization && presigned) throw new AuthenticationError('SignatureDoesNotMatch', '')

  const parts: SignatureParts = authorization
    ? readAuthorizationHeader(authorization, headers)
    : readPresignedQuery(query, headers)
  const signedHeaders = parts.signedHeaders.split(';')
  requireCoverage(signedHeaders, headers)
  const date = readSigningDate(parts.date)
  requireCurrent(date, now)
  const { accessKeyId, scope } = readCredential(parts.credential, services, date)

  return {
    ok: true,
    signature: {
      form: authorization ? 'header' : 'query',
      accessKeyId,
      scope,
      signedAt: date.at,
      amzDate: date.basic,
      signedHeaders,
      signature: parts.signature,
      sessionToken: parts.sessionToken,
      request: {
        method: request.method,
        path: mark < 0 ? request.url : request.url.slice(0, mark),
        query,
        headers,
        body: request.body,
      },
    },
  }
}

/**
 * The host (or a signature could be replayed against another service) and every `x-amz-*` header (they change what a
 * request means: date, session token) must be signed. Headers that proxies add, such as `X-Amzn-Trace-Id`, do not begin
 * with `x-amz-`.
 */
function requireCoverage(signedHeaders: readonly string[], headers: RequestHeaders): void {
  if (!signedHeaders.includes('host')) throw mustBeSigned("'Host' or ':authority'")
  for (const name of headers.keys())
    if (name.startsWith('x-amz-') && !signedHeaders.includes(name)) throw mustBeSigned(`'${name}'`)
}

function mustBeSigned(header: string): AuthenticationError {
  return new AuthenticationError(
    'SignatureDoesNotMatch',
    `${header} must be a 'SignedHeader' in the AWS Authorization.`,
  )
}
