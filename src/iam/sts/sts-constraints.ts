import { parseArn } from '../../authn/arn.ts'
import { lengthErrors, throwBroken } from '../constraints.ts'
import { IamError } from '../errors.ts'

interface Rule {
  readonly min: number
  readonly max: number
  readonly pattern?: RegExp
}

const WORD = /^[\w+=,.@-]*$/

/** Parameters of STS that are not IAM's: the service model of STS. */
const RULES = {
  roleArn: { min: 20, max: 2048 },
  principalArn: { min: 20, max: 2048 },
  roleSessionName: { min: 2, max: 64, pattern: WORD },
  externalId: { min: 2, max: 1224, pattern: /^[\w+=,.@:/-]*$/ },
  sourceIdentity: { min: 2, max: 64, pattern: WORD },
  name: { min: 2, max: 32, pattern: WORD },
  encodedMessage: { min: 1, max: 10_240 },
} as const satisfies Readonly<Record<string, Rule>>

const ruleByName: Readonly<Record<string, Rule | undefined>> = RULES

const DURATION = { from: 900, to: 43_200 }

export type StsValues = { readonly [Name in keyof typeof RULES]?: string | null } & {
  /** Of AssumeRole; that of a user's own credentials has IAM's rule. */
  readonly durationSeconds?: number | null
}

/**
 * Checks parameters of STS and throws one ValidationError for all of them. STS repeats the value, which IAM does not: none of
 * these is a secret.
 *
 * @param duration what `durationSeconds` may be: for credentials when omitted
 */
export function checkStsConstraints({ durationSeconds, ...texts }: StsValues, duration = DURATION): void {
  const broken: string[] = []
  for (const [name, value] of Object.entries(texts)) {
    const rule = ruleByName[name]
    if (value === null || value === undefined || rule === undefined) continue
    const failed = `Value '${value}' at '${name}' failed to satisfy constraint:`
    const lengths = lengthErrors(name, value, rule)
    broken.push(...lengths.map((text) => text.replace(`Value at '${name}'`, () => `Value '${value}' at '${name}'`)))
    if (rule.pattern !== undefined && !rule.pattern.test(value))
      broken.push(`${failed} Member must satisfy regular expression pattern: ${quoted(rule.pattern)}`)
  }
  if (durationSeconds !== null && durationSeconds !== undefined) {
    const failed = `Value '${durationSeconds}' at 'durationSeconds' failed to satisfy constraint: Member must have value`
    if (durationSeconds < duration.from) broken.push(`${failed} greater than or equal to ${duration.from}`)
    if (durationSeconds > duration.to) broken.push(`${failed} less than or equal to ${duration.to}`)
  }
  throwBroken(broken)
  if (texts.roleArn != null && parseArn(texts.roleArn) === null)
    throw new IamError('ValidationError', `${texts.roleArn} is invalid`)
}

/** As AWS writes it, the hyphen last and nothing escaped. */
function quoted(pattern: RegExp): string {
  return pattern.source.replace(/^\^|\$$/g, '').replaceAll('\\/', '/')
}
