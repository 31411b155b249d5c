import { compilePolicy, compileSet, type PolicySet, parsePolicy } from '../policy/index.ts'

/** A role's trust policy, ready for `decide`. No role, no trust: an empty set grants nothing. */
export function trustSet(role: { readonly trustPolicy: string } | null): PolicySet {
  if (role === null) return compileSet([])
  const parsed = parsePolicy(role.trustPolicy, 'trust', { stored: true })
  // It was checked when it was written; failing closed here keeps a damaged row from granting by omission of a Deny.
  if (!parsed.ok) throw new Error(`a stored trust policy does not parse: ${parsed.error.message}`)
  return compileSet([compilePolicy(parsed.document, { id: 'trust', type: 'trust' })])
}
