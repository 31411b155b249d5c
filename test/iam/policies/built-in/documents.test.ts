import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { BUILT_IN_POLICIES } from '../../../../src/iam/policies/built-in/index.ts'
import { QUOTAS } from '../../../../src/iam/quotas.ts'
import { KNOWN_ACTIONS } from '../../../../src/iam/simulation/known-actions.ts'
import { lintPolicy, parsePolicy, policySize } from '../../../../src/policy/index.ts'

/** Warnings that tell the truth: who may do everything may also pass every role. */
const MEANT: Readonly<Record<string, readonly string[]>> = {
  AdministratorAccess: ['PASSES_ANY_ROLE'],
  IAMFullAccess: ['PASSES_ANY_ROLE'],
  // Other services, future ones too, are what it is for.
  PowerUserAccess: ['ALLOWS_ALL_OTHERS'],
}

/** What releases wrote into databases, by name and version. */
const RELEASED: Readonly<Record<string, string>> = {
  'AdministratorAccess v1': 'f56619f44727b49c',
  'AWSDenyAll v1': 'd5263f8ed12883d3',
  'IAMFullAccess v1': '846512e004cd63a3',
  'IAMReadOnlyAccess v1': 'e2fdcb57e258f111',
  'IAMSelfManageAccessKeys v1': '3020cd284f078cf9',
  'IAMSelfManageAccessKeysWithMFA v1': '0e8cf0f0427145dd',
  'IAMSelfManageAccessKeysWithMFA v2': 'c7bb2db1d958bd76',
  'IAMSelfManageServiceSpecificCredentials v1': '095f76c609403dea',
  'IAMUserChangePassword v1': '2cf34798a64f680d',
  'IAMUserSSHKeys v1': 'ce2ef37242453671',
  'PowerUserAccess v1': '4471446d14c14462',
  'ReadOnlyAccess v1': 'bc149078771ac7cb',
  'SecurityAudit v1': '5398196c7a1ebc5e',
  'SupportUser v1': 'a7ce59f7f700602c',
  'ViewOnlyAccess v1': '342af7ac06ea04fa',
}

describe.each(BUILT_IN_POLICIES.map((policy) => [policy.name, policy] as const))('%s', (name, policy) => {
  test('is a valid managed policy without traps', () => {
    const parsed = parsePolicy(policy.document, 'managed')
    if (!parsed.ok) throw new Error(parsed.error.message)
    expect(policySize(policy.document)).toBeLessThanOrEqual(QUOTAS.PolicySize.limit)
    expect(lintPolicy(parsed.document, KNOWN_ACTIONS).map(({ rule }) => rule)).toEqual(MEANT[name] ?? [])
  })

  test('is named as a policy of the account would be', () => {
    expect(policy.id).toMatch(/^ANPA[A-Z2-7]{17}$/)
    expect(name).toMatch(/^[\w+=,.@-]{1,128}$/)
    expect(policy.description).toMatch(/^[\u0020-\u007E]{1,1000}$/)
  })

  test('gets a higher version with every new text, or databases would keep the old one', () => {
    const digest = createHash('sha256').update(policy.document).digest('hex').slice(0, 16)
    expect(digest).toBe(RELEASED[`${name} v${policy.version}`])
  })
})

test('no two have an id or a name in common', () => {
  expect(new Set(BUILT_IN_POLICIES.map(({ id }) => id)).size).toBe(BUILT_IN_POLICIES.length)
  expect(new Set(BUILT_IN_POLICIES.map(({ name }) => name.toLowerCase())).size).toBe(BUILT_IN_POLICIES.length)
})
