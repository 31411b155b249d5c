import type { Exchange } from './exchange.ts'
import { HttpError } from './http-error.ts'

const FORM = /^application\/x-www-form-urlencoded\s*(?:;|$)/i

/** Those of the address; of a form those of its body alone. Each at most once: a second one could say something else to a proxy. */
export function parametersOf({ request, body }: Exchange): URLSearchParams {
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

/** Not what a page loads or frames by itself, nor what a browser fetches before anybody wants it: what signs in works once. */
export function requireNavigation({ request: { headers } }: Exchange): void {
  const { 'sec-fetch-mode': mode = 'navigate', 'sec-fetch-dest': dest = 'document' } = headers
  if (mode !== 'navigate' || dest !== 'document' || headers['sec-purpose'] !== undefined)
    throw new HttpError('BadRequest', 'A browser signs in by opening the address as a page.')
}
