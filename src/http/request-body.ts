import type { IncomingMessage } from 'node:http'
import { HttpError } from './coded-error.ts'
import type { Step } from './exchange.ts'

/**
 * Collects the body as bytes. What comes after the limit is dropped, but still read for a while: a client that is cut off in
 * the middle of sending sees a broken connection instead of the answer.
 */
export function collectBody(maxBytes: number): Step {
  return async (exchange) => {
    const chunks: Buffer[] = []
    let length = 0
    for await (const chunk of chunksOf(exchange.request)) {
      length += chunk.length
      if (length <= maxBytes) chunks.push(chunk)
      else chunks.length = 0
      if (length > 16 * maxBytes) break
    }
    if (length > maxBytes) {
      throw new HttpError('PayloadTooLarge', `The request body must not exceed ${maxBytes} bytes.`, {
        connection: 'close',
      })
    }
    exchange.body = Buffer.concat(chunks)
  }
}

function chunksOf(request: IncomingMessage): AsyncIterable<Buffer> {
  return request.iterator({ destroyOnReturn: false })
}
