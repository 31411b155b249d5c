import { addressGroup, payerOf } from '../budget/index.ts'
import type { BodiesInFlight } from './bodies-in-flight.ts'
import { HttpError } from './http-error.ts'
import type { Exchange, Step } from './exchange.ts'
import { BODY_LIMITS } from './limits.ts'

/** Both kinds of senders, counted apart: strangers cannot take what callers need. */
export interface Flights {
  readonly strangers: BodiesInFlight
  readonly callers: BodiesInFlight
}

/**
 * Collects the body as bytes, within what is left of the memory for bodies, and holds it until the answer is out. What comes after
 * the limit is dropped, but still read for a while: a client that is cut off in the middle of sending sees a broken connection
 * instead of the answer.
 */
export function collectBody(flights: Flights, maxBytes: (exchange: Exchange) => number): Step {
  return (exchange) => (hasBody(exchange) ? collect(exchange, flights, maxBytes(exchange)) : undefined)
}

/** A caller who became known only by the body pays for it from now on, and no longer the address. */
export function chargeCaller({ callers }: Flights, exchange: Exchange): void {
  const { principal, body, response, releaseBody } = exchange
  if (principal === null || body.length === 0) return
  let cut = false
  const share = callers.open(payerOf(principal, null).id, () => {
    cut = true
  })
  share.take(body.length)
  share.complete()
  response.once('close', share.release)
  releaseBody?.()
  if (cut) throw overloaded()
}

function collect(exchange: Exchange, { strangers, callers }: Flights, maxBytes: number): Promise<void> {
  const { request, response, principal, address } = exchange
  if (request.destroyed) throw gone()
  const declared = Number(request.headers['content-length'] ?? 0)
  if (declared > BODY_LIMITS.droppedTimes * maxBytes) throw tooLarge(maxBytes)
  return new Promise((resolve, reject) => {
    const fail = (error: HttpError) => {
      stop()
      share.release()
      // What still comes is read and dropped.
      request.resume()
      reject(error)
    }
    const cut = () => fail(overloaded())
    const share =
      principal === null
        ? strangers.open(addressGroup(address.sourceIp), cut)
        : callers.open(payerOf(principal, null).id, cut)
    const chunks: Buffer[] = []
    let length = 0
    let dropping = declared > maxBytes

    function onData(chunk: Buffer): void {
      length += chunk.length
      if (!dropping && length > maxBytes) {
        dropping = true
        chunks.length = 0
        share.release()
      }
      if (length > BODY_LIMITS.droppedTimes * maxBytes) return fail(tooLarge(maxBytes))
      if (dropping) return
      chunks.push(chunk)
      share.take(chunk.length)
    }
    function onEnd(): void {
      if (dropping) return fail(tooLarge(maxBytes))
      exchange.body = Buffer.concat(chunks)
      stop()
      share.complete()
      exchange.releaseBody = share.release
      response.once('close', share.release)
      resolve()
    }
    const onGone = () => fail(gone())
    function stop(): void {
      request.off('data', onData).off('end', onEnd).off('close', onGone)
      chunks.length = 0
    }

    request.on('data', onData).on('end', onEnd).on('close', onGone)
    // Whoever is gone is told by `close`.
    request.on('error', () => {})
  })
}

function hasBody({ request: { headers } }: Exchange): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0'
}

function gone(): HttpError {
  return new HttpError('BadRequest', 'The connection ended before the request did.')
}

function tooLarge(maxBytes: number): HttpError {
  return new HttpError('PayloadTooLarge', `The request body must not exceed ${maxBytes} bytes.`, {
    connection: 'close',
  })
}

function overloaded(): HttpError {
  return new HttpError('ServiceUnavailable', 'Too many bytes are being received. Try again.', {
    connection: 'close',
    'retry-after': '1',
  })
}
