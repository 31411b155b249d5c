import { canonicalPath, canonicalQuery } from './canonical-url.ts'
import { SigningKeys, sha256, signatureOf, toHex } from './web-crypto-hmac.ts'

export interface SigningFetchOptions {
  accessKeyId: string
  secretAccessKey: string
  /** Beside a temporary (`ASIA…`) key. */
  sessionToken?: string
  region?: string
  service?: string
  /** What sends the signed request. */
  fetch?: typeof globalThis.fetch
  now?: () => Date
}

const algorithm = 'AWS4-HMAC-SHA256'
const textType = 'text/plain;charset=UTF-8'
const formType = 'application/x-www-form-urlencoded;charset=UTF-8'

/**
 * A `fetch` that signs every request with AWS Signature Version 4, for `new GraphQLClient(url, { fetch })` or on its
 * own. Needs WebCrypto only: runs in browsers and in Node. Signed are the method, path, query and body, the host, the
 * content type and every `x-amz-*` header; other headers are sent as they are.
 *
 * The body may be a string, bytes, URLSearchParams, or that of a Request. A stream has no hash before it was read, so it
 * is refused with a TypeError.
 */
export function createSigningFetch(options: SigningFetchOptions): typeof globalThis.fetch {
  const {
    accessKeyId,
    secretAccessKey,
    sessionToken,
    region = 'us-east-1',
    service = 'iam',
    now = () => new Date(),
  } = options
  const send = options.fetch ?? globalThis.fetch.bind(globalThis)
  const signingKeys = new SigningKeys(secretAccessKey)

  return async (input, init = {}) => {
    const request = typeof input === 'string' || input instanceof URL ? undefined : input
    const url = new URL(typeof input === 'string' || input instanceof URL ? input : input.url, baseUrl())
    const method = (init.method ?? request?.method ?? 'GET').toUpperCase()
    const headers = new Headers(init.headers ?? request?.headers)
    const body = init.body === undefined && request ? await bodyOf(request) : readBody(init.body, headers)

    const amzDate = now()
      .toISOString()
      .replace(/[-:]|\.\d{3}/g, '')
    headers.set('x-amz-date', amzDate)
    if (sessionToken !== undefined) headers.set('x-amz-security-token', sessionToken)

    const signed = signedHeadersOf(url, headers)
    const names = [...signed.keys()].join(';')
    const canonicalHeaders = [...signed].map(([name, value]) => `${name}:${value}\n`).join('')
    const bodyHash = toHex(await sha256(body ?? new Uint8Array()))
    const canonical = `${method}\n${canonicalPath(url.pathname)}\n${canonicalQuery(url.search.slice(1))}\n${canonicalHeaders}\n${names}\n${bodyHash}`

    const date = amzDate.slice(0, 8)
    const scope = `${date}/${region}/${service}/aws4_request`
    const text = `${algorithm}\n${amzDate}\n${scope}\n${toHex(await sha256(bytesOf(canonical)))}`
    const signature = await signatureOf(await signingKeys.get(date, region, service), text)
    headers.set(
      'authorization',
      `${algorithm} Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
    )
    // A Request carries more than its URL (signal, credentials, mode …): pass it along under the signed parts.
    return send(request ? new Request(request, { ...init, method, headers, body }) : url, {
      ...init,
      method,
      headers,
      body,
    })
  }
}

/** One byte per character, as `fetch` sends header values; everything else in a canonical request is ASCII. */
function bytesOf(canonical: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(canonical, (character) => character.charCodeAt(0))
}

/** In a page, a relative URL means what it means to `fetch`. */
function baseUrl(): string | undefined {
  return typeof location === 'undefined' ? undefined : location.href
}

async function bodyOf(request: Request): Promise<Uint8Array<ArrayBuffer> | undefined> {
  return request.body === null ? undefined : new Uint8Array(await request.clone().arrayBuffer())
}

function readBody(body: BodyInit | null | undefined, headers: Headers): Uint8Array<ArrayBuffer> | undefined {
  if (body === null || body === undefined) return undefined
  if (typeof body === 'string' || body instanceof URLSearchParams) {
    // `fetch` is given bytes and would no longer add the type that it adds to these.
    if (!headers.has('content-type')) headers.set('content-type', typeof body === 'string' ? textType : formType)
    return new TextEncoder().encode(body.toString())
  }
  if (body instanceof ArrayBuffer) return new Uint8Array(body)
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength).slice()
  throw new TypeError('A signed request needs a body of known bytes: a string, a Uint8Array or URLSearchParams')
}

/** Name → canonical value, sorted by name. `host` is what `fetch` will send: scripts cannot set it. */
function signedHeadersOf(url: URL, headers: Headers): Map<string, string> {
  const signed = new Map<string, string>([['host', url.host]])
  headers.forEach((value, name) => {
    if (name === 'content-type' || name.startsWith('x-amz-')) signed.set(name, value.trim().replace(/[ \t]+/g, ' '))
  })
  return new Map([...signed].toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
