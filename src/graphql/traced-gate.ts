import { AccessDenied } from '../access/access-denied.ts'
import type { AllowedDecision, RequestGate } from '../access/gate.ts'
import { inSpan, isTraced, type Span } from '../tracing/index.ts'

/** Of these nothing is decided. */
const ASKS_NOBODY: readonly unknown[] = ['public', 'parent', 'authenticated']

/** The same gate, whose decisions are spans while somebody traces the request: action, effect and id, and nothing of a policy. */
export function tracedGate(gate: RequestGate): RequestGate {
  if (!isTraced()) return gate
  return {
    ...gate,
    authorize: (declaration, parent, args) =>
      ASKS_NOBODY.includes(declaration)
        ? gate.authorize(declaration, parent, args)
        : decided(() => gate.authorize(declaration, parent, args)),
    decideOnTrust: (question) => decided(() => gate.decideOnTrust(question)),
  }
}

function decided<Result extends AllowedDecision | null | Promise<AllowedDecision | null>>(work: () => Result): Result {
  return inSpan('decision', {}, (span) => {
    try {
      const passed = work()
      if (passed instanceof Promise) {
        passed.then(
          (decision: AllowedDecision | null) => tell(span, decision),
          (error: unknown) => tellDenial(span, error),
        )
      } else tell(span, passed)
      return passed
    } catch (error) {
      tellDenial(span, error)
      throw error
    }
  })
}

function tell(span: Span | undefined, decision: AllowedDecision | null): void {
  if (decision === null) return
  span?.set({ 'latchkey.action': decision.action, 'latchkey.effect': 'ALLOW', 'latchkey.decision_id': decision.id })
}

function tellDenial(span: Span | undefined, error: unknown): void {
  if (!(error instanceof AccessDenied)) return
  const { action, effect, decisionId } = error.details.authz
  span?.set({ 'latchkey.action': action, 'latchkey.effect': effect, 'latchkey.decision_id': decisionId })
}
