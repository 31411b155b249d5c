import type { Authenticator } from '../authn/authenticate.ts'
import type { Principal } from '../authn/principal.ts'
import type { BrowserToken } from '../iam/sessions/browser-session.ts'
import type { ConsoleSignInInput, GetSigninTokenInput } from '../iam/sts/console-federation.ts'
import { answer, answerJson } from './answer.ts'
import type { ConsoleFiles } from './console.ts'
import type { Exchange, Step } from './exchange.ts'
import { HttpError } from './http-error.ts'
import { navigationCookies } from './session-cookie.ts'

/** What the endpoint has done for it; each for one request. */
export interface Federation {
  getSigninToken(exchange: Exchange, input: GetSigninTokenInput): Promise<string>
  signIn(exchange: Exchange, input: ConsoleSignInInput): Promise<BrowserToken>
}

export interface FederationParts {
  readonly authenticator: Pick<Authenticator, 'authenticateShown'>
  readonly federation: Federation
  readonly publicUrl: string
  readonly console?: ConsoleFiles | null
}

export const FEDERATION_PATH = '/federation'
const FORM = /^application\/x-www-form-urlencoded\s*(?:;|$)/i

/**
 * Signs a browser in to the console for a broker (AWS IAM user guide, "Enable custom identity broker access to the AWS console"):
 * `Action=getSigninToken` gives the broker a token for temporary credentials, `Action=login` takes it from the browser.
 */
export function federation(parts: FederationParts): Step {
  return async (exchange) => {
    const parameters = parametersOf(exchange)
    const action = parameters.get('Action')
    if (action === null) throw new HttpError('MissingAction', 'The request must have the parameter Action.')
    if (action === 'getSigninToken') return await giveToken(exchange, parameters, parts)
    if (action === 'login') return await login(exchange, parameters, parts)
    throw new HttpError('InvalidAction', 'Action must be getSigninToken or login.')
  }
}

/** Those of the address; of a form those of its body alone. Each at most once: a second one could say something else to a proxy. */
function parametersOf({ request, body }: Exchange): URLSearchParams {
  const posted = request.method === 'POST'
  if (posted && !FORM.test(request.headers['content-type'] ?? ''))
    throw new HttpError('UnsupportedMediaType', 'The body must be application/x-www-form-urlencoded.')
  const parameters = new URLSearchParams(
    posted ? body.toString('utf8') : (request.url ?? '').split('?').slice(1).join('?'),
  )
  const names = [...parameters.keys()]
  if (new Set(names).size < names.length) throw new HttpError('BadRequest', 'A parameter is given twice.')
  return parameters
}

async function giveToken(exchange: Exchange, parameters: URLSearchParams, parts: FederationParts): Promise<void> {
  exchange.operation = 'signin GetSigninToken'
  const shown = shownIn(parameters.get('Session') ?? '')
  const sessionDuration = secondsOf(parameters.get('SessionDuration'))
  const principal: Principal = await parts.authenticator.authenticateShown(
    shown,
    exchange.address.sourceIp,
    exchange.cost.charge,
  )
  exchange.principal = principal
  const input = { principal, sessionToken: shown.sessionToken, sessionDuration }
  const SigninToken = await parts.federation.getSigninToken(exchange, input)
  answerJson(exchange, 200, { SigninToken })
}

function shownIn(text: string) {
  const { sessionId, sessionKey, sessionToken } = parse(text)
  if (typeof sessionId !== 'string' || typeof sessionKey !== 'string' || typeof sessionToken !== 'string')
    throw new HttpError(
      'ValidationError',
      'Session must be a JSON object with the texts sessionId, sessionKey and sessionToken.',
    )
  return { accessKeyId: sessionId, secretAccessKey: sessionKey, sessionToken }
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(text))
  } catch {
    return {}
  }
}

function secondsOf(text: string | null): number | null {
  if (text === null) return null
  if (!/^\d{1,6}$/.test(text)) throw new HttpError('ValidationError', 'SessionDuration must be a number of seconds.')
  return Number(text)
}

async function login(exchange: Exchange, parameters: URLSearchParams, parts: FederationParts): Promise<void> {
  exchange.operation = 'signin ConsoleLogin'
  if (exchange.request.method !== 'GET')
    throw new HttpError('MethodNotAllowed', 'Only GET is allowed for login.', { allow: 'GET' })
  if (!isNavigation(exchange)) throw new HttpError('BadRequest', 'A browser signs in by opening the address as a page.')
  const destination = destinationOf(parameters.get('Destination'), parts)
  const signinToken = parameters.get('SigninToken')
  if (signinToken === null) throw new HttpError('ValidationError', 'The request must have the parameter SigninToken.')
  const { accessToken, expiresAt } = await parts.federation.signIn(exchange, {
    signinToken,
    issuer: parameters.get('Issuer'),
  })
  navigationCookies(exchange, parts.publicUrl).setSession(accessToken, expiresAt)
  answer(exchange, 302, { location: destination, 'cache-control': 'no-store' })
}

/** Not what a page loads or frames by itself, nor what a browser fetches before anybody wants it: the token works once. */
function isNavigation({ request: { headers } }: Exchange): boolean {
  const { 'sec-fetch-mode': mode = 'navigate', 'sec-fetch-dest': dest = 'document' } = headers
  return mode === 'navigate' && dest === 'document' && headers['sec-purpose'] === undefined
}

/** An address of the console, whole, so that nothing of it can be read as another host. */
function destinationOf(text: string | null, { publicUrl, console: files }: FederationParts): string {
  const url = text !== null && URL.canParse(text, publicUrl) ? new URL(text, publicUrl) : null
  const page = url?.pathname.split('/')[1] ?? ''
  const known = url?.pathname === '/' || (page !== '' && files?.pages.has(page) === true)
  if (url === null || url.origin !== publicUrl || url.username !== '' || url.password !== '' || !known)
    throw new HttpError('ValidationError', `Destination must be an address of the console at ${publicUrl}.`)
  return url.href
}
