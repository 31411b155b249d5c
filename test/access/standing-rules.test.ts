import { describe, expect, test } from 'vitest'
import { ACTIONS } from '../../src/access/actions.ts'
import {
  allowedWithoutPolicy,
  concernsOwnSignIn,
  isBarred,
  NOTHING,
  OWN_SIGN_IN_WITH_MFA,
  PASSWORD_CHANGE_ONLY,
} from '../../src/access/standing-rules.ts'
import type { Principal } from '../../src/authn/principal.ts'
import { createContext, decide, type PolicySet } from '../../src/policy/index.ts'
import { ACCOUNT, alice, arnHere, compiledOf, federated, NOW, roleSession, root } from './small-sources.ts'

const MFA = { mfaAuthenticatedAt: NOW }
const KEY = { credential: 'ACCESS_KEY' } as const
const TEMPORARY = { credential: 'SESSION' } as const

const WHO: Readonly<Record<string, Principal>> = {
  'a password': alice(),
  'a long-term key': alice(KEY),
  'a sign-in with a key': alice({ credential: 'ACCESS_KEY_SIGN_IN' }),
  'temporary credentials': alice(TEMPORARY),
  'temporary credentials with MFA': alice({ ...TEMPORARY, ...MFA }),
  'temporary credentials of root': root(TEMPORARY),
  'temporary credentials of root with MFA': root({ ...TEMPORARY, ...MFA }),
  'a role session': roleSession(),
  'a federated user': federated(),
  'a federated user whose maker had MFA': federated(MFA),
}

const FEDERATED = ['a federated user', 'a federated user whose maker had MFA']
const WITHOUT_MFA = ['temporary credentials', 'temporary credentials of root']
const TEMPORARY_OF_USERS = [
  'temporary credentials',
  'temporary credentials with MFA',
  'temporary credentials of root',
  'temporary credentials of root with MFA',
]

describe('who cannot do something at all, whatever the policies say', () => {
  const cases: readonly (readonly [action: string, barred: readonly string[]])[] = [
    ['iam:GetUser', [...WITHOUT_MFA, ...FEDERATED]],
    ['iam:CreateAccessKey', [...WITHOUT_MFA, ...FEDERATED]],
    ['IAM:getuser', [...WITHOUT_MFA, ...FEDERATED]],
    ['iam:NotYetInvented', [...WITHOUT_MFA, ...FEDERATED]],
    ['sts:AssumeRole', FEDERATED],
    ['sts:TagSession', FEDERATED],
    ['sts:SetSourceIdentity', FEDERATED],
    ['sts:GetSessionToken', FEDERATED],
    ['sts:GetFederationToken', FEDERATED],
    ['sts:GetCallerIdentity', []],
    ['STS:getcalleridentity', []],
    ['sts:GetCallerIdentityAndMore', [...TEMPORARY_OF_USERS, ...FEDERATED]],
    ['sts:AssumeRoleWithSAML', [...TEMPORARY_OF_USERS, ...FEDERATED]],
    ['sts:AssumeRoleWithWebIdentity', [...TEMPORARY_OF_USERS, ...FEDERATED]],
    ['sts:GetAccessKeyInfo', [...TEMPORARY_OF_USERS, ...FEDERATED]],
    ['STS:DecodeAuthorizationMessage', [...TEMPORARY_OF_USERS, ...FEDERATED]],
    ['s3:GetObject', []],
    ['cloudtrail:LookupEvents', []],
    ['latchkey:ListSessions', []],
  ]
  test.each(cases)('%s', (action, barred) => {
    expect(Object.keys(WHO).filter((who) => isBarred(WHO[who]!, action))).toEqual(
      Object.keys(WHO).filter((who) => barred.includes(who)),
    )
  })
})

/** What a session policy makes of everything that is allowed otherwise. */
function effectUnder(session: PolicySet, action: string, mfa?: 'true' | 'false'): string {
  const context = createContext(mfa === undefined ? [] : [['aws:MultiFactorAuthPresent', mfa]])
  const principal = { kind: 'user' as const, accountId: ACCOUNT, arn: arnHere('user/Alice'), uniqueId: 'AIDAALICE' }
  return decide({ root: true, session }, { action, resource: arnHere('user/Alice'), context, principal }).effect
}

const BEYOND = ['s3:GetObject', 'iam:NotYetInvented', 'iam:ChangePasswords', 'latchkey:NotYetInvented']
const ALL_ACTIONS = [...Object.keys(ACTIONS), ...BEYOND]

describe('a password that must be changed', () => {
  test.each([undefined, 'true', 'false'] as const)('can do nothing else, MFA %s', (mfa) => {
    const rest = ALL_ACTIONS.filter((action) => effectUnder(PASSWORD_CHANGE_ONLY, action, mfa) !== 'EXPLICIT_DENY')
    expect(rest).toEqual(['iam:ChangePassword'])
  })
})

describe('a credential that may not be used', () => {
  test('is denied everything', () => {
    expect(ALL_ACTIONS.filter((action) => effectUnder(NOTHING, action, 'true') !== 'EXPLICIT_DENY')).toEqual([])
  })
})

const OF_DEVICES = [
  'iam:DeactivateMFADevice',
  'iam:EnableMFADevice',
  'iam:ResyncMFADevice',
  'latchkey:CreateRecoveryCodes',
]
const OF_SIGN_IN = ['iam:ChangePassword', 'latchkey:UpdateRootEmail']

describe('what somebody with a device needs it for', () => {
  const device = { hasMfaDevice: true }
  const concerned = (principal: Principal, has = device) =>
    ALL_ACTIONS.filter((action) => concernsOwnSignIn(principal, has, action, principal.arn)).toSorted()

  test('are the devices of a user', () => expect(concerned(alice())).toEqual(OF_DEVICES))

  test('are devices, password and address of root', () =>
    expect(concerned(root())).toEqual([...OF_DEVICES, ...OF_SIGN_IN].toSorted()))

  test('is nothing without a device', () => {
    expect(concerned(alice(), { hasMfaDevice: false })).toEqual([])
    expect(concerned(root(), { hasMfaDevice: false })).toEqual([])
  })

  test('is nothing of somebody else', () => {
    const others = [arnHere('user/Bob'), arnHere('user/alice'), arnHere('user/div/Alice'), '*', '']
    const ofOthers = ALL_ACTIONS.filter((action) =>
      others.some((arn) => concernsOwnSignIn(alice(), device, action, arn)),
    )
    expect(ofOthers).toEqual([])
  })

  test('is the same in any spelling of the action', () => {
    for (const action of OF_DEVICES.flatMap((name) => [name.toLowerCase(), name.toUpperCase()]))
      expect(concernsOwnSignIn(alice(), device, action, alice().arn), action).toBe(true)
  })

  test('is denied without MFA, also to a key that says nothing of MFA, and not with it', () => {
    for (const action of concerned(root())) {
      expect(effectUnder(OWN_SIGN_IN_WITH_MFA, action), action).toBe('EXPLICIT_DENY')
      expect(effectUnder(OWN_SIGN_IN_WITH_MFA, action, 'false'), action).toBe('EXPLICIT_DENY')
      expect(effectUnder(OWN_SIGN_IN_WITH_MFA, action, 'true'), action).toBe('ALLOW')
    }
  })

  test('is no device of a session that has the permissions of somebody else', async () => {
    const stored = { hasMfaDevice: true, mayChangePassword: true }
    for (const principal of [roleSession(), federated()])
      expect(await compiledOf(principal, stored)).toMatchObject({ hasMfaDevice: false, mayChangePassword: false })
    for (const principal of [alice(), root()])
      expect(await compiledOf(principal, stored)).toMatchObject({ hasMfaDevice: true })
  })
})

describe('what needs no policy', () => {
  const RESET = { reason: 'SESSION_POLICY' }
  const BY_ACCOUNT = { reason: 'IDENTITY_POLICY' }
  const OWN = arnHere('user/Alice')
  const OTHER = arnHere('user/Bob')
  const CHANGE = 'iam:ChangePassword'
  const READ = 'iam:GetAccountPasswordPolicy'

  test.each([
    ['one’s own password, when it must be changed', CHANGE, OWN, { pending: true, may: false }, RESET],
    ['one’s own password, where the account lets users', CHANGE, OWN, { pending: false, may: true }, BY_ACCOUNT],
    ['one’s own password in another spelling', 'IAM:changePASSWORD', OWN, { pending: false, may: true }, BY_ACCOUNT],
    ['not one’s own password otherwise', CHANGE, OWN, { pending: false, may: false }, null],
    ['not the password of somebody else', CHANGE, OTHER, { pending: true, may: true }, null],
    ['not all passwords', CHANGE, '*', { pending: true, may: true }, null],
    ['the rules, where the account lets users', READ, '*', { pending: false, may: true }, BY_ACCOUNT],
    ['not the rules otherwise', READ, '*', { pending: false, may: false }, null],
    ['not the rules while the password must be changed', READ, '*', { pending: true, may: true }, null],
    ['nothing else', 'iam:UpdateLoginProfile', OWN, { pending: true, may: true }, null],
    ['nothing that only begins so', `${CHANGE}s`, OWN, { pending: true, may: true }, null],
  ])('%s', async (_what, action, resource, { pending, may }, expected) => {
    const principal = alice({ passwordResetPending: pending })
    const compiled = await compiledOf(principal, { mayChangePassword: may })
    const decision = allowedWithoutPolicy(principal, compiled, action, resource)
    if (expected === null) expect(decision).toBeNull()
    else expect(decision).toMatchObject({ effect: 'ALLOW', ...expected })
  })
})
