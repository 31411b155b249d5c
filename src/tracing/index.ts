export { createMeter, type Meter } from './meter.ts'
export {
  type Asker,
  asker,
  type Cost,
  costOf,
  forAll,
  inRequest,
  inSpan,
  isTraced,
  ofThisRequest,
  statement,
  waitingForConnection,
} from './scope.ts'
export type { RequestSpan, Span, SpanAttributes, Tracing } from './span.ts'
