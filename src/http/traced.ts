import { inSpan, type RequestSpan, type SpanAttributes, type Tracing } from '../tracing/index.ts'
import type { Exchange } from './exchange.ts'
import { codesOf, isAbandoned } from './failures.ts'
import { routeOf } from './metrics.ts'

/** Begins the trace of a request, or goes on with the caller's; it ends with the answer. */
export function traced(exchange: Exchange, tracing: Tracing): RequestSpan {
  const { request, response, id, address } = exchange
  const { traceparent, tracestate } = request.headers
  const span = tracing.request({
    method: request.method ?? 'GET',
    route: routeOf(exchange),
    requestId: id,
    clientAddress: address.sourceIp,
    traceparent: textOf(traceparent),
    tracestate: textOf(tracestate),
  })
  response.once('close', () => span.close(outcomeOf(exchange), response.statusCode >= 500))
  return span
}

/** Carries out the operation that was asked for, as a span that bears its name. */
export function inOperation<T>({ operation }: Exchange, work: () => T): T {
  return inSpan(operation ?? 'operation', {}, work)
}

/** What the log says of the request: names that are served, codes and ids. */
function outcomeOf(exchange: Exchange): SpanAttributes {
  const { response, operation, principal, failures, meter } = exchange
  const codes = codesOf(exchange)
  const decisions = failures.flatMap(({ decisionId }) => decisionId ?? [])
  return {
    'http.response.status_code': isAbandoned(exchange) ? 499 : response.statusCode,
    'latchkey.statements': meter.statements,
    ...(operation !== null && { 'latchkey.operation': operation }),
    ...(principal !== null && { 'latchkey.principal': principal.arn, 'latchkey.credential': principal.credential }),
    ...(codes.length > 0 && { 'error.type': codes[0] ?? '', 'latchkey.errors': codes }),
    ...(decisions.length > 0 && { 'latchkey.decisions': [...new Set(decisions)] }),
  }
}

function textOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(',') : header
}
