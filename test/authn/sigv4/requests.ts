import { Sha256 } from '@aws-crypto/sha256-js'
import { SignatureV4 } from '@smithy/signature-v4'
import { parseSignature, type SignedRequest, verifySignature } from '../../../src/authn/sigv4/index.ts'

export const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
export const accessKeyId = 'AKIARZPUZDIKFABCDEF2'
export const now = new Date('2025-01-02T03:04:05Z')
export const services = ['iam', 'sts', 'latchkey']

export interface PlainRequest {
  method: string
  /** As it goes over the wire. */
  path: string
  query: Record<string, string | string[]>
  headers: Record<string, string>
  body: Uint8Array
}

const rfc3986 = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)

function target(path: string, query: Record<string, string | string[]>): string {
  const text = Object.entries(query)
    .flatMap(([name, value]) => [value].flat().map((one) => `${rfc3986(name)}=${rfc3986(one)}`))
    .join('&')
  return text ? `${path}?${text}` : path
}

export function signer(options: { sessionToken?: string; region?: string; service?: string; checksum?: boolean } = {}) {
  return new SignatureV4({
    credentials: { accessKeyId, secretAccessKey, sessionToken: options.sessionToken },
    region: options.region ?? 'us-east-1',
    service: options.service ?? 'iam',
    sha256: Sha256,
    applyChecksum: options.checksum ?? false,
  })
}

function plainQuery(query: Record<string, string | string[] | null> | undefined): PlainRequest['query'] {
  return Object.fromEntries(Object.entries(query ?? {}).map(([name, value]) => [name, value ?? '']))
}

/** Signed by the AWS SDK's own signer, in the header or in the query. */
export async function signedBySdk(
  { method, path, query, headers, body }: PlainRequest,
  options: Parameters<typeof signer>[0] & { presigned?: boolean } = {},
): Promise<SignedRequest> {
  const request = { method, protocol: 'https:', hostname: headers.host ?? '', path, query, headers, body }
  const one = signer(options)
  const signed = options.presigned
    ? await one.presign(request, { signingDate: now })
    : await one.sign(request, { signingDate: now })
  return {
    method,
    url: target(path, plainQuery(signed.query)),
    rawHeaders: Object.entries(signed.headers).flat(),
    body,
  }
}

/** What a caller does with the two halves. */
export function verify(request: SignedRequest, secret = secretAccessKey, at = now): string {
  const parsed = parseSignature(request, { now: at, services })
  if (!parsed.ok) return parsed.error.code
  // The access key id chooses the secret and is not itself signed: a changed one finds another key, or none.
  if (parsed.signature.accessKeyId !== accessKeyId) return 'InvalidClientTokenId'
  const verdict = verifySignature(parsed.signature, secret)
  return verdict === true ? 'verified' : verdict.code
}
