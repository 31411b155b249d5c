import { onTestFinished } from 'vitest'
import { createSigningFetch } from '../../src/client/index.ts'
import type { Installation } from '../support/installation.ts'

export const SUBSCRIBE =
  'subscription ($filter: AuditEventFilter) { auditEventAdded(filter: $filter) { action result } }'

interface Message {
  readonly event: string
  readonly data: unknown
}

export interface Stream {
  readonly status: number
  readonly type: string | null
  /** The next message; fails when the stream ends before. */
  next(): Promise<Message>
  /** Everything until the server ends the stream. */
  rest(): Promise<Message[]>
  leave(): Promise<void>
}

/** Listens to the audit trail with a key until the test is over. */
export async function openStream(
  installation: Installation,
  key: { readonly accessKeyId: string; readonly secretAccessKey: string },
  filter: object | null,
  accept = 'text/event-stream',
): Promise<Stream> {
  const send = createSigningFetch({ ...key, now: installation.clock })
  const response = await send(`${installation.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
    body: JSON.stringify({ query: SUBSCRIBE, variables: { filter } }),
  })
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const next = async (): Promise<Message | null> => {
    for (;;) {
      const end = text.indexOf('\n\n')
      if (end >= 0) {
        const block = text.slice(0, end)
        text = text.slice(end + 2)
        const [, event = '', data = ''] = /^event: (\w+)\ndata: ?(.*)$/s.exec(block) ?? []
        if (event) return { event, data: data === '' ? null : JSON.parse(data) }
        continue
      }
      const { done, value } = await reader.read()
      if (done) return null
      text += value
    }
  }
  const leave = () => reader.cancel().catch(() => {})
  onTestFinished(leave)
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    async next() {
      const message = await next()
      if (message === null) throw new Error('the stream ended')
      return message
    },
    async rest() {
      const messages: Message[] = []
      for (let message = await next(); message !== null; message = await next()) messages.push(message)
      return messages
    },
    leave,
  }
}
