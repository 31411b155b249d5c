import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gunzip, gzip } from 'node:zlib'
import { answer } from './answer.ts'
import type { Exchange } from './exchange.ts'

/** A text that is the same for everybody, compressed once. */
export interface PreparedAnswer {
  readonly etag: string
  readonly encodings: Readonly<Partial<Record<'br' | 'gzip' | 'identity', Buffer>>> & { readonly gzip: Buffer }
}

export async function prepareAnswer(text: string): Promise<PreparedAnswer> {
  const identity = Buffer.from(text)
  const quality = {
    params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: identity.length },
  }
  const [br, zipped] = await Promise.all([promisify(brotliCompress)(identity, quality), promisify(gzip)(identity)])
  return { etag: etagOf(identity), encodings: { br, gzip: zipped, identity } }
}

/** The same in a tenth of the memory, for answers of which there are many. */
export async function prepareSmallAnswer(text: string): Promise<PreparedAnswer> {
  const identity = Buffer.from(text)
  return { etag: etagOf(identity), encodings: { gzip: await promisify(gzip)(identity) } }
}

/** Answers in an encoding that the client takes, or that it has it already. */
export async function answerPrepared(
  exchange: Exchange,
  { etag, encodings }: PreparedAnswer,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const shared = { etag, vary: 'accept, accept-encoding, origin', ...headers }
  const { 'if-none-match': known, 'accept-encoding': accepted = '' } = exchange.request.headers
  if (known === etag) return answer(exchange, 304, shared)
  const encoding = (['br', 'gzip'] as const).find((one) => encodings[one] && new RegExp(`\\b${one}\\b`).test(accepted))
  const body = encoding === undefined ? encodings.identity : encodings[encoding]
  answer(
    exchange,
    200,
    { ...shared, 'content-encoding': encoding ?? 'identity' },
    body ?? (await promisify(gunzip)(encodings.gzip)),
  )
}

function etagOf(bytes: Buffer): string {
  return `W/"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
}
