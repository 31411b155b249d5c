import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { answer } from './answer.ts'
import { type Step, wantsPage } from './exchange.ts'

/** The page and its workers are inline; it talks to this origin only. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'unsafe-inline'",
  "style-src 'unsafe-inline'",
  'font-src data:',
  'img-src data:',
  "connect-src 'self'",
  'worker-src blob: data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Lines short enough for half a window. */
export const DEFAULT_QUERY = `# Latchkey: IAM over GraphQL
#
# 1. Fill in the password and run SignIn. The browser
#    keeps the session in a cookie that scripts cannot
#    read: there is nothing to paste.
# 2. Run WhoAmI. The documentation (top left) says which
#    permission each field needs.
#
# IAM users sign in with account, userName and password.
# This page remembers what is typed into it: empty the
# password again when you are signed in.

mutation SignIn {
  signIn(
    input: {
      rootEmail: "root@localhost"
      password: ""
    }
  ) {
    expiresAt
    viewer {
      arn
    }
  }
}

query WhoAmI {
  viewer {
    arn
    accountId
    credential
    mfaAuthenticatedAt
  }
}

mutation SignOut {
  signOut {
    __typename
  }
}
`

interface Page {
  readonly etag: string
  readonly encodings: Readonly<Record<'br' | 'gzip' | 'identity', Buffer>>
}

/** GraphiQL for people with a browser, without any other host. 9 MB of page: built and compressed once, when first asked for. */
export function graphiql(): Step {
  let page: Promise<Page> | undefined
  return async (exchange) => {
    if (!wantsPage(exchange)) return
    page ??= buildPage()
    const { etag, encodings } = await page
    const { headers } = exchange.request
    const shared = {
      etag,
      'cache-control': 'no-cache',
      vary: 'accept, accept-encoding, origin',
      'content-security-policy': CONTENT_SECURITY_POLICY,
    }
    if (headers['if-none-match'] === etag) return answer(exchange, 304, shared)
    const accepted = headers['accept-encoding'] ?? ''
    const encoding = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : 'identity'
    const type = { 'content-type': 'text/html; charset=utf-8', 'content-encoding': encoding }
    answer(exchange, 200, { ...shared, ...type }, encodings[encoding])
  }
}

async function buildPage(): Promise<Page> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql')
  const identity = Buffer.from(
    renderGraphiQL({ title: 'Latchkey', defaultQuery: DEFAULT_QUERY, credentials: 'same-origin' }),
  )
  const quality = {
    params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: identity.length },
  }
  const [br, zipped] = await Promise.all([promisify(brotliCompress)(identity, quality), promisify(gzip)(identity)])
  const etag = `W/"${createHash('sha256').update(identity).digest('base64url').slice(0, 22)}"`
  return { etag, encodings: { br, gzip: zipped, identity } }
}
