import { answer } from './answer.ts'
import type { Step } from './exchange.ts'

const PREFLIGHT = {
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers':
    'authorization, content-type, accept, x-amz-date, x-amz-security-token, x-amz-content-sha256',
  'access-control-max-age': '600',
}

/**
 * CORS for the listed origins only. Credentials are never allowed across origins: portals send their token in a header, and
 * the session cookie is for pages of this origin.
 */
export function crossOrigin(allowedOrigins: readonly string[]): Step {
  const allowed = new Set(allowedOrigins)
  return (exchange) => {
    const { request, response } = exchange
    const { origin } = request.headers
    response.setHeader('vary', 'origin')
    const known = origin !== undefined && allowed.has(origin)
    if (known) {
      response.setHeader('access-control-allow-origin', origin)
      response.setHeader('access-control-expose-headers', 'x-request-id, x-amzn-requestid')
    }
    const preflight = request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined
    if (preflight) answer(exchange, 204, known ? PREFLIGHT : {})
  }
}
