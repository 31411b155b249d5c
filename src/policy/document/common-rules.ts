import { parseDate } from '../condition/date.ts'
import { isAwsPrincipal } from '../match/principal.ts'
import type { PrincipalType } from '../types.ts'
import type { JsonString } from './json.ts'
import { refuse } from './refusal.ts'
import type { ClauseStructure, PrincipalStructure, StatementStructure, Structure } from './structure.ts'

/** What IAM says of faults that only the older of its two parsers knows. */
export const LEGACY = 'The policy failed legacy parsing'

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

/** IAM reads no white space before the first brace, unlike JSON. */
export function readsFromItsFirstCharacter({ node }: Structure): boolean {
  return node.start === 0
}

/** A Date operator compares dates only; other operators take values of any form, and compare those of the wrong one with nothing. */
export function checkDates(clauses: readonly ClauseStructure[]): void {
  for (const { operator, values, node } of clauses) {
    if (!operator.startsWith('Date')) continue
    const wrong = values.findIndex((value) => parseDate(value) === undefined)
    if (wrong >= 0) refuse(LEGACY, node.type === 'array' ? node.items[wrong]! : node)
  }
}

const NAME = /^[^\s*?]+$/

/** Groups are no principals and an ARN has no wildcards. Whether the identity exists is not known here. */
export function checkPrincipals({ entries }: PrincipalStructure): void {
  for (const { type, value } of entries) {
    if (!isPrincipal(type, value))
      refuse(`Invalid principal in policy: "${type.toUpperCase()}":"${value.value}"`, value)
  }
}

function isPrincipal(type: PrincipalType, { value }: JsonString): boolean {
  return type === 'AWS' ? isAwsPrincipal(value) : NAME.test(value)
}
