export { createMeter, type Meter } from './meter.ts'
export {
  type Asker,
  asker,
  forAll,
  inRequest,
  inSpan,
  isTraced,
  noteTurn,
  ofThisRequest,
  statement,
  waitingForConnection,
} from './scope.ts'
export type { RequestSpan, Span, SpanAttributes, Tracing } from './span.ts'
