import { describe, expect, test } from 'vitest'
import { type LocatedTarget, shownAs } from '../../src/access/located-target.ts'
import type { Tag } from '../../src/access/sources.ts'
import { trustSet } from '../../src/access/trust-set.ts'
import { denied, judge, judgeBarred, speaksOf, type Verdict } from '../../src/access/verdict.ts'
import type { Principal } from '../../src/authn/principal.ts'
import {
  ACCOUNT,
  alice,
  allow,
  arnHere,
  askerOf,
  decisionIds,
  deny,
  federated,
  NOW,
  OTHER_ACCOUNT,
  refusedWith,
  roleSession,
  root,
  type Stored,
} from './small-sources.ts'

const BOB = shownAs(arnHere('user/Bob'), 'user Bob')
const SELF = shownAs(arnHere('user/Alice'), 'user Alice')
const EVERYTHING = [allow('*')]
const MFA = { mfaAuthenticatedAt: NOW }

interface Question {
  readonly principal?: Principal
  readonly stored?: Stored
  readonly action?: string
  readonly target?: LocatedTarget
  readonly keys?: Parameters<typeof judge>[3]
}

async function judged({
  principal = alice(),
  stored = {},
  action = 'iam:GetUser',
  target = BOB,
  keys,
}: Question): Promise<Verdict> {
  return judge(await askerOf(principal, stored), action, target, keys, decisionIds())
}

const effectOf = async (question: Question) => (await judged(question)).decision.effect

describe('a credential that is barred', () => {
  const barred: readonly (readonly [string, Principal, string])[] = [
    ['temporary credentials without MFA in IAM', alice({ credential: 'SESSION' }), 'iam:GetUser'],
    ['temporary credentials of root without MFA in IAM', root({ credential: 'SESSION' }), 'iam:GetUser'],
    ['a federated user in IAM', federated(), 'iam:GetUser'],
    ['a federated user that becomes a role', federated(), 'sts:AssumeRole'],
    ['temporary credentials in the rest of STS', alice({ credential: 'SESSION', ...MFA }), 'sts:GetAccessKeyInfo'],
  ]

  test.each(barred)('is refused as such though everything is allowed: %s', async (_what, principal, action) => {
    const asker = await askerOf(principal, { identity: EVERYTHING })
    const error = await refusedWith(() => judge(asker, action, BOB, undefined, decisionIds()))
    expect(error.code).toBe('InvalidClientTokenId')
  })

  test.each(barred)('is denied when it only asks: %s', async (_what, principal, action) => {
    const verdict = judgeBarred(await askerOf(principal, { identity: EVERYTHING }), action, BOB, decisionIds())
    expect(verdict?.decision).toMatchObject({ effect: 'EXPLICIT_DENY', reason: 'SESSION_POLICY' })
  })

  test('is refused as such though a role trusts it', async () => {
    const asker = await askerOf(federated(), { identity: EVERYTHING })
    const error = await refusedWith(() => judge(asker, 'sts:AssumeRole', ROLE, undefined, decisionIds(), trusting('*')))
    expect(error.code).toBe('InvalidClientTokenId')
  })

  test('is none when it is not', async () => {
    const asker = await askerOf(alice(), { identity: EVERYTHING })
    expect(judgeBarred(asker, 'iam:GetUser', BOB, decisionIds())).toBeNull()
  })
})

describe('a password that must be changed', () => {
  const pending = alice({ passwordResetPending: true })

  test.each([
    ['nothing is allowed beside, whatever the policies say', 'iam:GetUser', SELF, EVERYTHING, 'EXPLICIT_DENY'],
    ['nothing that the server asks for alone, either', 'latchkey:ListSessions', SELF, EVERYTHING, 'EXPLICIT_DENY'],
    ['its own may be changed without a policy', 'iam:ChangePassword', SELF, [], 'ALLOW'],
    ['its own may not where a policy denies it', 'iam:ChangePassword', SELF, [deny('*')], 'EXPLICIT_DENY'],
    ['that of somebody else may not', 'iam:ChangePassword', BOB, [], 'IMPLICIT_DENY'],
  ])('%s', async (_what, action, target, identity, effect) => {
    const verdict = await judged({ principal: pending, stored: { identity }, action, target })
    expect(verdict.decision.effect).toBe(effect)
    expect(verdict.passwordChangeRequired).toBe(true)
    if (effect !== 'ALLOW') expect(denied(verdict).details.authz.passwordChangeRequired).toBe(true)
  })

  test('is not a matter of a boundary that leaves it out', async () => {
    const stored = { identity: EVERYTHING, boundary: allow('s3:*') }
    expect(await effectOf({ principal: alice(), stored, action: 'iam:ChangePassword', target: SELF })).toBe(
      'IMPLICIT_DENY',
    )
  })
})

describe('one’s own sign-in', () => {
  const device = { hasMfaDevice: true, identity: EVERYTHING }
  const key = { credential: 'ACCESS_KEY' } as const
  const ROOT = shownAs(arnHere('root'))

  test.each([
    ['a password alone cannot take the device away', alice(), 'iam:DeactivateMFADevice', SELF, 'EXPLICIT_DENY'],
    ['nor can a key', alice(key), 'iam:DeactivateMFADevice', SELF, 'EXPLICIT_DENY'],
    ['nor root’s password', root(), 'iam:DeactivateMFADevice', ROOT, 'EXPLICIT_DENY'],
    ['nor can a password add a device', alice(), 'iam:EnableMFADevice', SELF, 'EXPLICIT_DENY'],
    ['nor make recovery codes', alice(), 'latchkey:CreateRecoveryCodes', SELF, 'EXPLICIT_DENY'],
    ['root cannot change its password without it', root(), 'iam:ChangePassword', ROOT, 'EXPLICIT_DENY'],
    ['nor its address', root(), 'latchkey:UpdateRootEmail', ROOT, 'EXPLICIT_DENY'],
    ['with the device it can', alice(MFA), 'iam:DeactivateMFADevice', SELF, 'ALLOW'],
    ['as can root', root(MFA), 'iam:ChangePassword', ROOT, 'ALLOW'],
    ['devices of others are a matter of policies', alice(), 'iam:DeactivateMFADevice', BOB, 'ALLOW'],
    ['so is a user’s own password', alice(), 'iam:ChangePassword', SELF, 'ALLOW'],
  ])('%s', async (_what, principal, action, target, effect) => {
    const verdict = await judged({ principal, stored: device, action, target })
    expect(verdict.decision.effect).toBe(effect)
    expect(verdict.mfaRequired).toBe(effect !== 'ALLOW')
  })

  test('is open to whoever has no device yet', async () => {
    const question = { action: 'iam:EnableMFADevice', target: SELF, stored: { identity: EVERYTHING } }
    expect(await effectOf(question)).toBe('ALLOW')
  })
})

describe('mfaRequired', () => {
  const withMfa = [allow('iam:GetUser', { when: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })]
  const recent = [allow('iam:GetUser', { when: { NumericLessThan: { 'aws:MultiFactorAuthAge': '60' } } })]
  const old = { mfaAuthenticatedAt: new Date(NOW.getTime() - 3_600_000) }

  test.each([
    ['a password session whose policy asks for it', alice(), withMfa, true],
    ['a key whose policy asks for it', alice({ credential: 'ACCESS_KEY' }), withMfa, true],
    ['a code that is too old', alice(old), recent, true],
    ['what is allowed already', alice(MFA), withMfa, false],
    ['what a code would not change', alice(), [], false],
    ['what is denied with a code as well', alice(), [...withMfa, deny('iam:GetUser')], false],
    ['a role session, which cannot enter one', roleSession(), withMfa, false],
  ])('%s', async (_what, principal, identity, expected) => {
    expect((await judged({ principal, stored: { identity } })).mfaRequired).toBe(expected)
  })
})

const when = (key: string, value = 'red') => [allow('iam:GetUser', { when: { StringEquals: { [key]: value } } })]

describe('what is known of the target', () => {
  const tags: readonly Tag[] = [{ key: 'team', value: 'red' }]
  const tagged = (arn: string, boundaryArn: string | null = null): LocatedTarget => ({
    ...shownAs(arn),
    target: { arn, tags, boundaryArn },
  })
  const USER = tagged(arnHere('user/Bob'))
  const asked = [['iam:PermissionsBoundary', arnHere('policy/Loose')]] as const
  const bounded = tagged(arnHere('user/Bob'), arnHere('policy/Limit'))

  test.each([
    ['its tags', USER, when('aws:ResourceTag/team'), undefined, 'ALLOW'],
    ['its tags under the name of IAM', USER, when('iam:ResourceTag/team'), undefined, 'ALLOW'],
    [
      'no tags of IAM on a policy',
      tagged(arnHere('policy/P')),
      when('iam:ResourceTag/team'),
      undefined,
      'IMPLICIT_DENY',
    ],
    ['no tags that it has not', BOB, when('aws:ResourceTag/team'), undefined, 'IMPLICIT_DENY'],
    [
      'no tags that the caller asks for',
      BOB,
      when('aws:ResourceTag/team'),
      [['aws:RequestTag/team', 'red']],
      'IMPLICIT_DENY',
    ],
    [
      'its boundary when it has no tags',
      { ...BOB, target: { ...BOB.target, boundaryArn: arnHere('policy/Limit') } },
      when('iam:PermissionsBoundary', arnHere('policy/Limit')),
      undefined,
      'ALLOW',
    ],
    ['its boundary', bounded, when('iam:PermissionsBoundary', arnHere('policy/Limit')), undefined, 'ALLOW'],
    [
      'not its boundary when another is asked for',
      bounded,
      when('iam:PermissionsBoundary', arnHere('policy/Limit')),
      asked,
      'IMPLICIT_DENY',
    ],
    [
      'the boundary that is asked for',
      bounded,
      when('iam:PermissionsBoundary', arnHere('policy/Loose')),
      asked,
      'ALLOW',
    ],
  ] as const)('%s', async (_what, target, identity, keys, effect) => {
    expect(await effectOf({ target, stored: { identity }, keys })).toBe(effect)
  })

  test('is judged by its ARN, never by the one that is shown', async () => {
    const shown: LocatedTarget = { ...shownAs(arnHere('user/secret/Bob')), publicArn: arnHere('user/Bob') }
    expect(await effectOf({ target: shown, stored: { identity: [allow('*', { on: arnHere('user/Bob') })] } })).toBe(
      'IMPLICIT_DENY',
    )
    expect(
      await effectOf({ target: shown, stored: { identity: [allow('*', { on: arnHere('user/secret/*') })] } }),
    ).toBe('ALLOW')
  })
})

const ROLE = shownAs(arnHere('role/Deploy'))

/** The trust policy of a role that trusts somebody, or everybody; of a role in this account unless told otherwise. */
function trusting(who: string, accountId = ACCOUNT, effect: 'Allow' | 'Deny' = 'Allow') {
  const statement = { Effect: effect, Principal: { AWS: who }, Action: 'sts:AssumeRole' }
  return {
    set: trustSet({ trustPolicy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }) }),
    accountId,
  }
}

const layersOf = (verdict: Verdict) => verdict.explain().trace.layers.map(({ layer }) => layer)

describe('a role that decides by its trust policy', () => {
  const ASSUME = [allow('sts:AssumeRole')]
  const NOBODY = { set: trustSet(null), accountId: ACCOUNT }
  const elsewhere = shownAs(`arn:aws:iam::${OTHER_ACCOUNT}:role/Deploy`)
  const onTrust = async (
    trust: ReturnType<typeof trusting>,
    { principal = alice(), identity = [] as readonly string[], target = ROLE } = {},
  ) => judge(await askerOf(principal, { identity }), 'sts:AssumeRole', target, undefined, decisionIds(), trust)

  test.each([
    ['a role that names the user needs no other policy', trusting(alice().arn), alice(), [], 'ALLOW'],
    ['a role that names the account needs a policy of the user', trusting(ACCOUNT), alice(), [], 'IMPLICIT_DENY'],
    ['with it, it is enough', trusting(ACCOUNT), alice(), ASSUME, 'ALLOW'],
    [
      'a role that names another user trusts nobody else',
      trusting(arnHere('user/Bob')),
      alice(),
      ASSUME,
      'IMPLICIT_DENY',
    ],
    ['a role that denies is not to be had', trusting('*', ACCOUNT, 'Deny'), alice(), EVERYTHING, 'EXPLICIT_DENY'],
    ['a policy that denies goes before trust', trusting(alice().arn), alice(), [deny('*')], 'EXPLICIT_DENY'],
    ['no role trusts nobody', NOBODY, alice(), EVERYTHING, 'IMPLICIT_DENY'],
    ['no role trusts not even root', NOBODY, root(), [], 'IMPLICIT_DENY'],
    ['a role trusts a session by its role', trusting(arnHere('role/ops/Deploy')), roleSession(), [], 'ALLOW'],
    ['and by its own name', trusting(roleSession().arn), roleSession(), [], 'ALLOW'],
    [
      'a session is not trusted by the role without its path',
      trusting(arnHere('role/Deploy')),
      roleSession(),
      ASSUME,
      'IMPLICIT_DENY',
    ],
  ] as const)('%s', async (_what, trust, principal, identity, effect) => {
    expect((await onTrust(trust, { principal, identity })).decision.effect).toBe(effect)
  })

  test.each([
    ['trust alone is not enough', alice().arn, [], 'IMPLICIT_DENY'],
    ['permission alone is not enough', arnHere('user/Bob'), ASSUME, 'IMPLICIT_DENY'],
    ['both are', alice().arn, ASSUME, 'ALLOW'],
  ] as const)('of another account: %s', async (_what, who, identity, effect) => {
    const verdict = await onTrust(trusting(who, OTHER_ACCOUNT), { identity, target: elsewhere })
    expect(verdict.decision.effect).toBe(effect)
  })

  test('denies in the same words, whatever the reason', async () => {
    const refusals = await Promise.all([
      onTrust(NOBODY, { identity: EVERYTHING }),
      onTrust(trusting(arnHere('user/Bob')), { identity: EVERYTHING }),
      onTrust(trusting('*', ACCOUNT, 'Deny'), { identity: EVERYTHING }),
      onTrust(trusting(ACCOUNT)),
      onTrust(trusting(alice().arn), { identity: [deny('sts:*')] }),
    ])
    const told = refusals.map((verdict) => {
      const { message, details } = denied(verdict)
      return { message, details }
    })
    expect(told[0]).toEqual({
      message: `User: ${alice().arn} is not authorized to perform: sts:AssumeRole on resource: ${arnHere('role/Deploy')}`,
      details: {
        authz: expect.objectContaining({ effect: 'IMPLICIT_DENY', reason: 'RESOURCE_POLICY', mfaRequired: false }),
      },
    })
    for (const one of told) expect(one).toEqual(told[0])
  })

  test('explains the trust policy of this account only', async () => {
    expect(layersOf(await onTrust(trusting(alice().arn), { identity: ASSUME }))).toContain('trust')
    const foreign = await onTrust(trusting(alice().arn, OTHER_ACCOUNT), { identity: ASSUME, target: elsewhere })
    expect(layersOf(foreign)).toEqual(['identity'])
  })
})

describe('a denial', () => {
  test.each([
    [
      'nothing allows it',
      {},
      'IMPLICIT_DENY',
      'NO_IDENTITY_POLICY',
      ' because no identity-based policy allows the iam:GetUser action',
    ],
    [
      'a policy denies it',
      { identity: [deny('*')] },
      'EXPLICIT_DENY',
      'IDENTITY_POLICY',
      ' with an explicit deny in an identity-based policy',
    ],
    [
      'the boundary leaves it out',
      { identity: EVERYTHING, boundary: allow('s3:*') },
      'IMPLICIT_DENY',
      'PERMISSIONS_BOUNDARY',
      ' because no permissions boundary allows the iam:GetUser action',
    ],
  ] as const)('says why: %s', async (_what, stored, effect, reason, tail) => {
    const verdict = await judged({ stored })
    const { message, details } = denied(verdict)
    expect(message).toBe(`User: ${alice().arn} is not authorized to perform: iam:GetUser on resource: user Bob${tail}`)
    expect(details.authz).toEqual({
      decisionId: 'decision-1',
      principal: alice().arn,
      action: 'iam:GetUser',
      resource: arnHere('user/Bob'),
      effect,
      reason,
      mfaRequired: false,
    })
  })

  test('shows nothing of the target but what the caller said', async () => {
    const target: LocatedTarget = {
      target: { arn: arnHere('user/secret/Bob'), tags: [{ key: 'secret', value: 'secret' }], boundaryArn: null },
      display: 'user bob',
      publicArn: arnHere('user/bob'),
    }
    const { message, details } = denied(await judged({ target }))
    expect(JSON.stringify({ message, details })).not.toContain('secret')
  })

  test('has one id, made when somebody looks at it', async () => {
    let made = 0
    const verdict = judge(await askerOf(alice()), 'iam:GetUser', BOB, undefined, () => `decision-${++made}`)
    expect(made).toBe(0)
    expect([verdict.id, verdict.id, denied(verdict).details.authz.decisionId]).toEqual(Array(3).fill('decision-1'))
  })
})

const speaks = async (stored: Stored, action = 'iam:GetUser', principal = alice()) =>
  speaksOf(await askerOf(principal, stored), action)

describe('whether any Allow is about an action', () => {
  test.each([
    ['none is', {}, false],
    ['one is, by a pattern', { identity: [allow('iam:Get*')] }, true],
    ['one is, of another resource', { identity: [allow('iam:GetUser', { on: arnHere('user/Carol') })] }, true],
    [
      'one is, under a condition',
      { identity: [allow('*', { when: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })] },
      true,
    ],
    ['one is of others', { identity: [allow('iam:ListUsers'), deny('s3:*')] }, false],
    ['a Deny is', { identity: [deny('iam:GetUser')] }, false],
    ['a boundary is', { boundary: allow('*') }, false],
  ] as const)('%s', async (_what, stored, expected) => {
    expect(await speaks(stored)).toBe(expected)
  })

  test('root needs none', async () => expect(await speaks({}, 'iam:GetUser', root())).toBe(true))

  test('is looked up anew when the policies are others', async () => {
    expect(await speaks({ identity: [allow('iam:GetUser')] })).toBe(true)
    expect(await speaks({ identity: [allow('iam:ListUsers')] })).toBe(false)
    const asker = await askerOf(alice(), { identity: [allow('iam:GetUser')] })
    const answers = ['iam:GetUser', 'iam:ListUsers', 'iam:GetUser'].map((action) => speaksOf(asker, action))
    expect(answers).toEqual([true, false, true])
  })
})
