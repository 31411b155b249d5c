import { CompiledStatement } from './statement.ts'
import type { PolicyDocument, PolicySource } from './types.ts'

/** One policy, prepared for evaluation: immutable and reusable in any number of sets. */
export class CompiledPolicy {
  readonly document: PolicyDocument
  readonly source: PolicySource
  readonly statements: readonly CompiledStatement[]

  constructor(document: PolicyDocument, source: PolicySource) {
    const variables = document.version === '2012-10-17'
    const trust = document.kind === 'trust'
    this.document = document
    this.source = Object.freeze({ ...source })
    this.statements = document.statements.map(
      (statement) => new CompiledStatement(statement, this.source, variables, trust),
    )
  }
}

/**
 * Prepares a parsed document. Nothing of it depends on a request, so the result may be cached by content. `source` is
 * handed back with every statement that a decision names.
 */
export function compilePolicy(document: PolicyDocument, source: PolicySource): CompiledPolicy {
  return new CompiledPolicy(document, source)
}
