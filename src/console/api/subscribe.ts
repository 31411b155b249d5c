import { ApiError, UNREACHABLE } from './api-error.ts'
import type { Document } from './document.ts'
import { readErrors, type Wire } from './request.ts'

/**
 * What a subscription tells, until the server ends it or `signal` does. Throws ApiError. Server-sent events over fetch: an
 * EventSource cannot send an operation in a POST.
 */
export async function* subscribe<Data extends object, Variables>(
  document: Document<Data, Variables>,
  variables: Variables,
  signal: AbortSignal,
): AsyncGenerator<Data> {
  const response = await fetch('/graphql', {
    method: 'POST',
    credentials: 'same-origin',
    cache: 'no-store',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query: document, variables }),
    signal,
  }).catch((error: unknown) => {
    throw new ApiError({ code: UNREACHABLE, message: error instanceof Error ? error.message : '' })
  })
  if (!response.headers.get('content-type')?.includes('text/event-stream')) {
    yield* dataOf<Data>(await response.json())
    return
  }
  for await (const text of messagesOf(response)) yield* dataOf<Data>(JSON.parse(text))
}

function* dataOf<Data>({ data, errors = [] }: Wire<Data>): Generator<Data> {
  const [first] = readErrors(errors)
  if (first) throw first
  if (data !== null && data !== undefined) yield data
}

/** The data of each message of a stream (HTML, "Server-sent events"); comments keep the connection open and say nothing. */
async function* messagesOf(response: Response): AsyncGenerator<string> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (;;) {
    const { value, done } = (await reader?.read()) ?? { value: undefined, done: true }
    if (done) return
    const blocks = (rest + value).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const data = block
        .split('\n')
        .filter((line) => line.startsWith('data:'))
        .map((line) => line.slice('data:'.length).trimStart())
        .join('\n')
      if (data !== '') yield data
    }
  }
}
