import { Glob } from './glob.ts'
import { tokenize } from './template.ts'

/** An action pattern. Prefix and name are compared without case: AWS IAM user guide, "Action". */
export interface ActionPattern {
  /** The service prefix in lower case, or undefined when the pattern spans services. */
  readonly service: string | undefined
  readonly glob: Glob
}

export function compileAction(pattern: string): ActionPattern {
  const lower = pattern.toLowerCase()
  const colon = lower.indexOf(':')
  const service = colon < 0 ? '*' : lower.slice(0, colon)
  return {
    service: service.includes('*') || service.includes('?') ? undefined : service,
    glob: new Glob(tokenize(lower, { wildcards: true, variables: false })),
  }
}

/** The service prefix of a request's action in lower case. */
export function serviceOf(lowerAction: string): string {
  const colon = lowerAction.indexOf(':')
  return colon < 0 ? lowerAction : lowerAction.slice(0, colon)
}
