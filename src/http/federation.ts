import type { Authenticator } from '../authn/authenticate.ts'
import type { Principal } from '../authn/principal.ts'
import type { BrowserToken } from '../iam/sessions/browser-session.ts'
import type { ConsoleSignInInput, GetSigninTokenInput } from '../iam/sts/console-federation.ts'
import type { SamlSignIn, SamlSignInInput } from '../iam/sts/saml-sign-in.ts'
import { answer, answerJson } from './answer.ts'
import type { ConsoleFiles } from './console.ts'
import type { Exchange, Step } from './exchange.ts'
import { parametersOf, requireNavigation } from './form.ts'
import { HttpError } from './http-error.ts'
import { navigationCookies } from './session-cookie.ts'

/** What the endpoint has done for it; each for one request. */
export interface Federation {
  getSigninToken(exchange: Exchange, input: GetSigninTokenInput): Promise<string>
  signIn(exchange: Exchange, input: ConsoleSignInInput): Promise<BrowserToken>
  signInWithSaml(exchange: Exchange, input: SamlSignInInput): Promise<SamlSignIn>
}

export interface FederationParts {
  readonly authenticator: Pick<Authenticator, 'authenticateShown'>
  readonly federation: Federation
  readonly publicUrl: string
  readonly console?: ConsoleFiles | null
}

export const FEDERATION_PATH = '/federation'

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
  requireNavigation(exchange)
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

/** An address of the console, whole, so that nothing of it can be read as another host. */
export function destinationOf(
  text: string | null,
  { publicUrl, console: files }: Pick<FederationParts, 'publicUrl' | 'console'>,
): string {
  const url = text !== null && URL.canParse(text, publicUrl) ? new URL(text, publicUrl) : null
  const page = url?.pathname.split('/')[1] ?? ''
  const known = url?.pathname === '/' || (page !== '' && files?.pages.has(page) === true)
  if (url === null || url.origin !== publicUrl || url.username !== '' || url.password !== '' || !known)
    throw new HttpError('ValidationError', `Destination must be an address of the console at ${publicUrl}.`)
  return url.href
}
