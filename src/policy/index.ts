/**
 * The policy language of IAM and its evaluation. Pure: no I/O, no clock, no dependency.
 *
 *   const parsed = parsePolicy(text, 'managed')
 *   const set = compileSet([compilePolicy(parsed.document, { id: 'p1', type: 'managed' })])
 *   decide({ identity: set }, { action, resource, principal, context: createContext([['aws:username', 'alice']]) })
 */
export { type CompiledPolicy, compilePolicy } from './compile.ts'
export { createContext, type RequestContext } from './context.ts'
export { decide, type DecideOptions } from './decide.ts'
export { denialTail } from './denial.ts'
export { type Grants, grantsOf } from './grants.ts'
export { contextKeysOf, principalsOf } from './document/inspect.ts'
export { checkPolicy, type FindingSeverity, type PolicyFinding } from './document/check.ts'
export { type LintFinding, lintPolicy } from './document/lint.ts'
export type { LintRule } from './document/lint-rule.ts'
export type { ActionCatalogue } from './document/lint-catalogue.ts'
export { MalformedPolicyDocument } from './document/malformed.ts'
export { type ParseOptions, parsePolicy, type ParseResult } from './document/parse.ts'
export { printPolicy } from './document/print.ts'
export { policySize } from './document/size.ts'
export type { Layers } from './layers.ts'
export { compileSet, type PolicySet } from './policy-set.ts'
export type * from './types.ts'
