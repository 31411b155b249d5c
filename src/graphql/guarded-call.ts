import type { AllowedDecision } from '../access/gate.ts'
import type { FieldCall, GraphQLContext } from './context.ts'

/** What a caller was authorized at. */
interface Authority {
  readonly epoch: bigint
  readonly decision: AllowedDecision | null
}

/** The operation that the gate allowed, for the function that carries it out, which can have the decision repeated. */
export function callOf(
  context: GraphQLContext,
  first: AllowedDecision,
  decideAgain: () => Promise<Authority>,
): FieldCall {
  const { db, clock, random, secrets, budgets, tally, changes, request, principal } = context
  const { issuer, cookieSession, credentialReports, gate } = context
  let decision = first
  return {
    db,
    clock,
    random,
    secrets,
    budgets,
    tally,
    changes,
    request,
    principal,
    issuer,
    cookieSession,
    credentialReports,
    decideOnTrust: (question) => gate.decideOnTrust(question),
    // What is recorded is the decision that the change was made on.
    get decision() {
      return decision
    },
    async reauthorize() {
      const again = await decideAgain()
      decision = again.decision ?? decision
      return again.epoch
    },
  }
}

/** The same context, for Pothos' caches too, with the call of one field. */
export function withCall<Context extends object>(context: Context, call: FieldCall): Context {
  return Object.create(context, { call: { value: call } })
}
