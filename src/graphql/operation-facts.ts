import type { GraphQLField } from 'graphql'
import type { Action } from '../access/actions.ts'

/** What a declared mutation tells of itself to those who derive from it: the AWS door. */
export interface OperationFacts {
  /** That is needed first. */
  readonly action: Action
  /** The members of `input` in the order of the declaration, once the schema is built; the printed schema sorts them. */
  readonly members: readonly string[]
  /** Those that AWS's action does not have. */
  readonly beyondAws: readonly string[]
}

/** As a field carries them. */
export function operationFacts(facts: OperationFacts): { readonly operation: OperationFacts } {
  return { operation: facts }
}

/** The facts of a field; null when it was not declared as an operation. */
export function operationFactsOf({ extensions }: GraphQLField<unknown, unknown>): OperationFacts | null {
  const { operation } = extensions
  return isFacts(operation) ? operation : null
}

function isFacts(value: unknown): value is OperationFacts {
  return typeof value === 'object' && value !== null && 'action' in value && 'members' in value
}
