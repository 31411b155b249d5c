import { parseArn } from '../authn/arn.ts'
import { IamError } from './errors.ts'

/** Limits of one parameter; lengths count Unicode characters. */
interface Text {
  /** The parameter's name in messages; the rule's own name when absent. */
  readonly field?: string
  readonly min: number
  readonly max: number
  readonly pattern?: RegExp
  /** How IAM ends "The specified value for … is invalid."; without it the pattern itself is quoted. */
  readonly charset?: string
  readonly arn?: true
}

interface Range {
  readonly from: number
  readonly to: number
}

const NAME = /^[\w+=,.@-]+$/
const NAME_CHARSET = 'It must contain only alphanumeric characters and/or the following: +=,.@_-'
/**
 * IAM takes all of printable ASCII. A colon would let one ARN read like another, and a star, question mark or dollar like a
 * pattern: who writes `arn:aws:iam::*:user/dev-*` must not mean a user of a path that somebody else chose to fit. Paths from
 * before this rule stay, and can be changed.
 */
const PATH = /^(\/|\/[!-#%-)+-9;->@-~]+\/)$/
const PATH_CHARSET = 'It must begin and end with / and contain only alphanumeric characters and/or / characters.'
const PATH_PREFIX_CHARSET =
  'It must begin with the / character and contain only alphanumeric characters and/or / characters.'
const WORD_CHARSET = 'It must contain only alphanumeric characters.'
const DOCUMENT_CHARSET = 'It must contain only printable ASCII characters.'
const LATIN = /^[\t\n\r\u0020-\u00FF]*$/
/** The database and its JSON take neither NUL nor half a surrogate pair; other control characters only spoil the reading. */
const READABLE = /^(?:[\t\n\r]|[^\p{Cc}\p{Cs}])*$/u
const READABLE_CHARSET = 'It must not contain control characters.'
const EMAIL = /^[^\s\p{Cc}\p{Cs}@]+@[^\s\p{Cc}\p{Cs}@]+$/u
export const TAG_CHARACTERS = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u

const arn = { min: 20, max: 2048, pattern: LATIN, arn: true } satisfies Text
const deviceCode = { min: 6, max: 6, pattern: /^[\d]+$/ } satisfies Text
const pem = { min: 1, max: 16_384, pattern: LATIN, charset: DOCUMENT_CHARSET } satisfies Text
const pageSize = { from: 1, to: 1000 } satisfies Range

/** Every checked parameter: IAM's service model, and for our own parameters the nearest limits of AWS. */
const RULES = {
  userName: { min: 1, max: 128, pattern: NAME, charset: NAME_CHARSET },
  /** A name that is to be given is shorter than one that may be asked for. */
  userNameToCreate: { field: 'userName', min: 1, max: 64, pattern: NAME, charset: NAME_CHARSET },
  newUserName: { min: 1, max: 64, pattern: NAME, charset: NAME_CHARSET },
  groupName: { min: 1, max: 128, pattern: NAME, charset: NAME_CHARSET },
  newGroupName: { min: 1, max: 128, pattern: NAME, charset: NAME_CHARSET },
  accountAlias: { min: 3, max: 63, pattern: /^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$/ },
  path: { min: 1, max: 512, pattern: PATH, charset: PATH_CHARSET },
  newPath: { min: 1, max: 512, pattern: PATH, charset: PATH_CHARSET },
  policyPath: { field: 'path', min: 1, max: 512, pattern: /^((\/[A-Za-z0-9.,+@=_-]+)*)\/$/, charset: PATH_CHARSET },
  pathPrefix: { min: 1, max: 512, pattern: /^\/[\u0021-\u007F]*$/, charset: PATH_PREFIX_CHARSET },
  policyName: { min: 1, max: 128, pattern: NAME, charset: NAME_CHARSET },
  policyArn: arn,
  policySourceArn: arn,
  /** Of what a report is about. */
  arn,
  callerArn: arn,
  permissionsBoundary: arn,
  policyDocument: { min: 1, max: 131_072, pattern: LATIN, charset: DOCUMENT_CHARSET },
  policyDescription: { field: 'description', min: 0, max: 1000, pattern: READABLE, charset: READABLE_CHARSET },
  versionId: { min: 1, max: 128, pattern: /^v[1-9][0-9]*(\.[A-Za-z0-9-]*)?$/ },
  accessKeyId: { min: 16, max: 128, pattern: /^[\w]+$/, charset: WORD_CHARSET },
  certificateId: { min: 24, max: 128, pattern: /^[\w]+$/, charset: WORD_CHARSET },
  certificateBody: pem,
  sshPublicKeyId: { min: 20, max: 128, pattern: /^[\w]+$/, charset: WORD_CHARSET },
  sshPublicKeyBody: { min: 1, max: 16_384, pattern: LATIN },
  /** The description of an access key is the value of a tag. */
  accessKeyDescription: { field: 'description', min: 0, max: 256, pattern: TAG_CHARACTERS },
  clientToken: { min: 1, max: 128, pattern: /^[\u0021-\u007E]+$/, charset: DOCUMENT_CHARSET },
  virtualMfaDeviceName: { min: 1, max: 226, pattern: NAME, charset: NAME_CHARSET },
  serialNumber: { min: 9, max: 256, pattern: /^[\w+=/:,.@-]+$/ },
  authenticationCode1: deviceCode,
  authenticationCode2: deviceCode,
  tokenCode: deviceCode,
  /** Of a device, or a recovery code with or without its separators. */
  mfaCode: { min: 6, max: 19, pattern: /^(?:[\d]{6}|[\dA-Za-z]{4}(?:[ -]?[\dA-Za-z]{4}){3})$/ },
  password: { min: 1, max: 128, pattern: LATIN },
  newPassword: { min: 1, max: 128, pattern: LATIN },
  oldPassword: { min: 1, max: 128, pattern: LATIN },
  /** What sign-in takes for the address of a root user. */
  email: { min: 3, max: 320, pattern: EMAIL },
  minimumPasswordLength: { from: 6, to: 128 },
  maxPasswordAge: { from: 1, to: 1095 },
  passwordReusePrevention: { from: 1, to: 24 },
  search: { min: 0, max: 128, pattern: READABLE, charset: READABLE_CHARSET },
  auditFilter: { field: 'filter', min: 1, max: 2048, pattern: READABLE, charset: READABLE_CHARSET },
  /** Days without use, as reports count them. */
  days: { from: 0, to: 36_500 },
  jobId: { min: 36, max: 36 },
  /** As policies may name a service: AWS's namespaces have no dots. */
  serviceNamespace: { min: 1, max: 64, pattern: /^[\w.-]+$/ },
  roleName: { min: 1, max: 64, pattern: NAME, charset: NAME_CHARSET },
  /** Of a service-linked role; whether it is a service principal is checked where the name of the role is made. */
  awsServiceName: { min: 1, max: 128, pattern: NAME, charset: NAME_CHARSET },
  customSuffix: { min: 1, max: 64, pattern: NAME, charset: NAME_CHARSET },
  deletionTaskId: { min: 1, max: 1000, pattern: LATIN },
  instanceProfileName: { min: 1, max: 128, pattern: NAME, charset: NAME_CHARSET },
  /** Of a credential: a host name, whose form is checked where it is read. */
  serviceName: { min: 1, max: 253 },
  credentialAgeDays: { from: 1, to: 36_600 },
  serviceSpecificCredentialId: { min: 20, max: 128, pattern: /^[\w]+$/, charset: WORD_CHARSET },
  serverCertificateName: { min: 1, max: 128, pattern: NAME, charset: NAME_CHARSET },
  newServerCertificateName: { min: 1, max: 128, pattern: NAME, charset: NAME_CHARSET },
  privateKey: pem,
  certificateChain: { ...pem, max: 2_097_152 },
  roleDescription: { field: 'description', min: 0, max: 1000, pattern: READABLE, charset: READABLE_CHARSET },
  assumeRolePolicyDocument: { min: 1, max: 131_072, pattern: LATIN, charset: DOCUMENT_CHARSET },
  maxSessionDuration: { from: 3600, to: 43_200 },
  durationSeconds: { from: 900, to: 129_600 },
  /** Address of an identity provider. */
  url: { min: 1, max: 255 },
  clientId: { field: 'clientID', min: 1, max: 255, pattern: READABLE, charset: READABLE_CHARSET },
  openIdConnectProviderArn: arn,
  samlProviderArn: arn,
  samlProviderName: { field: 'name', min: 1, max: 128, pattern: /^[\w.-]+$/ },
  /** At AWS 10,000,000: reading as much would keep others waiting, and no provider's own metadata come near. */
  samlMetadataDocument: { min: 1000, max: 300_000, pattern: READABLE },
  first: pageSize,
  last: pageSize,
  maxItems: pageSize,
} as const satisfies Readonly<Record<string, Text | Range>>

const ruleByName: Readonly<Record<string, Text | Range | undefined>> = RULES

export type RuleName = keyof typeof RULES

export function isRuleName(name: string): name is RuleName {
  return Object.hasOwn(RULES, name)
}

/** The limits of a parameter for its description: `1 to 128 characters`, or `1 to 1000`. */
export function limitsInWords(name: RuleName): string {
  const rule = RULES[name]
  if ('from' in rule) return `${rule.from} to ${rule.to}`
  return rule.min === rule.max ? `${rule.min} characters` : `${rule.min} to ${rule.max} characters`
}

/** Values by the name of their rule; what is null or absent was not given and is not checked. */
export type ConstrainedValues = {
  readonly [Name in RuleName]?: ((typeof RULES)[Name] extends Range ? number : string) | null
}

/**
 * Checks parameters before anything is looked up, and throws one ValidationError for all of them in IAM's words. Lengths and
 * ranges are reported together; what IAM has a sentence for, such as a wrong character, only when those are right and one at
 * a time, as IAM does. String values are never repeated in the message: they may be secret.
 */
export function checkConstraints(values: ConstrainedValues): void {
  throwViolations(violationsOf(values))
}

/** What is wrong with parameters: lengths and ranges, and the first of what IAM has a sentence for. */
export interface Violations {
  readonly broken: readonly string[]
  readonly sentence: string | null
}

/** The faults that `checkConstraints` throws, for who has others to report beside them. */
export function violationsOf(values: Readonly<Record<string, string | number | null | undefined>>): Violations {
  const broken: string[] = []
  let sentence: string | null = null
  for (const [name, value] of Object.entries(values)) {
    const rule = ruleByName[name]
    if (value === null || value === undefined || rule === undefined) continue
    if ('from' in rule) {
      broken.push(...rangeErrors(name, Number(value), rule))
    } else {
      const text = String(value)
      const field = rule.field ?? name
      const lengths = lengthErrors(field, text, rule)
      broken.push(...lengths)
      if (lengths.length > 0) continue
      if (rule.pattern !== undefined && !rule.pattern.test(text)) {
        if (rule.charset === undefined) broken.push(patternError(field, rule.pattern))
        else sentence ??= `The specified value for ${field} is invalid. ${rule.charset}`
      } else if (rule.arn === true && parseArn(text) === null) {
        sentence ??= 'Invalid ARN:  Could not be parsed!'
      }
    }
  }
  return { broken, sentence }
}

/** Throws one ValidationError for all of these; does nothing when there are none. */
export function throwViolations({ broken, sentence }: Violations): void {
  throwBroken(broken)
  if (sentence !== null) throw new IamError('ValidationError', sentence)
}

/** Throws the ValidationError that collects these violations; does nothing when there is none. */
export function throwBroken(broken: readonly string[]): void {
  if (broken.length === 0) return
  const count = broken.length === 1 ? '1 validation error' : `${broken.length} validation errors`
  throw new IamError('ValidationError', `${count} detected: ${broken.join('; ')}`)
}

/** Violations of the length of a text or of a list. */
export function lengthErrors(
  field: string,
  value: string | readonly unknown[],
  { min, max }: Pick<Text, 'min' | 'max'>,
): string[] {
  const length = typeof value === 'string' ? charactersOf(value, max) : value.length
  const failed = `Value at '${field}' failed to satisfy constraint: Member must have length`
  if (length < min) return [`${failed} greater than or equal to ${min}`]
  if (length > max) return [`${failed} less than or equal to ${max}`]
  return []
}

/** Unicode characters of a text; of one that is too long in any case, some number beyond `max`, without reading it. */
function charactersOf(text: string, max: number): number {
  return text.length > 2 * max ? text.length : Array.from(text).length
}

function rangeErrors(field: string, value: number, { from, to }: Range): string[] {
  const failed = `Value '${value}' at '${field}' failed to satisfy constraint: Member must have value`
  if (value < from) return [`${failed} greater than or equal to ${from}`]
  if (value > to) return [`${failed} less than or equal to ${to}`]
  return []
}

/** Violation of a charset that IAM has no sentence for. */
export function patternError(field: string, pattern: RegExp): string {
  const quoted = pattern.source.replace(/^\^|\$$/g, '').replaceAll('\\/', '/')
  return `Value at '${field}' failed to satisfy constraint: Member must satisfy regular expression pattern: ${quoted}`
}
