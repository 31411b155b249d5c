import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { answer } from './answer.ts'
import { type Step, wantsPage } from './exchange.ts'
import { SIGN_IN_FORM } from './sign-in-form.ts'

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
export const DEFAULT_QUERY = `# Latchkey: identity and access management, over GraphQL.
#
# "Sign in" is at the top right; the session is in a cookie.
# The documentation on the left says which permission each
# field needs. Ctrl-Space suggests, Ctrl-Enter runs.

query WhoAmI {
  viewer {
    arn
    accountId
    credential
    mfaAuthenticatedAt
  }
}

query Users {
  users(first: 20) {
    edges {
      node {
        name
        arn
        accessKeys {
          accessKeyId
          status
        }
      }
    }
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

/** Before the last closing tag: the page holds others inside its scripts. */
function withSignIn(page: string): string {
  const end = page.lastIndexOf('</body>')
  return `${page.slice(0, end)}${SIGN_IN_FORM}${page.slice(end)}`
}

async function buildPage(): Promise<Page> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql')
  const page = renderGraphiQL({ title: 'Latchkey', defaultQuery: DEFAULT_QUERY, credentials: 'same-origin' })
  const identity = Buffer.from(withSignIn(page))
  const quality = {
    params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: identity.length },
  }
  const [br, zipped] = await Promise.all([promisify(brotliCompress)(identity, quality), promisify(gzip)(identity)])
  const etag = `W/"${createHash('sha256').update(identity).digest('base64url').slice(0, 22)}"`
  return { etag, encodings: { br, gzip: zipped, identity } }
}
