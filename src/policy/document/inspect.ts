import { operatorNamed } from '../condition/registry.ts'
import { tokenizeResource } from '../match/arn.ts'
import { type Token, tokenize, variablesOf } from '../match/template.ts'
import type { PolicyDocument, PrincipalEntry } from '../types.ts'

/**
 * Every context key that the document asks for, in conditions and as variables, as first written and in document order.
 * Two spellings that differ in case are one key.
 */
export function contextKeysOf(document: PolicyDocument): string[] {
  const variables = document.version === '2012-10-17'
  const keys = new Map<string, string>()
  const note = (key: string): void => {
    const lower = key.toLowerCase()
    if (!keys.has(lower)) keys.set(lower, key)
  }
  const noteVariables = (tokens: readonly Token[]): void => {
    for (const { name } of variablesOf(tokens)) note(name)
  }
  for (const { resource, conditions } of document.statements) {
    for (const pattern of resource?.values ?? []) noteVariables(tokenizeResource(pattern, variables))
    for (const { operator, key, values } of conditions) {
      note(key)
      const allowed = variables && operatorNamed(operator)?.variables === true
      for (const value of values) noteVariables(tokenize(value, { wildcards: true, variables: allowed }))
    }
  }
  return [...keys.values()]
}

/** Every principal that the document names, with its place: for checking that it exists and for storing it by unique id. */
export function principalsOf(document: PolicyDocument): PrincipalEntry[] {
  return document.statements.flatMap(({ principal }) => principal?.entries ?? [])
}
