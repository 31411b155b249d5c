import { spellOperator } from '../condition/registry.ts'
import type { ConditionClause, PolicyDocument, PrincipalElement, Statement } from '../types.ts'

/** The document as compact JSON in one spelling: lists are arrays, operators canonical. Parsing it gives the document again. */
export function printPolicy(document: PolicyDocument): string {
  return JSON.stringify({
    Version: document.declaredVersion,
    Id: document.id,
    Statement: document.statements.map(printStatement),
  })
}

function printStatement(statement: Statement): object {
  const { sid, effect, principal, action, resource, conditions } = statement
  return {
    Sid: sid,
    Effect: effect,
    ...(principal && { [principal.negated ? 'NotPrincipal' : 'Principal']: printPrincipal(principal) }),
    [action.negated ? 'NotAction' : 'Action']: action.values,
    ...(resource && { [resource.negated ? 'NotResource' : 'Resource']: resource.values }),
    ...(conditions.length > 0 && { Condition: printConditions(conditions) }),
  }
}

function printPrincipal(principal: PrincipalElement): object {
  const types = new Map<string, string[]>()
  for (const { type, value } of principal.entries) types.set(type, [...(types.get(type) ?? []), value])
  return Object.fromEntries(types)
}

function printConditions(clauses: readonly ConditionClause[]): object {
  const operators = new Map<string, [string, readonly string[]][]>()
  for (const clause of clauses) {
    const name = spellOperator(clause)
    operators.set(name, [...(operators.get(name) ?? []), [clause.key, clause.values]])
  }
  // fromEntries defines properties, so that a key named __proto__ stays a key
  return Object.fromEntries([...operators].map(([name, keys]) => [name, Object.fromEntries(keys)]))
}
