import type { AllowedDecision } from '../access/gate.ts'
import type { Call } from '../iam/call.ts'
import type { GraphQLContext } from './context.ts'

/** What a caller was authorized at. */
interface Authority {
  readonly epoch: bigint
  readonly decision: AllowedDecision | null
}

/** The operation that the gate let pass, for the function that carries it out; decided anew as often as that asks for it. */
export function callOf(context: GraphQLContext, first: AllowedDecision, decideAgain: () => Promise<Authority>): Call {
  const { db, clock, random, secrets, budgets, tally, changes, request, principal } = context
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
export function withCall<Context extends object>(context: Context, call: Call): Context {
  return Object.create(context, { call: { value: call } })
}
