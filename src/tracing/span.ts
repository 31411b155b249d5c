export type SpanAttributes = Readonly<Record<string, string | number | boolean | readonly string[]>>

/** A part of a request's way, as traces have it: what it is called, when it began and ended, and what it is part of. */
export interface Span {
  /** A part of this part. Undefined when the request has more parts than are kept. */
  begin(name: string, attributes: SpanAttributes, kind?: 'internal' | 'client'): Span | undefined
  set(attributes: SpanAttributes): void
  /** With an error, says that it failed and the code; never the message, which may hold what the caller sent. */
  end(error?: unknown): void
}

/** The head of a request, as a trace begins with it. */
export interface RequestHead {
  readonly method: string
  /** One that is served, never the caller's text. */
  readonly route: string
  readonly requestId: string
  readonly clientAddress: string | null
  /** W3C trace context, as it came in. */
  readonly traceparent: string | undefined
  readonly tracestate: string | undefined
}

export interface RequestSpan extends Span {
  /** The whole is over, with everything that was still under way. */
  close(attributes: SpanAttributes, failed: boolean): void
}

export interface Tracing {
  request(head: RequestHead): RequestSpan
  /** Sends what is remembered. Never throws. */
  close(): Promise<void>
}
