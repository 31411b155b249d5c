import { type Step, wantsPage } from './exchange.ts'
import { answerPrepared, type PreparedAnswer, prepareAnswer } from './prepared-answer.ts'
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

/** GraphiQL for people with a browser, without any other host. 9 MB of page: built and compressed once, when first asked for. */
export function graphiql(): Step {
  let page: Promise<PreparedAnswer> | undefined
  return async (exchange) => {
    if (!wantsPage(exchange)) return
    page ??= buildPage()
    await answerPrepared(exchange, await page, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'content-security-policy': CONTENT_SECURITY_POLICY,
    })
  }
}

/** Before the last closing tag: the page holds others inside its scripts. */
function withSignIn(page: string): string {
  const end = page.lastIndexOf('</body>')
  return `${page.slice(0, end)}${SIGN_IN_FORM}${page.slice(end)}`
}

async function buildPage(): Promise<PreparedAnswer> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql')
  return prepareAnswer(
    withSignIn(renderGraphiQL({ title: 'Latchkey', defaultQuery: DEFAULT_QUERY, credentials: 'same-origin' })),
  )
}
