import type { ContextEntryInput } from './documents.generated.ts'

export const CONTEXT_TYPES = [
  'STRING',
  'STRING_LIST',
  'NUMERIC',
  'NUMERIC_LIST',
  'BOOLEAN',
  'BOOLEAN_LIST',
  'IP',
  'IP_LIST',
  'BINARY',
  'BINARY_LIST',
  'DATE',
  'DATE_LIST',
] as const
export type ContextType = (typeof CONTEXT_TYPES)[number]

/** A condition key of the simulated request, as it is typed: the values of a list are separated by commas. */
export interface ContextRow {
  readonly key: string
  readonly type: ContextType
  readonly values: string
}

/** What the request says of MFA; unsaid, its keys are absent. */
export const MFA_ANSWERS = ['UNSAID', 'WITH', 'WITHOUT'] as const
export type MfaAnswer = (typeof MFA_ANSWERS)[number]

interface Context {
  readonly mfa: MfaAnswer
  /** Seconds. */
  readonly mfaAge: string
  readonly context: readonly ContextRow[]
}

const MFA_PRESENT = 'aws:MultiFactorAuthPresent'
const MFA_AGE = 'aws:MultiFactorAuthAge'
const MFA_KEYS = [MFA_PRESENT, MFA_AGE].map((key) => key.toLowerCase())

/** Global condition keys (AWS IAM user guide) and what their values are. Keys that end with a slash go on with a tag's key. */
export const GLOBAL_KEYS: Readonly<Record<string, ContextType>> = {
  'aws:CurrentTime': 'DATE',
  'aws:EpochTime': 'DATE',
  'aws:PrincipalAccount': 'STRING',
  'aws:PrincipalArn': 'STRING',
  'aws:PrincipalTag/': 'STRING',
  'aws:PrincipalType': 'STRING',
  'aws:RequestedRegion': 'STRING',
  'aws:RequestTag/': 'STRING',
  'aws:ResourceTag/': 'STRING',
  'aws:SecureTransport': 'BOOLEAN',
  'aws:SourceIdentity': 'STRING',
  'aws:SourceIp': 'IP',
  'aws:TagKeys': 'STRING_LIST',
  'aws:TokenIssueTime': 'DATE',
  'aws:UserAgent': 'STRING',
  'aws:userid': 'STRING',
  'aws:username': 'STRING',
  'aws:ViaAWSService': 'BOOLEAN',
  'iam:AWSServiceName': 'STRING',
  'iam:PermissionsBoundary': 'STRING',
  'iam:PolicyARN': 'STRING',
  'iam:ResourceTag/': 'STRING',
}

const TYPES = new Map(Object.entries(GLOBAL_KEYS).map(([key, type]) => [key.toLowerCase(), type]))

/** What the values of a key are; text where nobody knows. */
export function typeOfKey(key: string): ContextType {
  return TYPES.get(key.trim().toLowerCase()) ?? 'STRING'
}

/** The context as the API takes it. */
export function entriesOf({ mfa, mfaAge, context }: Context): ContextEntryInput[] {
  const rows = context.filter(({ key }) => key.trim() !== '')
  return [
    ...mfaEntries(mfa, mfaAge.trim()),
    ...rows.map(({ key, type, values }) => ({
      contextKeyName: key.trim(),
      contextKeyType: type,
      // A key without a value is absent.
      contextKeyValues: (type.endsWith('_LIST') ? values.split(',') : [values])
        .map((value) => value.trim())
        .filter((value) => value !== ''),
    })),
  ]
}

function mfaEntries(mfa: MfaAnswer, age: string): ContextEntryInput[] {
  if (mfa === 'UNSAID') return []
  const present = {
    contextKeyName: MFA_PRESENT,
    contextKeyType: 'BOOLEAN' as const,
    contextKeyValues: [String(mfa === 'WITH')],
  }
  // A session without MFA has no age of it.
  if (mfa === 'WITHOUT' || age === '') return [present]
  return [present, { contextKeyName: MFA_AGE, contextKeyType: 'NUMERIC', contextKeyValues: [age] }]
}

/**
 * The context with places for keys that were missing: those of MFA are answered, the others are there to be filled in.
 *
 * @param known values that a request of the simulated principal would have, by the key in lower case
 */
export function withKeys(
  { mfa, mfaAge, context }: Context,
  missing: readonly string[],
  known: ReadonlyMap<string, string>,
): Context {
  const given = new Set(context.map(({ key }) => key.trim().toLowerCase()))
  const ofMfa = missing.some((key) => MFA_KEYS.includes(key.toLowerCase()))
  const others = missing.filter((key) => ![...MFA_KEYS, ...given].includes(key.toLowerCase()))
  return {
    mfa: ofMfa && mfa === 'UNSAID' ? 'WITH' : mfa,
    mfaAge: ofMfa && mfaAge.trim() === '' ? '0' : mfaAge,
    context: [
      ...context,
      ...others.map((key) => ({ key, type: typeOfKey(key), values: known.get(key.toLowerCase()) ?? '' })),
    ],
  }
}
