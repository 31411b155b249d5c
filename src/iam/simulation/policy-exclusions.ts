import { isBuiltInPolicyArn, parseArn } from '../../authn/arn.ts'
import type { CompiledPolicy } from '../../policy/index.ts'
import { lengthErrors, throwBroken } from '../constraints.ts'
import { IamError } from '../errors.ts'
import type { SourcePolicies } from './source-policies.ts'

export const EXCLUDED_TYPES = ['AWS_MANAGED', 'USER_MANAGED', 'INLINE', 'PERMISSION_BOUNDARY', 'SCP', 'RCP'] as const
export const ATTACHMENT_TYPES = ['USER', 'GROUP', 'ROLE'] as const

/** Policies that a simulation leaves out: of a type, of an ARN, or inline by name. Exactly one of the three. */
export interface PolicyIdentifierInput {
  readonly policyType?: (typeof EXCLUDED_TYPES)[number] | null
  /** The name may hold one `*`, and `?` for single characters. */
  readonly policyArn?: string | null
  readonly inlinePolicyIdentifier?: {
    readonly policyName: string
    readonly attachmentType: (typeof ATTACHMENT_TYPES)[number]
    /** May hold one `*`, and `?` for single characters. */
    readonly attachmentName: string
  } | null
}

type Test = (policy: CompiledPolicy) => boolean

const MOST_EXCLUSIONS = 100
const NEVER: Test = () => false

/**
 * The policies of a principal without those that are excluded; identifiers that meet none change nothing. Throws InvalidInput for
 * one that names nothing or too much, ValidationError.
 */
export function withoutExcluded(
  source: SourcePolicies,
  exclusions: readonly PolicyIdentifierInput[] | null | undefined,
): SourcePolicies {
  throwBroken(lengthErrors('policyExclusionList', exclusions ?? [], { min: 0, max: MOST_EXCLUSIONS }))
  const tests = (exclusions ?? []).map(testOf)
  const stays = (policy: CompiledPolicy) => !tests.some((excludes) => excludes(policy))
  const { identity, boundary } = source
  return {
    ...source,
    identity: identity.filter(stays),
    boundary: boundary !== null && stays(boundary) ? boundary : null,
  }
}

function testOf({ policyType, policyArn, inlinePolicyIdentifier: inline }: PolicyIdentifierInput, at: number): Test {
  const given = [policyType, policyArn, inline].filter((one) => one !== null && one !== undefined)
  if (given.length !== 1)
    throw invalid(at, 'it must have exactly one of PolicyType, PolicyArn and InlinePolicyIdentifier')
  if (policyType) return ({ source }) => typeOf(source) === policyType
  if (policyArn) {
    const name = policyArn.slice(policyArn.lastIndexOf('/') + 1)
    const resource = parseArn(policyArn)?.resource ?? ''
    if (!resource.startsWith('policy/') || /[*?]/.test(policyArn.slice(0, -name.length)))
      throw invalid(at, 'PolicyArn must be the ARN of a policy, with wildcards in its name only')
    const matches = pattern(policyArn, at)
    return ({ source }) => source.arn !== undefined && source.type !== 'boundary' && matches(source.arn)
  }
  if (!inline) return NEVER
  const { policyName, attachmentType, attachmentName } = inline
  const holder = pattern(attachmentName, at)
  return ({ source }) =>
    source.type === `${attachmentType.toLowerCase()}-inline` &&
    source.name === policyName &&
    holder(source.entityArn?.slice(source.entityArn.lastIndexOf('/') + 1) ?? '')
}

/** Which of the types a policy of the principal is. */
function typeOf({ type, arn }: CompiledPolicy['source']): PolicyIdentifierInput['policyType'] {
  if (type === 'boundary') return 'PERMISSION_BOUNDARY'
  if (type.endsWith('-inline')) return 'INLINE'
  return arn !== undefined && isBuiltInPolicyArn(arn) ? 'AWS_MANAGED' : 'USER_MANAGED'
}

/** Not as patterns of policies: here at most one star is allowed, and there are no variables. */
function pattern(text: string, at: number): (name: string) => boolean {
  throwBroken(lengthErrors('policyExclusionList', text, { min: 1, max: 2048 }))
  if (text.split('*').length > 2) throw invalid(at, 'there may be one "*"')
  const escaped = text.replaceAll(/[\\^$.+()[\]{}|]/g, String.raw`\$&`)
  const whole = new RegExp(`^${escaped.replaceAll('?', '.').replace('*', '.*')}$`, 'su')
  return (name) => whole.test(name)
}

function invalid(at: number, why: string): IamError {
  return new IamError('InvalidInput', `Invalid policy identifier PolicyExclusionList.${at + 1}: ${why}.`)
}
