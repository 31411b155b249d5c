import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type Account,
  type Answer,
  at,
  type Installation,
  openInstallation,
  policyOf,
  textAt,
} from '../../support/installation.ts'
import { statementsOf } from '../../graphql/statements.ts'
import { type IdentityProvider, newPair, openIdentityProvider } from '../../support/identity-provider.ts'
import { attempt, makeRole, must } from '../roles/role-setup.ts'
import { assumeWithToken, register, trustInProvider } from './web-identity-setup.ts'

let provider: IdentityProvider
let installation: Installation
let account: Account
let providerArn: string
let role: { arn: string; roleId: string }

beforeAll(async () => {
  provider = await openIdentityProvider()
  installation = await openInstallation({ fetchDocument: provider.fetchDocument, logLevel: 'trace' })
  account = await installation.openAccount()
  providerArn = await register(account, provider.issuer)
  role = await makeRole(account, {
    roleName: 'Portal',
    trust: trustInProvider(providerArn, { StringEquals: { [`${provider.address}:aud`]: 'portal' } }),
    allow: [{ action: 'iam:ListUsers' }],
  })
})

afterAll(async () => {
  await installation.stop()
  await provider.stop()
})

const present = (webIdentityToken: string, more: object = {}) =>
  assumeWithToken(installation.anonymous, { roleArn: role.arn, webIdentityToken, ...more })
const token = (changes?: object, pair?: Parameters<IdentityProvider['token']>[2]) =>
  provider.token(installation.clock(), changes, pair)
const faultOf = ({ errors }: Answer) => errors.map(({ message, extensions }) => [extensions.code, message])
const eventOf = async ({ requestId }: Answer, of: Account = account) =>
  (await of.trail()).find((event) => event.requestId === requestId)
const signedIn = (answer: Answer) =>
  installation.signs({
    accessKeyId: textAt(answer, 'assumeRoleWithWebIdentity.accessKeyId'),
    secretAccessKey: textAt(answer, 'assumeRoleWithWebIdentity.secretAccessKey'),
    sessionToken: textAt(answer, 'assumeRoleWithWebIdentity.sessionToken'),
  })
const now = () => Math.floor(installation.clock().getTime() / 1000)
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const claims = () => ({ iss: provider.issuer, sub: 'jane', aud: 'portal', iat: now(), exp: now() + 600 })
const trustOf = (...statements: object[]) => ({ Version: '2012-10-17', Statement: statements })
const NOT_A_JWT = 'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)'
const NO_KEY =
  "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements"
const DENIED = ['AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity']

describe('a token that is good', () => {
  test('opens a session of the role, signed and by bearer token', async () => {
    const answer = await present(token(), { roleSessionName: 'jane' })
    expect(answer.errors).toEqual([])
    const sessionArn = `arn:aws:sts::${account.accountId}:assumed-role/Portal/jane`
    expect(at(answer, 'assumeRoleWithWebIdentity')).toMatchObject({
      expiresAt: new Date(installation.clock().getTime() + 3_600_000).toISOString(),
      packedPolicySize: null,
      provider: providerArn,
      audience: 'portal',
      subjectFromWebIdentityToken: 'jane',
      assumedRoleUser: { arn: sessionArn, assumedRoleId: `${role.roleId}:jane` },
    })
    const bearer = installation.bears(textAt(answer, 'assumeRoleWithWebIdentity.accessToken'))
    for (const ask of [signedIn(answer), bearer]) {
      const { data, errors } = await ask('{ viewer { arn userId accountId } users { edges { node { name } } } }')
      expect(errors).toEqual([])
      expect(data).toMatchObject({
        viewer: { arn: sessionArn, userId: `${role.roleId}:jane`, accountId: account.accountId },
      })
      expect((await ask('{ roles { edges { node { name } } } }')).codes).toEqual(['AccessDenied'])
    }
  })

  test('is seen in the trail as who it is for, and the decision can be explained', async () => {
    const answer = await present(token({ sub: 'repo:acme/web' }))
    const event = await eventOf(answer)
    expect(event).toMatchObject({
      action: 'sts:AssumeRoleWithWebIdentity',
      resource: role.arn,
      result: 'SUCCESS',
      principalArn: providerArn,
      principalId: `${providerArn}:portal:repo:acme/web`,
      accessKeyId: null,
      sourceIp: '127.0.0.1',
      requestId: answer.requestId,
      detail: {
        roleSessionName: 'session',
        audience: 'portal',
        subject: 'repo:acme/web',
        accessKeyId: textAt(answer, 'assumeRoleWithWebIdentity.accessKeyId'),
      },
    })
    const record = await installation.db.decisionRecord.findUnique({
      where: { accountId_id: { accountId: account.accountId, id: event!.decisionId! } },
    })
    expect(record).toMatchObject({ effect: 'ALLOW', principal: providerArn })
  })

  test.each(['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512'] as const)('may be signed with %s', async (alg) => {
    const pair = newPair(alg)
    provider.publish(provider.pair, pair)
    installation.clock.advance(30_000)
    expect((await present(token({}, pair))).errors).toEqual([])
  })

  test('is still good when the provider has changed its keys, and one of the old key is not for long', async () => {
    const next = newPair()
    provider.publish(next)
    installation.clock.advance(30_000)
    expect((await present(token({}, next))).errors).toEqual([])
    expect(faultOf(await present(token()))).toEqual([['InvalidIdentityToken', NO_KEY]])
    provider.publish(provider.pair)
    installation.clock.advance(600_000)
    expect((await present(token())).errors).toEqual([])
  })

  test('may come with session policies, which limit', async () => {
    const answer = await present(token(), { policy: policyOf([{ action: 'iam:ListRoles' }]) })
    expect((await signedIn(answer)('{ users { edges { node { name } } } }')).errors[0]?.message).toContain(
      'because no session policy allows the iam:ListUsers action',
    )
  })

  test('asks for no longer than the role allows', async () => {
    expect((await present(token(), { durationSeconds: 900 })).errors).toEqual([])
    expect(faultOf(await present(token(), { durationSeconds: 3601 }))).toEqual([
      ['ValidationError', 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.'],
    ])
  })

  test('may be five minutes old or early, for the clocks of others', async () => {
    for (const shifted of [{ exp: now() - 299 }, { iat: now() + 300 }, { nbf: now() + 300 }])
      expect((await present(token(shifted))).errors).toEqual([])
  })
})

describe('a session that a token opened', () => {
  test('carries who the provider says it is, for policies and their variables', async () => {
    const made = await makeRole(account, {
      roleName: 'Own',
      trust: trustInProvider(providerArn),
      allow: [
        {
          action: 'iam:GetUser',
          on: account.arn(`user/\${${provider.address}:sub}`),
          when: { StringEquals: { 'aws:FederatedProvider': providerArn, [`${provider.address}:aud`]: 'portal' } },
        },
      ],
    })
    await account.createTestUser({ name: 'jane', accessKeys: 0 })
    await account.createTestUser({ name: 'joe', accessKeys: 0 })
    const ask = signedIn(await present(token({ sub: 'jane' }), { roleArn: made.arn }))
    expect((await ask('{ user(name: "jane") { name } }')).errors).toEqual([])
    expect((await ask('{ user(name: "joe") { name } }')).codes).toEqual(['AccessDenied'])
  })

  test('ends when the role’s sessions are revoked, and with the role', async () => {
    const made = await makeRole(account, { roleName: 'Brief', trust: trustInProvider(providerArn) })
    const open = async () => signedIn(await present(token(), { roleArn: made.arn }))
    const first = await open()
    await must(account.root, 'revokeRoleSessions', { roleName: 'Brief' })
    expect((await first('{ viewer { arn } }')).codes).toEqual(['InvalidClientTokenId'])
    installation.clock.advance(2_000)
    const second = await open()
    expect((await second('{ viewer { arn } }')).codes).toEqual([])
    await must(account.root, 'deleteRole', { roleName: 'Brief' })
    expect((await second('{ viewer { arn } }')).codes).toEqual(['InvalidClientTokenId'])
    expect(faultOf(await present(token(), { roleArn: made.arn }))).toEqual([DENIED])
  })
})

describe('a token that is not good', () => {
  test.each([
    ['no JWT', () => 'ya29.an-access-token', NOT_A_JWT],
    ['not signed at all', () => `${encode({ alg: 'none' })}.${encode(claims())}.`, NOT_A_JWT],
    [
      'signed with the public key as if it were a secret',
      () => {
        const body = `${encode({ alg: 'HS256', kid: provider.pair.kid })}.${encode(claims())}`
        const key = provider.pair.publicKey.export({ type: 'spki', format: 'pem' })
        return `${body}.${createHmac('sha256', key).update(body).digest('base64url')}`
      },
      NOT_A_JWT,
    ],
    ['with a number for a subject', () => token({ sub: 7 }), NOT_A_JWT],
    ['without iss', () => token({ iss: undefined }), 'Missing a required claim: iss.'],
    ['without sub', () => token({ sub: undefined }), 'Missing a required claim: sub.'],
    ['without aud', () => token({ aud: undefined }), 'Missing a required claim: aud.'],
    ['without exp', () => token({ exp: undefined }), 'Missing a required claim: exp.'],
    ['without iat', () => token({ iat: undefined }), 'Missing a required claim: iat.'],
    [
      'of an issuer that is not registered',
      () => token({ iss: 'https://evil.example.com' }),
      'No OpenIDConnect provider found in your account for https://evil.example.com',
    ],
    [
      'of the registered issuer without https',
      () => token({ iss: provider.address }),
      () => `No OpenIDConnect provider found in your account for ${provider.address}`,
    ],
    [
      'of the registered issuer with a slash',
      () => token({ iss: `${provider.issuer}/` }),
      () => `No OpenIDConnect provider found in your account for ${provider.issuer}/`,
    ],
    ['of a key that the provider does not publish', () => token({}, newPair()), NO_KEY],
    [
      'of another key under the name of a published one',
      () => token({}, { ...newPair(), kid: provider.pair.kid }),
      'The signature of the ID Token provided is not valid.',
    ],
    [
      'changed after it was signed',
      () => {
        const [header, , signature] = token().split('.')
        return `${header}.${encode({ ...claims(), sub: 'root' })}.${signature}`
      },
      'The signature of the ID Token provided is not valid.',
    ],
    ['for somebody else', () => token({ aud: 'other' }), 'Incorrect token audience'],
    ['for others only', () => token({ aud: ['other', 'another'] }), 'Incorrect token audience'],
    ['given to somebody else', () => token({ aud: 'portal', azp: 'other' }), 'Incorrect token audience'],
    ['of the future', () => token({ iat: now() + 301, exp: now() + 900 }), 'The ID Token provided is not valid yet.'],
    ['not to be used yet', () => token({ nbf: now() + 301 }), 'The ID Token provided is not valid yet.'],
  ])('because it is %s', async (_what, made, expected) => {
    const message = typeof expected === 'string' ? expected : expected()
    const answer = await present(made())
    expect(faultOf(answer)).toEqual([['InvalidIdentityToken', message]])
    expect(await eventOf(answer)).toMatchObject({
      action: 'sts:AssumeRoleWithWebIdentity',
      resource: role.arn,
      result: 'FAILURE',
      errorCode: 'InvalidIdentityToken',
      principalArn: 'anonymous',
    })
  })

  test('because it has expired', async () => {
    expect(faultOf(await present(token({ exp: now() - 300 })))).toEqual([
      [
        'ExpiredTokenException',
        `Token expired: current date/time ${now()} must be before the expiration date/time ${now() - 300}`,
      ],
    ])
    const good = token()
    installation.clock.advance(901_000)
    expect((await present(good)).codes).toEqual(['ExpiredTokenException'])
  })

  test('is in no answer, log or record', async () => {
    const bad = token({}, newPair())
    const good = token()
    const answers = [await present(bad), await present(good), await present('x'.repeat(20_001))]
    expect(answers.map(({ codes }) => codes)).toEqual([['InvalidIdentityToken'], [], ['ValidationError']])
    const written = JSON.stringify([
      answers,
      await account.trail(),
      installation.logged(),
      await installation.db.decisionRecord.findMany(),
    ])
    for (const one of [bad, good]) expect(written).not.toContain(one.split('.')[2])
  })
})

test('a token for several is for the one of them that is registered, and for whom it was given to where that is said', async () => {
  await must(account.root, 'addClientIdToOpenIdConnectProvider', {
    openIdConnectProviderArn: providerArn,
    clientId: 'mobile',
  })
  const made = await makeRole(account, {
    roleName: 'Mobile',
    trust: trustInProvider(providerArn, {
      StringEquals: { [`${provider.address}:aud`]: 'mobile' },
      'ForAnyValue:StringEquals': { [`${provider.address}:oaud`]: 'backend' },
    }),
  })
  const open = async (changes: object) => faultOf(await present(token(changes), { roleArn: made.arn }))
  expect(await open({ aud: ['backend', 'mobile'] })).toEqual([])
  expect(await open({ aud: 'backend', azp: 'mobile' })).toEqual([])
  expect(await open({ aud: ['backend', 'mobile'], azp: 'portal' })).toEqual([DENIED])
  expect(await open({ aud: 'mobile' })).toEqual([DENIED])
})

describe('a trust policy', () => {
  test('lets in whom its conditions on subject and methods describe', async () => {
    const made = await makeRole(account, {
      roleName: 'Deploy',
      trust: trustInProvider(providerArn, {
        StringLike: { [`${provider.address}:sub`]: 'repo:acme/web:*' },
        'ForAnyValue:StringEquals': { [`${provider.address}:amr`]: 'mfa' },
      }),
    })
    const open = async (changes: object) => faultOf(await present(token(changes), { roleArn: made.arn }))
    expect(await open({ sub: 'repo:acme/web:main', amr: ['pwd', 'mfa'] })).toEqual([])
    expect(await open({ sub: 'repo:acme/web:main', amr: 'mfa' })).toEqual([])
    expect(await open({ sub: 'repo:evil/web:main', amr: ['mfa'] })).toEqual([DENIED])
    expect(await open({ sub: 'repo:acme/web:main', amr: ['pwd'] })).toEqual([DENIED])
    const answer = await present(token({ sub: 'repo:acme/web:main' }), { roleArn: made.arn })
    expect(faultOf(answer)).toEqual([DENIED])
    const event = await eventOf(answer)
    expect(event).toMatchObject({
      result: 'DENIED',
      errorCode: 'AccessDenied',
      principalArn: providerArn,
      principalId: `${providerArn}:portal:repo:acme/web:main`,
    })
    const explained = await account.root('query ($id: ID!) { decision(id: $id) { message missingContextValues } }', {
      id: event!.decisionId,
    })
    expect(at(explained, 'decision.missingContextValues')).toEqual([`${provider.address}:amr`])
  })

  test('says the same of a role that is missing, one that trusts others, and one that denies', async () => {
    const { accountId } = account
    const action = 'sts:AssumeRoleWithWebIdentity'
    const allow = { Effect: 'Allow', Principal: { Federated: providerArn }, Action: action }
    const roles = [
      { roleName: 'Anybody', trust: trustOf({ Effect: 'Allow', Principal: '*', Action: 'sts:*' }) },
      { roleName: 'Account', trust: trustOf({ Effect: 'Allow', Principal: { AWS: accountId }, Action: 'sts:*' }) },
      { roleName: 'Other', trust: trustInProvider(account.arn('oidc-provider/other.example.com')) },
      { roleName: 'Foreign', trust: trustInProvider(providerArn.replace(accountId, '999999999999')) },
      { roleName: 'Plain', trust: trustOf({ ...allow, Action: 'sts:AssumeRole' }) },
      { roleName: 'Denied', trust: trustOf(allow, { ...allow, Effect: 'Deny' }) },
    ]
    for (const each of roles) {
      const made = await makeRole(account, each)
      expect([each.roleName, faultOf(await present(token(), { roleArn: made.arn }))]).toEqual([each.roleName, [DENIED]])
    }
    const answer = await present(token(), { roleArn: account.arn('role/Missing') })
    expect(faultOf(answer)).toEqual([DENIED])
    expect(await eventOf(answer)).toMatchObject({ result: 'DENIED', resource: account.arn('role/Missing') })
  })

  test('does not make a role that trusts a provider open to assumeRole', async () => {
    const user = await account.user({ name: 'Insider', allow: [{ action: 'sts:AssumeRole' }] })
    const { codes } = await user.ask(
      'mutation ($roleArn: ARN!) { assumeRole(input: { roleArn: $roleArn, roleSessionName: "session" }) { accessKeyId } }',
      { roleArn: role.arn },
    )
    expect(codes).toEqual(['AccessDenied'])
  })

  test.each(['not a domain', 'localhost', 'arn:aws:iam::123456789012:user/jane', 'arn:aws:iam::1:oidc-provider/x.org'])(
    'cannot name %j as a provider',
    async (named) => {
      await expect(makeRole(account, { roleName: 'Wrong', trust: trustInProvider(named) })).rejects.toThrow(
        'MalformedPolicyDocument',
      )
    },
  )

  test.each(['accounts.google.com', 'arn:aws:iam::123456789012:saml-provider/ADFS'])(
    'may name %s, though nothing of it is accepted here',
    async (named) => {
      const roleName = `Named-${named.length}`
      expect((await makeRole(account, { roleName, trust: trustInProvider(named) })).arn).toContain(roleName)
    },
  )
})

describe('accounts', () => {
  test('do not trust each other’s providers: only what the role’s own account registered counts', async () => {
    const other = await installation.openAccount()
    const made = await makeRole(other, { roleName: 'Foreign', trust: trustInProvider(providerArn) })
    const open = async () => faultOf(await present(token(), { roleArn: made.arn }))
    const answer = await present(token(), { roleArn: made.arn })
    expect(faultOf(answer)).toEqual([
      ['InvalidIdentityToken', `No OpenIDConnect provider found in your account for ${provider.issuer}`],
    ])
    expect(await eventOf(answer, other)).toMatchObject({ result: 'FAILURE', principalArn: 'anonymous' })
    const own = await register(other, provider.issuer)
    // The trust policy still names the other account's.
    expect(await open()).toEqual([DENIED])
    await must(other.root, 'updateAssumeRolePolicy', { roleName: 'Foreign', policyDocument: trustInProvider(own) })
    expect(await open()).toEqual([])
  })

  test('that do not exist say what accounts without the provider say', async () => {
    expect(faultOf(await present(token(), { roleArn: 'arn:aws:iam::000000000009:role/Portal' }))).toEqual([
      ['InvalidIdentityToken', `No OpenIDConnect provider found in your account for ${provider.issuer}`],
    ])
  })
})

describe('what is registered', () => {
  test('can be guarded by its tags, in lists without a statement per row', async () => {
    const elsewhere = await installation.openAccount()
    const tags = [{ key: 'team', value: 'red' }]
    const make = (n: number) =>
      must(elsewhere.root, 'createOpenIdConnectProvider', {
        url: `https://idp${n}.example.com`,
        ...(n === 1 && { tags }),
      })
    await make(1)
    await make(2)
    const tagged = { StringEquals: { 'aws:ResourceTag/team': 'red' } }
    const reader = await elsewhere.user({
      name: 'Reader',
      allow: [
        { action: 'iam:ListOpenIDConnectProviders' },
        { action: ['iam:GetOpenIDConnectProvider', 'iam:DeleteOpenIDConnectProvider'], when: tagged },
      ],
    })
    const query = '{ openIdConnectProviders { arn clientIds } }'
    expect(at(await reader.ask(query), 'openIdConnectProviders')).toMatchObject([
      { clientIds: [] },
      { clientIds: null },
    ])
    const cost = async () => {
      const statements = await statementsOf(installation.pool, async () => void (await reader.ask(query)))
      return statements.filter((text) => text.includes('oidc_provider_tag')).length
    }
    for (let n = 3; n < 10; n++) await make(n)
    expect(await cost()).toBe(1)
    const remove = (n: number) =>
      attempt(reader.ask, 'deleteOpenIdConnectProvider', {
        openIdConnectProviderArn: elsewhere.arn(`oidc-provider/idp${n}.example.com`),
      })
    expect([(await remove(2)).codes, (await remove(1)).codes]).toEqual([['AccessDenied'], []])
  })

  test('counts as it is at the moment: audiences that were taken away, providers that were deleted', async () => {
    const elsewhere = await installation.openAccount()
    const arn = await register(elsewhere, provider.issuer)
    const made = await makeRole(elsewhere, { roleName: 'Portal', trust: trustInProvider(arn) })
    const open = () => present(token(), { roleArn: made.arn })
    const session = signedIn(await open())
    await must(elsewhere.root, 'removeClientIdFromOpenIdConnectProvider', {
      openIdConnectProviderArn: arn,
      clientId: 'portal',
    })
    expect(faultOf(await open())).toEqual([['InvalidIdentityToken', 'Incorrect token audience']])
    await must(elsewhere.root, 'deleteOpenIdConnectProvider', { openIdConnectProviderArn: arn })
    expect(faultOf(await open())).toEqual([
      ['InvalidIdentityToken', `No OpenIDConnect provider found in your account for ${provider.issuer}`],
    ])
    expect((await session('{ viewer { arn } }')).errors).toEqual([])
  })

  test('may be a provider that does not answer; its tokens are refused and the operator can read why', async () => {
    const gone = await openIdentityProvider()
    await gone.stop()
    const arn = await register(account, gone.issuer)
    const made = await makeRole(account, { roleName: 'Gone', trust: trustInProvider(arn) })
    const answer = await present(gone.token(installation.clock()), { roleArn: made.arn })
    expect(faultOf(answer)).toEqual([['InvalidIdentityToken', NO_KEY]])
    expect(installation.logged()).toContain('the keys of an identity provider cannot be read')
  })
})

describe('parameters', () => {
  test.each([
    [{ roleArn: 'no-arn-but-twenty-characters' }, 'no-arn-but-twenty-characters is invalid'],
    [
      { roleSessionName: 'a b' },
      "1 validation error detected: Value 'a b' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*",
    ],
    [
      { durationSeconds: 899 },
      "1 validation error detected: Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
    ],
    [
      { webIdentityToken: 'abc' },
      "1 validation error detected: Value at 'webIdentityToken' failed to satisfy constraint: Member must have length greater than or equal to 4",
    ],
    [{ providerId: 'www.amazon.com' }, 'ProviderId must be omitted for tokens of OpenID Connect providers.'],
  ])('%j are refused before anything is looked at', async (more, message) => {
    expect(faultOf(await present(token(), more))).toEqual([['ValidationError', message]])
  })
})

test('what fails is limited by address, and what succeeds is not', async () => {
  const crowded = await openInstallation({
    beside: { database: installation.database, clock: installation.clock },
    fetchDocument: provider.fetchDocument,
  })
  await installation.db.throttle.deleteMany()
  const open = (webIdentityToken: string) => assumeWithToken(crowded.anonymous, { roleArn: role.arn, webIdentityToken })
  expect((await open(token())).codes).toEqual([])
  await installation.db.throttle.updateMany({ data: { count: 99 } })
  expect((await open(token())).codes).toEqual([])
  expect((await open('no token')).codes).toEqual(['InvalidIdentityToken'])
  expect((await open(token())).codes).toEqual(['Throttling'])
  installation.clock.advance(900_000)
  expect((await open(token())).codes).toEqual([])
  await crowded.stop()
})
