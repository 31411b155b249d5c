import { createHash } from 'node:crypto'
import { answer } from './answer.ts'
import type { Exchange, Step } from './exchange.ts'
import { destinationOf, type FederationParts } from './federation.ts'
import { parametersOf, requireNavigation } from './form.ts'
import { HttpError } from './http-error.ts'
import { navigationCookies } from './session-cookie.ts'

export const SAML_PATH = '/saml'

/**
 * Where identity providers have browsers post their responses (SAML Bindings §3.5, the "assertion consumer service"): signs the browser in
 * to the console, after a page that asks for the role when the assertion names several. `RelayState` is the page to go on to.
 */
export function samlSignIn(parts: Omit<FederationParts, 'authenticator'>): Step {
  return async (exchange) => {
    exchange.operation = 'signin ConsoleLogin'
    requireNavigation(exchange)
    const parameters = parametersOf(exchange)
    const samlResponse = parameters.get('SAMLResponse')
    if (samlResponse === null) throw new HttpError('ValidationError', 'The form must have the field SAMLResponse.')
    const roleArn = parameters.get('roleArn')
    const outcome = await parts.federation.signInWithSaml(exchange, { samlResponse, roleArn })
    if ('choice' in outcome) {
      askForRole(exchange, outcome.choice, parameters)
      return
    }
    const { accessToken, expiresAt } = outcome.token
    navigationCookies(exchange, parts.publicUrl).setSession(accessToken, expiresAt)
    answer(exchange, 303, { location: pageAfter(parameters.get('RelayState'), parts), 'cache-control': 'no-store' })
  }
}

/** Providers put words of their own there, too: what is no page of the console leads to its first one. */
function pageAfter(relayState: string | null, parts: Omit<FederationParts, 'authenticator'>): string {
  try {
    return destinationOf(relayState, parts)
  } catch {
    return `${parts.publicUrl}/`
  }
}

const STYLE = `:root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem}
label{display:block;padding:.4rem 0;overflow-wrap:anywhere}button{font:inherit;margin-top:1rem;padding:.5rem 1.25rem}`
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`

function askForRole(exchange: Exchange, roles: readonly string[], parameters: URLSearchParams): void {
  const kept = ['SAMLResponse', 'RelayState'].flatMap((name) => {
    const value = parameters.get(name)
    return value === null ? [] : [`<input type="hidden" name="${name}" value="${escaped(value)}">`]
  })
  const choices = roles.map(
    (arn, at) =>
      `<label><input type="radio" name="roleArn" value="${escaped(arn)}"${at === 0 ? ' checked' : ''}> ${escaped(arn)}</label>`,
  )
  const html = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Choose a role - Latchkey</title><style>${STYLE}</style></head>
<body><main><h1>Choose a role</h1>
<form method="post" action="${SAML_PATH}">
<fieldset><legend>Your identity provider lets you act as:</legend>${choices.join('')}</fieldset>
${kept.join('')}<button>Sign in</button>
</form></main></body></html>`
  const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }
  answer(exchange, 200, { ...headers, 'content-security-policy': POLICY }, html)
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (one) => ENTITIES[one] ?? one)
}
