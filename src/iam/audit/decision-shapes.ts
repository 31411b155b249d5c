/** What was known and looked at when something was decided; plain data, as it is stored. */
export interface DecisionDetails {
  readonly context: readonly DecisionContextEntry[]
  /** Every statement about the action, whether it applied or not. */
  readonly statements: readonly DecisionStatement[]
  /** Keys that those statements use and the request did not carry. */
  readonly missingContextValues: readonly string[]
  /** What was left out so that the record stays small: `…[cut: 40 statements]`. Absent when nothing was. */
  readonly cut?: string
}

export type DecisionContextEntry = {
  readonly key: string
  readonly values: readonly string[]
}

export type DecisionStatement = {
  readonly layer: string
  readonly policy: string
  readonly policyArn: string | null
  readonly policyType: string
  readonly sid: string | null
  readonly effect: 'Allow' | 'Deny'
  /** Place of the opening brace in the policy's text; both count from 1. */
  readonly line: number
  readonly column: number
  readonly matched: boolean
  /** What kept it from applying. */
  readonly failed: readonly string[]
  readonly conditions: readonly DecisionCondition[]
  /** As they are written; those that it excludes for NotAction and NotResource. Older records lack them. */
  readonly actions?: readonly string[]
  readonly resources?: readonly string[]
}

export type DecisionCondition = {
  readonly operator: string
  readonly key: string
  readonly policyValues: readonly string[]
  /** With variables replaced; null where one had no value. */
  readonly resolvedValues: readonly (string | null)[]
  /** Null when the request did not carry the key. */
  readonly requestValues: readonly string[] | null
  readonly result: boolean
  readonly failure: string | null
}
