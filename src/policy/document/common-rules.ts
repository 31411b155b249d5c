import type { PrincipalType } from '../types.ts'
import type { JsonString } from './json.ts'
import { refuse } from './refusal.ts'
import type { PrincipalStructure, StatementStructure } from './structure.ts'

const SID = /^[A-Za-z0-9]*$/

/** Empty Sids count as none. */
export function checkSids(statements: readonly StatementStructure[], duplicateText: string): void {
  const seen = new Set<string>()
  for (const { sid } of statements) {
    if (sid === undefined || sid.value === '') continue
    if (!SID.test(sid.value)) {
      refuse(
        'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*',
        sid,
      )
    }
    if (seen.has(sid.value)) refuse(duplicateText, sid)
    seen.add(sid.value)
  }
}

const PARTITION = 'aws(?:-[a-z]+)*'
const AWS_PRINCIPALS: readonly RegExp[] = [
  /^\*$/,
  /^\d{12}$/,
  /^A(?:IDA|ROA)[A-Z0-9]{12,124}$/,
  new RegExp(`^arn:${PARTITION}:iam::\\d{12}:(?:root|(?:user|role)/[^*?]*[^*?/])$`),
  new RegExp(`^arn:${PARTITION}:sts::\\d{12}:(?:assumed-role/[^*?/]+|federated-user)/[^*?/]+$`),
]
const NAME = /^[^\s*?]+$/

/** Groups are no principals and an ARN has no wildcards. Whether the identity exists is not known here. */
export function checkPrincipals({ entries }: PrincipalStructure): void {
  for (const { type, value } of entries) {
    if (!isPrincipal(type, value))
      refuse(`Invalid principal in policy: "${type.toUpperCase()}":"${value.value}"`, value)
  }
}

function isPrincipal(type: PrincipalType, { value }: JsonString): boolean {
  return type === 'AWS' ? AWS_PRINCIPALS.some((form) => form.test(value)) : NAME.test(value)
}
