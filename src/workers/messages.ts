/** How a worker begins: before all others, beside others at the first start, or in the place of one that is there no more. */
export type Start = 'first' | 'next' | 'again'

/** From a worker to the primary. */
export type ToPrimary =
  | { readonly kind: 'ready'; readonly port: number }
  /** Why it cannot start, and whether that is an outage, which goes by. */
  | { readonly kind: 'refused'; readonly line: string; readonly outage: boolean }
  | { readonly kind: 'ask-figures'; readonly id: number }
  | { readonly kind: 'figures'; readonly id: number; readonly text: string }
  /** For all other workers; what it says is between them. */
  | { readonly kind: 'tell'; readonly news: unknown }

/** From the primary to a worker. */
export type ToWorker =
  /** `handover`: another one has taken its place, and callers are to notice nothing. */
  | { readonly kind: 'stop'; readonly handover: boolean }
  | { readonly kind: 'give-figures'; readonly id: number }
  | { readonly kind: 'figures-of-others'; readonly id: number; readonly others: FiguresOfOthers }
  | { readonly kind: 'heard'; readonly news: unknown }

export interface FiguresOfOthers {
  /** Whether the one that asked is not stopping: the figures of its place are otherwise those of its successor. */
  readonly current: boolean
  /** In the text format of Prometheus: one of each other worker that answered, and the primary's own. */
  readonly texts: readonly string[]
}

/** Libraries may use the same channel: what is ours is in a member of its own. */
interface Envelope<Message> {
  readonly latchkey: Message
}

export function enclose<Message>(message: Message): Envelope<Message> {
  return { latchkey: message }
}

/** A message of the primary, which is of this program; null when it is none. */
export function fromPrimary(value: unknown): ToWorker | null {
  return isEnvelope<ToWorker>(value) ? value.latchkey : null
}

/** A message of a worker; null when it is none. */
export function fromWorker(value: unknown): ToPrimary | null {
  return isEnvelope<ToPrimary>(value) ? value.latchkey : null
}

function isEnvelope<Message>(value: unknown): value is Envelope<Message> {
  return typeof value === 'object' && value !== null && 'latchkey' in value
}
