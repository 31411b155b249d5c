import {
  type Context,
  createTraceState,
  diag,
  DiagLogLevel,
  ROOT_CONTEXT,
  type Span as OtelSpan,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources'
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base'
import type { RequestHead, RequestSpan, Span, SpanAttributes, Tracing } from './span.ts'

export interface OtelOptions {
  readonly version: string
  readonly log: { warn(details: object, message: string): void }
  /** Where traces are sent; as the standard variables say when absent. */
  readonly url?: string
}

/** Spans of one request: a list of thousands of rows has as many decisions, and nobody reads those one by one. */
const MOST_SPANS = 500
/** Of both a sender may write what they like. */
const LONGEST_TRACESTATE = 512
/** Spans in memory; what comes beyond them while the receiver is slow is dropped. */
const QUEUE = { maxQueueSize: 4_096, maxExportBatchSize: 512, scheduledDelayMillis: 2_000, exportTimeoutMillis: 5_000 }
const COMPLAINS_EVERY_MS = 60_000

const quiet = () => {}

/**
 * Traces to a receiver of OTLP over HTTP, in JSON, as the standard variables `OTEL_…` say. Nothing of it waits for the receiver, and
 * what fails is told of in one line a minute.
 */
export function createOtelTracing({ version, log, url }: OtelOptions): Tracing {
  let complainedAt = -Infinity
  const complain = (message: string) => {
    if (performance.now() - complainedAt < COMPLAINS_EVERY_MS) return
    complainedAt = performance.now()
    log.warn({ reason: message.slice(0, 300) }, 'traces cannot be sent')
  }
  diag.setLogger(
    { error: complain, warn: quiet, info: quiet, debug: quiet, verbose: quiet },
    { logLevel: DiagLogLevel.ERROR, suppressOverrideMessage: true },
  )
  const own = resourceFromAttributes({ 'service.name': 'latchkey', 'service.version': version })
  const provider = new BasicTracerProvider({
    resource: own.merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter(url === undefined ? {} : { url }), QUEUE)],
  })
  const tracer = provider.getTracer('latchkey', version)
  return {
    request: (head) => beginRequest(tracer, head),
    async close() {
      await provider.shutdown().catch(() => {})
    },
  }
}

function beginRequest(tracer: Tracer, head: RequestHead): RequestSpan {
  const { method, route, requestId, clientAddress } = head
  const parent = remoteParent(head)
  const attributes = {
    'http.request.method': method,
    'http.route': route,
    'latchkey.request_id': requestId,
    ...(clientAddress !== null && { 'client.address': clientAddress }),
  }
  const root = tracer.startSpan(`${method} ${route}`, { kind: SpanKind.SERVER, attributes }, parent)
  const open = new Set<OtelSpan>()
  let left = MOST_SPANS

  function spanOf(span: OtelSpan): Span {
    return {
      begin(name, given, kind = 'internal') {
        if (left === 0) return undefined
        left--
        const options = { kind: kind === 'client' ? SpanKind.CLIENT : SpanKind.INTERNAL, attributes: copied(given) }
        const child = tracer.startSpan(name, options, trace.setSpan(ROOT_CONTEXT, span))
        open.add(child)
        return spanOf(child)
      },
      set: (given) => void span.setAttributes(copied(given)),
      end(error) {
        if (error !== undefined) fail(span, error)
        open.delete(span)
        span.end()
      },
    }
  }

  return {
    ...spanOf(root),
    close(given, failed) {
      root.setAttributes(copied(given))
      if (left === 0) root.setAttribute('latchkey.spans_left_out', true)
      if (failed) root.setStatus({ code: SpanStatusCode.ERROR })
      // What is still under way belongs to nobody any more.
      left = 0
      for (const span of open) span.end()
      root.end()
    },
  }
}

/** W3C Trace Context, level 1, §3.2: what is not well-formed counts as absent, and so does what came with it. */
function remoteParent({ traceparent = '', tracestate = '' }: RequestHead): Context {
  const found = /^([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(-.*)?$/.exec(traceparent)
  const [, version, traceId = '', spanId = '', flags = '00', more] = found ?? []
  const good = found !== null && version !== 'ff' && (version !== '00' || more === undefined)
  if (!good || /^0+$/.test(traceId) || /^0+$/.test(spanId)) return ROOT_CONTEXT
  const state = tracestate !== '' && tracestate.length <= LONGEST_TRACESTATE
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16) & 1,
    isRemote: true,
    ...(state && { traceState: createTraceState(tracestate) }),
  })
}

/** The code, which is one of ours or of the database; a message may hold what the caller sent. */
function fail(span: OtelSpan, error: unknown): void {
  const { code, name }: { code?: unknown; name?: unknown } = Object(error)
  const type = [code, name].find((text) => typeof text === 'string' && /^\w{1,64}$/.test(text))
  span.setAttribute('error.type', typeof type === 'string' ? type : 'unknown')
  span.setStatus({ code: SpanStatusCode.ERROR })
}

function copied(attributes: SpanAttributes): Record<string, string | number | boolean | string[]> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, typeof value === 'object' ? [...value] : value]),
  )
}
