import { INTERNAL_FAILURE, type PublicError } from '../errors/index.ts'
import type { Exchange } from './exchange.ts'
import { noteFailure } from './failures.ts'
import { codedErrorOf, headersOf } from './http-error.ts'
import type { Log } from './log.ts'

type Headers = Readonly<Record<string, string>>

/** Ends the exchange. HEAD gets the headers of GET and no body (RFC 9110 §9.3.2). */
export function answer(
  { request, response }: Exchange,
  status: number,
  headers: Headers,
  body: string | Buffer = '',
): void {
  const length = status === 204 || status === 304 ? {} : { 'content-length': Buffer.byteLength(body) }
  response.writeHead(status, { ...headers, ...length })
  response.end(request.method === 'HEAD' ? undefined : body)
}

/**
 * Ends the exchange with a body that comes bit by bit, as fast as the client takes it. When the client goes, the source is
 * cancelled. Resolves when either has ended.
 */
export async function answerStream(
  { response }: Exchange,
  status: number,
  headers: Headers,
  body: ReadableStream<Uint8Array>,
): Promise<void> {
  response.writeHead(status, headers)
  const reader = body.getReader()
  const gone = () => void reader.cancel().catch(() => {})
  response.once('close', gone)
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      if (!response.write(value) && !response.destroyed) await drained(response)
    }
    response.end()
  } finally {
    response.off('close', gone)
  }
}

function drained(response: Exchange['response']): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done)
      response.off('close', done)
      resolve()
    }
    response.once('drain', done)
    response.once('close', done)
  })
}

export function answerJson(exchange: Exchange, status: number, body: object, headers: Headers = {}): void {
  const type = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' }
  answer(exchange, status, { ...type, ...headers }, JSON.stringify(body))
}

/** Answers with a coded error in the shape of GraphQL; everything else is a fault of ours, whose cause is only logged. */
export function answerError(exchange: Exchange, error: unknown, log: Log): void {
  const coded = codedErrorOf(error)
  noteFailure(exchange, coded.code, coded.details)
  if (coded === INTERNAL_FAILURE) log.error({ requestId: exchange.id, err: error }, 'internal failure')
  if (exchange.response.headersSent) {
    exchange.response.destroy()
    return
  }
  answerJson(exchange, coded.httpStatus, errorBody(coded, exchange.id), {
    ...headersOf(coded),
    'content-type': `${negotiated(exchange)}; charset=utf-8`,
  })
}

function errorBody({ message, details, code }: PublicError, requestId: string) {
  return { errors: [{ message, extensions: { ...details, code, requestId } }] }
}

/** GraphQL over HTTP: clients that know the newer media type say so. */
function negotiated({ request }: Exchange): string {
  const graphql = 'application/graphql-response+json'
  return (request.headers.accept ?? '').includes(graphql) ? graphql : 'application/json'
}
