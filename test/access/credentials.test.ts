import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { principalContext } from '../../src/access/context.ts'
import { testPrincipal } from '../support/call.ts'
import {
  type Account,
  type Ask,
  at,
  type Grant,
  type Installation,
  openInstallation,
  policyOf,
  textAt,
} from '../support/installation.ts'
import { PASSWORD, passwordHash } from '../support/world.ts'
import { signIn, userInAllWays, type Ways } from './sign-in.ts'

let installation: Installation
let account: Account

beforeAll(async () => {
  installation = await openInstallation()
  account = await installation.openAccount()
})

afterAll(() => installation.stop())

const GET_SELF = '{ user { name } }'
const CAN = 'query ($checks: [AccessCheck!]!) { viewer { can(checks: $checks) { allowed } } }'

describe('the condition keys of a request', () => {
  /** What a policy may ask, and whom it is true for. */
  const ALL: readonly (keyof Ways)[] = ['key', 'password', 'passwordAndMfa', 'temporary', 'temporaryAndMfa']
  const SESSIONS = ALL.slice(1)
  const WITH_MFA: readonly (keyof Ways)[] = ['passwordAndMfa', 'temporaryAndMfa']
  const WITHOUT_MFA: readonly (keyof Ways)[] = ['password', 'temporary']

  const probes: readonly (readonly [string, NonNullable<Grant['when']>, readonly (keyof Ways)[]])[] = [
    ['the user name', { StringEquals: { 'aws:username': 'Prober' } }, ALL],
    ['the ARN with path', { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/lab/Prober' } }, ALL],
    ['the kind of principal', { StringEquals: { 'aws:PrincipalType': 'User' } }, ALL],
    ['the user’s tags, keys in any case', { StringEquals: { 'aws:PrincipalTag/TEAM': 'red' } }, ALL],
    ['no tag that the user has not', { Null: { 'aws:PrincipalTag/other': 'true' } }, ALL],
    ['no service as caller', { Bool: { 'aws:PrincipalIsAWSService': 'false', 'aws:ViaAWSService': 'false' } }, ALL],
    ['the address', { IpAddress: { 'aws:SourceIp': '127.0.0.0/8' } }, ALL],
    ['the user agent', { StringEquals: { 'aws:UserAgent': 'tests' } }, ALL],
    ['no referer when none was sent', { Null: { 'aws:referer': 'true' } }, ALL],
    ['that there was no TLS', { Bool: { 'aws:SecureTransport': 'false' } }, ALL],
    ['the region', { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } }, ALL],
    ['the time', { DateGreaterThan: { 'aws:CurrentTime': '2026-01-15T00:00:00Z' } }, ALL],
    ['the time in seconds', { NumericGreaterThan: { 'aws:EpochTime': '1768435200' } }, ALL],
    ['no source identity', { Null: { 'aws:SourceIdentity': 'true' } }, ALL],
    ['no organization', { Null: { 'aws:PrincipalOrgID': 'true' } }, ALL],
    ['that there is no MFA key at all', { Null: { 'aws:MultiFactorAuthPresent': 'true' } }, ['key']],
    ['that MFA was not used', { Bool: { 'aws:MultiFactorAuthPresent': 'false' } }, WITHOUT_MFA],
    ['that MFA was used', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }, WITH_MFA],
    ['MFA, or no word of it', { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } }, ['key', ...WITH_MFA]],
    ['no age of MFA', { Null: { 'aws:MultiFactorAuthAge': 'true' } }, ['key', ...WITHOUT_MFA]],
    ['a young MFA', { NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } }, WITH_MFA],
    ['when a token was issued', { DateGreaterThan: { 'aws:TokenIssueTime': '2026-01-15T00:00:00Z' } }, SESSIONS],
    ['that no token was issued', { Null: { 'aws:TokenIssueTime': 'true' } }, ['key']],
  ]
  let ways: Ways

  beforeAll(async () => {
    const grants = probes.map(([, when], n) => ({ action: `s3:Probe${n}`, when }))
    const user = await userInAllWays(installation, account, {
      name: 'Prober',
      path: '/lab/',
      tags: { team: 'red' },
      allow: grants,
    })
    ways = user.ways
  })

  test.each(ALL)('of %s', async (way) => {
    const checks = probes.map((_, n) => ({ action: `s3:Probe${n}`, resource: '*' }))
    const answer = await ways[way](CAN, { checks })
    expect(answer.errors).toEqual([])
    const seen = probes.map(([what], n) => [what, at(answer, `viewer.can.${n}.allowed`)])
    expect(seen).toEqual(probes.map(([what, , truth]) => [what, truth.includes(way)]))
  })

  test('of root name an account and no user', async () => {
    const root = testPrincipal(account.rootUser, 0n)
    const info = { id: '1', sourceIp: null, userAgent: null, referer: null, secureTransport: true }
    const context = principalContext(root, [], info, installation.clock())
    expect(context.get('aws:username')).toBeUndefined()
    expect(context.get('aws:PrincipalType')).toBe('Account')
    expect(context.get('aws:userid')).toBe(account.accountId)
    expect(context.get('aws:PrincipalArn')).toBe(account.arn('root'))
    expect(context.get('aws:SourceIp')).toBeUndefined()
  })

  test('tell the referer that was sent', async () => {
    const user = await account.user({
      name: 'Referred',
      allow: [{ action: 'iam:GetUser', when: { StringLike: { 'aws:referer': 'https://portal.example.com/*' } } }],
      passwordHash: await passwordHash,
    })
    const token = await installation.anonymous(
      'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }',
      {
        input: { account: account.accountId, userName: user.name, password: PASSWORD },
      },
    )
    const authorization = `Bearer ${String(at(token, 'signIn.accessToken'))}`
    const from = (referer: string) => installation.asks(fetch, { authorization, referer })('{ user { name } }')
    expect((await from('https://portal.example.com/users')).codes).toEqual([])
    expect((await from('https://elsewhere.example.com/')).codes).toEqual(['AccessDenied'])
  })
})

const unlessMfa = (operator: string): Grant => ({
  effect: 'Deny',
  action: '*',
  when: { [operator]: { 'aws:MultiFactorAuthPresent': 'false' } },
})

describe('mfaRequired is true exactly when the same request with MFA passes', () => {
  const GET: Grant = { action: 'iam:GetUser' }
  const withMfa: NonNullable<Grant['when']> = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }
  const cases: readonly (readonly [string, readonly Grant[], { readonly boundary?: readonly Grant[] }?])[] = [
    ['nothing at all', []],
    ['an allow', [GET]],
    ['an allow and a deny unless MFA, absent counted', [GET, unlessMfa('BoolIfExists')]],
    ['an allow and a deny unless MFA, absent not counted', [GET, unlessMfa('Bool')]],
    ['a deny unless MFA without any allow', [unlessMfa('BoolIfExists')]],
    ['an allow with MFA', [{ ...GET, when: withMfa }]],
    ['an allow with young MFA', [{ ...GET, when: { NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } } }]],
    ['an allow with old MFA', [{ ...GET, when: { NumericGreaterThan: { 'aws:MultiFactorAuthAge': '999999' } } }]],
    ['an allow with MFA on another action', [{ action: 'iam:ListUsers', when: withMfa }]],
    [
      'an allow with MFA and a tag',
      [{ ...GET, when: { ...withMfa, StringEquals: { 'aws:PrincipalTag/team': 'red' } } }],
    ],
    [
      'an allow with MFA and a tag that is not there',
      [{ ...GET, when: { ...withMfa, StringEquals: { 'aws:PrincipalTag/team': 'blue' } } }],
    ],
    [
      'an allow with MFA and a deny for everybody',
      [
        { ...GET, when: withMfa },
        { effect: 'Deny', action: 'iam:Get*' },
      ],
    ],
    ['an allow in a boundary with MFA', [GET], { boundary: [{ ...GET, when: withMfa }] }],
    [
      'an allow with MFA in a boundary of something else',
      [{ ...GET, when: withMfa }],
      { boundary: [{ action: 's3:*' }] },
    ],
    ['a deny in a boundary unless MFA', [GET], { boundary: [GET, unlessMfa('BoolIfExists')] }],
    ['an allow with a token', [{ ...GET, when: { Null: { 'aws:TokenIssueTime': 'false' } } }]],
  ]

  test.each(cases.map(([name, allow, more], n) => [name, n, allow, more] as const))(
    '%s',
    async (_name, n, allow, more = {}) => {
      const boundary =
        more.boundary &&
        (await account.createTestPolicy({ name: `Boundary${n}`, document: policyOf(more.boundary) })).id
      const { ways } = await userInAllWays(installation, account, {
        name: `Mfa${n}`,
        tags: { team: 'red' },
        allow,
        ...(boundary !== undefined && { boundary }),
      })
      const passesWithMfa = (await ways.passwordAndMfa(GET_SELF)).codes.length === 0
      expect((await ways.temporaryAndMfa(GET_SELF)).codes.length === 0).toBe(passesWithMfa)
      for (const way of [ways.key, ways.password]) {
        const { errors } = await way(GET_SELF)
        if (errors.length > 0) expect(errors[0]?.extensions.authz?.mfaRequired).toBe(passesWithMfa)
      }
    },
  )
})

describe('temporary credentials without MFA', () => {
  test('can do nothing in IAM, in AWS’s words, but say who they are', async () => {
    const { ways } = await userInAllWays(installation, account, { name: 'Temp', allow: [{ action: '*' }] })
    const { errors } = await ways.temporary('{ user { name } }')
    expect(errors).toMatchObject([
      {
        message: 'The security token included in the request is invalid',
        extensions: { code: 'InvalidClientTokenId' },
      },
    ])
    const who = await ways.temporary('{ viewer { credential } }')
    expect(who).toMatchObject({ errors: [], data: { viewer: { credential: 'SESSION' } } })
    expect((await ways.temporaryAndMfa('{ user { name } }')).data).toEqual({ user: { name: 'Temp' } })
  })

  test('cannot make more of themselves', async () => {
    const { ways } = await userInAllWays(installation, account, { name: 'Chain', allow: [{ action: '*' }] })
    for (const way of [ways.temporary, ways.temporaryAndMfa, ways.password]) {
      const { errors } = await way('mutation { getSessionToken(input: {}) { accessKeyId } }')
      expect(errors).toMatchObject([
        { message: 'Cannot call GetSessionToken with session credentials', extensions: { code: 'AccessDenied' } },
      ])
    }
  })
})

describe('credentials of getSessionToken', () => {
  const ASKS_STS = [
    '{ accessKeyInfo(id: "AKIAQAAAAAAAAAAAAAAA") { accountId } }',
    '{ decision(id: "00000000-0000-4000-8000-000000000000") { id } }',
  ]

  test.each(['temporary', 'temporaryAndMfa'] as const)('%s: of STS only AssumeRole is open to them', async (way) => {
    const { ways } = await userInAllWays(installation, account, { name: `Sts-${way}`, allow: [{ action: '*' }] })
    for (const query of ASKS_STS) {
      expect((await ways[way](query)).errors).toMatchObject([
        {
          message: 'The security token included in the request is invalid',
          extensions: { code: 'InvalidClientTokenId' },
        },
      ])
      expect((await ways.key(query)).codes).not.toContain('InvalidClientTokenId')
    }
    // Who only asks is told so for each question, and learns of the others all the same.
    const asked =
      '{ viewer { can(checks: [{ action: "sts:GetAccessKeyInfo" }, { action: "s3:ListAllMyBuckets" }]) { allowed effect reason } } }'
    expect(await ways[way](asked)).toMatchObject({
      codes: [],
      data: {
        viewer: {
          can: [{ allowed: false, effect: 'EXPLICIT_DENY', reason: 'SESSION_POLICY' }, { allowed: true }],
        },
      },
    })
    const { errors } = await ways[way]('mutation { getFederationToken(input: { name: "guest" }) { accessKeyId } }')
    expect(errors).toMatchObject([
      { message: 'Cannot call GetFederationToken with session credentials', extensions: { code: 'AccessDenied' } },
    ])
    const roleName = `Role-${way}`
    const made = await account.root(
      `mutation ($roleName: String!, $trust: PolicyDocument!) {
        createRole(input: { roleName: $roleName, assumeRolePolicyDocument: $trust }) { role { arn } }
      }`,
      {
        roleName,
        trust: {
          Version: '2012-10-17',
          Statement: {
            Effect: 'Allow',
            Principal: { AWS: account.accountId },
            Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
          },
        },
      },
    )
    const assumed = await ways[way](
      `mutation ($roleArn: ARN!) {
        assumeRole(input: {
          roleArn: $roleArn, roleSessionName: "session", sourceIdentity: "jane", tags: [{ key: "team", value: "red" }]
        }) { accessKeyId }
      }`,
      { roleArn: textAt(made, 'createRole.role.arn') },
    )
    expect(assumed.errors).toEqual([])
  })
})

async function pending(name: string, allow: readonly Grant[]): Promise<Ask> {
  const { id: userId, accountId } = await account.user({ name, allow, passwordHash: await passwordHash })
  await installation.db.loginProfile.update({
    where: { accountId_userId: { accountId, userId } },
    data: { passwordResetRequired: true },
  })
  return await signIn(installation, account, name)
}

describe('a session whose password must be changed', () => {
  const CHANGE = `mutation { changePassword(input: { oldPassword: "${PASSWORD}", newPassword: "Another-Horse-8" }) { changed } }`

  test('can do nothing but that, whatever its policies allow', async () => {
    const ask = await pending('Pending', [{ action: '*' }])
    const { errors, data } = await ask(
      '{ user { name } users { edges { node { name } } } viewer { passwordChangeRequired } }',
    )
    expect(data).toEqual({ user: null, users: null, viewer: { passwordChangeRequired: true } })
    expect(errors).toHaveLength(2)
    for (const { message, extensions } of errors) {
      expect(message).toMatch(/ with an explicit deny in a session policy$/)
      expect(extensions.authz).toMatchObject({
        reason: 'SESSION_POLICY',
        effect: 'EXPLICIT_DENY',
        passwordChangeRequired: true,
      })
    }
    expect((await ask(CHANGE)).data).toEqual({ changePassword: { changed: true } })
    expect((await ask('{ user { name } }')).data).toEqual({ user: { name: 'Pending' } })
  })

  test('can do that without any policy', async () => {
    const ask = await pending('Powerless', [])
    expect((await ask(CHANGE)).data).toEqual({ changePassword: { changed: true } })
    expect((await ask(CHANGE)).codes).toEqual(['AccessDenied'])
  })

  test('cannot do it against an explicit deny', async () => {
    const ask = await pending('Denied', [{ effect: 'Deny', action: 'iam:ChangePassword' }])
    const { errors } = await ask(CHANGE)
    expect(errors).toMatchObject([{ extensions: { authz: { effect: 'EXPLICIT_DENY', reason: 'IDENTITY_POLICY' } } }])
  })

  test('does not bind the keys of the same user', async () => {
    await pending('Keyed', [{ action: 'iam:GetUser' }])
    const user = await installation.db.user.findFirstOrThrow({ where: { accountId: account.accountId, name: 'Keyed' } })
    const key = await account.createTestAccessKey(user.id)
    const ask = installation.signs({ accessKeyId: key.id, secretAccessKey: key.secretAccessKey })
    expect((await ask('{ user { name } }')).data).toEqual({ user: { name: 'Keyed' } })
  })
})
