import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type Account,
  type Answer,
  at,
  type Installation,
  openInstallation,
  policyOf,
  PUBLIC_URL,
  textAt,
} from '../../support/installation.ts'
import {
  encode,
  newSigner,
  openSamlProvider,
  type SamlProvider,
  type Said,
  type Signing,
} from '../../support/saml-provider.ts'
import { makeRole, must } from '../roles/role-setup.ts'
import { assumeWithAssertion, registerSaml, trustInSaml } from './saml-setup.ts'

let provider: SamlProvider
let installation: Installation
let account: Account
let providerArn: string
let role: { arn: string; roleId: string }

beforeAll(async () => {
  provider = openSamlProvider({ signer: newSigner({ curve: 'P-256' }) })
  installation = await openInstallation({ logLevel: 'trace' })
  account = await installation.openAccount()
  providerArn = await registerSaml(account, provider)
  role = await makeRole(account, {
    roleName: 'Portal',
    trust: trustInSaml(providerArn, { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } }),
    allow: [{ action: 'iam:ListUsers' }],
  })
})

afterAll(() => installation.stop())

const asserted = ({ attributes, ...said }: Said = {}, signing: Signing = {}, roleArn = role.arn) =>
  provider.response(
    installation.clock(),
    { ...said, attributes: { Role: `${roleArn},${providerArn}`, ...attributes } },
    signing,
  )
const present = (samlAssertion: string, more: object = {}) =>
  assumeWithAssertion(installation.anonymous, { roleArn: role.arn, principalArn: providerArn, samlAssertion, ...more })
const faultOf = ({ errors }: Answer) => errors.map(({ message, extensions }) => [extensions.code, message])
const eventOf = async ({ requestId }: Answer, of: Account = account) =>
  (await of.trail()).find((event) => event.requestId === requestId)
const signedIn = (answer: Answer) =>
  installation.signs({
    accessKeyId: textAt(answer, 'assumeRoleWithSaml.accessKeyId'),
    secretAccessKey: textAt(answer, 'assumeRoleWithSaml.secretAccessKey'),
    sessionToken: textAt(answer, 'assumeRoleWithSaml.sessionToken'),
  })
/** A role of its own for a trust policy, and an assertion for it. */
let roles = 0
const presentTo = async (trust: object, said: Said = {}, more: object = {}) => {
  const { arn } = await makeRole(account, { roleName: `Role${++roles}`, trust, allow: [{ action: 'iam:ListUsers' }] })
  return await present(asserted(said, {}, arn), { roleArn: arn, ...more })
}
const secondsOf = (answer: Answer) =>
  (Date.parse(textAt(answer, 'assumeRoleWithSaml.expiresAt')) - installation.clock().getTime()) / 1000
const DENIED = ['AccessDenied', 'Not authorized to perform sts:AssumeRoleWithSAML']
const invalid = (message: string) => [['InvalidIdentityToken', message]]
const NOT_SIGNED = invalid('Response signature invalid')

describe('an assertion that is good', () => {
  test('opens a session of the role, signed and by bearer token', async () => {
    const answer = await present(asserted())
    expect(answer.errors).toEqual([])
    const sessionArn = `arn:aws:sts::${account.accountId}:assumed-role/Portal/jane`
    const qualified = `${provider.entityId}${account.accountId}/Staff`
    expect(at(answer, 'assumeRoleWithSaml')).toMatchObject({
      expiresAt: new Date(installation.clock().getTime() + 3_600_000).toISOString(),
      packedPolicySize: null,
      sourceIdentity: null,
      audience: 'https://signin.aws.amazon.com/saml',
      issuer: provider.entityId,
      subject: 'jane@example.com',
      subjectType: 'persistent',
      nameQualifier: createHash('sha1').update(qualified).digest('base64'),
      assumedRoleUser: { arn: sessionArn, assumedRoleId: `${role.roleId}:jane` },
    })
    const bearer = installation.bears(textAt(answer, 'assumeRoleWithSaml.accessToken'))
    for (const ask of [signedIn(answer), bearer]) {
      const { data, errors } = await ask('{ viewer { arn } users { edges { node { name } } } }')
      expect(errors).toEqual([])
      expect(data).toMatchObject({ viewer: { arn: sessionArn } })
      expect((await ask('{ roles { edges { node { name } } } }')).codes).toEqual(['AccessDenied'])
    }
  })

  test('is seen in the trail as whom it is about, and the assertion is nowhere', async () => {
    const samlAssertion = asserted({ subject: 'trail@example.com' })
    const answer = await present(samlAssertion)
    const event = await eventOf(answer)
    expect(event).toMatchObject({
      action: 'sts:AssumeRoleWithSAML',
      resource: role.arn,
      result: 'SUCCESS',
      principalArn: providerArn,
      principalId: `${textAt(answer, 'assumeRoleWithSaml.nameQualifier')}:trail@example.com`,
      detail: {
        roleSessionName: 'jane',
        audience: 'https://signin.aws.amazon.com/saml',
        issuer: provider.entityId,
        subject: 'trail@example.com',
        accessKeyId: textAt(answer, 'assumeRoleWithSaml.accessKeyId'),
      },
    })
    expect(JSON.stringify(event)).not.toContain(samlAssertion.slice(0, 100))
    expect(installation.logged()).not.toContain(samlAssertion.slice(0, 100))
  })

  test.each(['Assertion', 'Response', 'both'] as const)('has a signature of %s', async (what) => {
    expect((await present(asserted({}, { what }))).errors).toEqual([])
  })

  test('may be addressed to this server, which the trust policy can ask for', async () => {
    const own = `${PUBLIC_URL}/saml`
    const trust = trustInSaml(providerArn, { StringEquals: { 'saml:aud': own } })
    expect((await presentTo(trust, { recipient: own, audience: own, destination: own })).errors).toEqual([])
    expect(faultOf(await presentTo(trust))).toEqual([DENIED])
  })

  test('may name the provider before the role, and other roles beside it', async () => {
    const Role = [
      'arn:aws:iam::999999999999:role/Other,arn:aws:iam::999999999999:saml-provider/Staff',
      `${providerArn}, ${role.arn}`,
    ]
    expect((await present(asserted({ attributes: { Role } }))).errors).toEqual([])
  })

  test('may come with session policies, which limit', async () => {
    const answer = await present(asserted(), { policy: policyOf([{ action: 'iam:ListRoles' }]) })
    expect((await signedIn(answer)('{ users { edges { node { name } } } }')).errors[0]?.message).toContain(
      'because no session policy allows the iam:ListUsers action',
    )
  })

  test('tells a name without a format as one that is unspecified, and the whole of a format that is not SAML 2.0’s', async () => {
    for (const [format, subjectType] of [
      ['urn:oasis:names:tc:SAML:2.0:nameid-format:transient', 'transient'],
      [
        'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
        'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
      ],
      ['', 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified'],
    ])
      expect(textAt(await present(asserted({ format })), 'assumeRoleWithSaml.subjectType')).toBe(subjectType)
  })
})

describe('a session', () => {
  test('lasts no longer than asked for, than the provider says, and than the role allows', async () => {
    const lasting = async (said: Said, more: object = {}) => secondsOf(await present(asserted(said), more))
    expect(await lasting({}, { durationSeconds: 900 })).toBe(900)
    expect(await lasting({ sessionEndsIn: 1200 })).toBe(1200)
    expect(await lasting({ attributes: { SessionDuration: '1800' } })).toBe(1800)
    expect(await lasting({ attributes: { SessionDuration: '43200' } })).toBe(3600)
    expect(faultOf(await present(asserted(), { durationSeconds: 3601 }))).toEqual([
      ['ValidationError', 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.'],
    ])
  })

  test('has the tags and the source identity that the provider states, where the trust policy lets it', async () => {
    const attributes = {
      'PrincipalTag:team': 'red',
      'PrincipalTag:site': 'Bonn',
      TransitiveTagKeys: ['team'],
      SourceIdentity: 'jane',
    }
    const all = ['sts:AssumeRoleWithSAML', 'sts:TagSession', 'sts:SetSourceIdentity']
    const when = { StringEquals: { 'aws:RequestTag/team': 'red', 'sts:SourceIdentity': 'jane' } }
    const answer = await presentTo(trustInSaml(providerArn, when, all), { attributes })
    expect(at(answer, 'assumeRoleWithSaml')).toMatchObject({ sourceIdentity: 'jane', packedPolicySize: 4 })
    const without = (left: string) => all.filter((action) => action !== left)
    for (const action of ['sts:TagSession', 'sts:SetSourceIdentity'])
      expect(faultOf(await presentTo(trustInSaml(providerArn, undefined, without(action)), { attributes }))).toEqual([
        ['AccessDenied', `Not authorized to perform ${action}`],
      ])
  })

  test('keeps who it is about for its policies', async () => {
    const { arn } = await makeRole(account, { roleName: 'Subject', trust: trustInSaml(providerArn) })
    const condition = {
      StringEquals: {
        'saml:sub': 'jane@example.com',
        'saml:sub_type': 'persistent',
        'aws:FederatedProvider': providerArn,
      },
    }
    const document = {
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: 'iam:ListUsers', Resource: '*', Condition: condition },
    }
    await must(account.root, 'putRolePolicy', { roleName: 'Subject', policyName: 'p', policyDocument: document })
    const codes = async (subject: string) => {
      const answer = await present(asserted({ subject }, {}, arn), { roleArn: arn })
      return (await signedIn(answer)('{ users { edges { node { name } } } }')).codes
    }
    expect(await codes('jane@example.com')).toEqual([])
    expect(await codes('joe@example.com')).toEqual(['AccessDenied'])
  })
})

describe('a trust policy', () => {
  const affiliation = { others: { 'urn:oid:1.3.6.1.4.1.5923.1.1.1.1': ['staff', 'member'], 'urn:oid:2.5.4.3': 'Jane' } }
  test.each<[string, Record<string, string>, Said, boolean]>([
    ['saml:iss', { 'saml:iss': 'https://idp.example.com/saml' }, {}, true],
    ['saml:iss', { 'saml:iss': 'https://evil.example.com/saml' }, {}, false],
    ['saml:sub', { 'saml:sub': 'jane@example.com' }, {}, true],
    ['saml:sub', { 'saml:sub': 'joe@example.com' }, {}, false],
    [
      'saml:sub_type',
      { 'SAML:sub_type': 'transient' },
      { format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient' },
      true,
    ],
    ['saml:doc', { 'saml:doc': 'ACCOUNT/Staff' }, {}, true],
    ['saml:doc', { 'saml:doc': 'ACCOUNT/Other' }, {}, false],
    ['saml:cn', { 'saml:cn': 'Jane' }, affiliation, true],
    ['sts:RoleSessionName', { 'sts:RoleSessionName': 'jane' }, {}, true],
    ['sts:RoleSessionName', { 'sts:RoleSessionName': 'joe' }, {}, false],
  ])('compares %s with %j', async (_key, values, said, allowed) => {
    const entries = Object.entries(values).map(([key, value]) => [key, value.replace('ACCOUNT', account.accountId)])
    const answer = await presentTo(trustInSaml(providerArn, { StringEquals: Object.fromEntries(entries) }), said)
    expect(faultOf(answer)).toEqual(allowed ? [] : [DENIED])
  })

  test('compares attributes of several values', async () => {
    for (const [value, allowed] of [
      ['member', true],
      ['student', false],
    ] as const) {
      const trust = trustInSaml(providerArn, { 'ForAnyValue:StringEquals': { 'saml:edupersonaffiliation': value } })
      expect(faultOf(await presentTo(trust, affiliation))).toEqual(allowed ? [] : [DENIED])
    }
  })

  test('is compared with what the server found, whatever attributes are called', async () => {
    const trust = trustInSaml(providerArn, { StringEquals: { 'saml:sub': 'root@example.com' } })
    const others = { 'saml:sub': 'root@example.com', sub: 'root@example.com', 'aws:PrincipalTag/a': 'x' }
    expect(faultOf(await presentTo(trust, { others }))).toEqual([DENIED])
  })

  test('of a missing role, of one that trusts others, and of one that the assertion does not name say the same', async () => {
    const missing = account.arn('role/None')
    expect(faultOf(await present(asserted({}, {}, missing), { roleArn: missing }))).toEqual([DENIED])
    expect(faultOf(await presentTo(trustInSaml(account.arn('saml-provider/Other'))))).toEqual([DENIED])
    const unnamed = await present(asserted({ attributes: { Role: `${missing},${providerArn}` } }))
    expect(faultOf(unnamed)).toEqual([DENIED])
    expect(await eventOf(unnamed)).toMatchObject({ result: 'FAILURE', errorCode: 'AccessDenied' })
    expect(faultOf(await present(asserted({ attributes: { Role: [] } })))).toEqual([DENIED])
  })
})

describe('an assertion is refused', () => {
  test.each<[string, Said, string, string]>([
    [
      'of another issuer',
      { issuer: 'https://evil.example.com' },
      'InvalidIdentityToken',
      'Issuer not present in specified provider',
    ],
    [
      'for another recipient',
      { recipient: 'https://other.example.com/saml' },
      'InvalidIdentityToken',
      'Response does not contain the required recipient',
    ],
    [
      'for a recipient that looks like AWS',
      { recipient: 'https://signin.aws.amazon.com.example.com/saml' },
      'InvalidIdentityToken',
      'Response does not contain the required recipient',
    ],
    [
      'that was sent elsewhere',
      { destination: 'https://other.example.com/saml' },
      'InvalidIdentityToken',
      'Response does not contain the required recipient',
    ],
    [
      'for another audience',
      { audience: 'https://other.example.com' },
      'InvalidIdentityToken',
      'Response does not contain the required audience',
    ],
    [
      'five minutes after its issue',
      { issuedIn: -300 },
      'ExpiredTokenException',
      'Token must be redeemed within 5 minutes of issuance',
    ],
    ['of the future', { issuedIn: 301 }, 'InvalidIdentityToken', 'The SAML response is not valid yet'],
    ['before its time', { notBeforeIn: 301 }, 'InvalidIdentityToken', 'The SAML response is not valid yet'],
    [
      'without a name for the session',
      { sessionName: null },
      'InvalidIdentityToken',
      'RoleSessionName is required in AuthnResponse',
    ],
    [
      'with a bad name for the session',
      { sessionName: 'a b' },
      'InvalidIdentityToken',
      'RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}',
    ],
    [
      'with two source identities',
      { attributes: { SourceIdentity: ['jane', 'joe'] } },
      'InvalidIdentityToken',
      'SourceIdentity in AuthnResponse must have exactly one value',
    ],
    [
      'with a bad source identity',
      { attributes: { SourceIdentity: 'aws:jane' } },
      'InvalidIdentityToken',
      'Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with "aws:"',
    ],
    [
      'with a duration that is none',
      { attributes: { SessionDuration: '60' } },
      'InvalidIdentityToken',
      'SessionDuration in AuthnResponse must be a number of seconds from 900 to 43200',
    ],
    [
      'with a transitive tag that it does not have',
      { attributes: { TransitiveTagKeys: 'team' } },
      'InvalidParameterValue',
      'The specified transitive tag key must be included in the requested tags.',
    ],
    [
      'that says that nobody signed in',
      { status: 'urn:oasis:names:tc:SAML:2.0:status:Responder' },
      'IDPRejectedClaim',
      'The identity provider reports that authentication failed.',
    ],
    [
      'with a condition that is not understood',
      { conditions: '<saml:Condition xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="x"/>' },
      'InvalidIdentityToken',
      'Invalid SAML response: it has a condition that is not understood.',
    ],
  ])('%s', async (_what, said, code, message) => {
    expect(faultOf(await present(asserted(said)))).toEqual([[code, message]])
  })

  test.each<[string, Said]>([
    ['its conditions', { notOnOrAfterIn: 0 }],
    ['its confirmation', { confirmedFor: 0 }],
    ['the session at the provider', { sessionEndsIn: 0 }],
  ])('when %s have ended, to the second', async (_what, said) => {
    const now = Math.floor(installation.clock().getTime() / 1000)
    const answer = await present(asserted(said))
    expect(faultOf(answer)).toEqual([
      [
        'ExpiredTokenException',
        `Token expired: current date/time ${now} must be before the expiration date/time ${now}`,
      ],
    ])
    expect(await eventOf(answer)).toMatchObject({ result: 'FAILURE', errorCode: 'ExpiredTokenException' })
    const longer = Object.fromEntries(Object.keys(said).map((name) => [name, 1]))
    expect((await present(asserted(longer))).errors).toEqual([])
  })

  test('without a signature, and with one of another key', async () => {
    const said = { attributes: { Role: `${role.arn},${providerArn}` } }
    expect(faultOf(await present(encode(provider.say(installation.clock(), said))))).toEqual(NOT_SIGNED)
    expect(faultOf(await present(asserted({}, { by: newSigner({ curve: 'P-256' }) })))).toEqual(NOT_SIGNED)
  })

  test.each([
    ['no base64', '<Response/>', 'Invalid SAML response: it is no base64.'],
    ['no XML', encode('{}'), 'Invalid SAML response: it does not begin like XML.'],
    ['no UTF-8', Buffer.from([0x3c, 0xff, 0xfe, 0x3e]).toString('base64'), 'Invalid SAML response: it is no UTF-8.'],
    ['another message', encode('<a/>'), 'Invalid SAML response: it is no Response of SAML 2.0.'],
  ])('when it is %s', async (_what, text, message) => {
    expect(faultOf(await present(text))).toEqual(invalid(message))
  })

  test('when it has more than 100,000 characters, before it is read', async () => {
    const answer = await present('A'.repeat(100_001))
    expect(faultOf(answer)).toEqual([
      [
        'ValidationError',
        "1 validation error detected: Value at 'samlAssertion' failed to satisfy constraint: Member must have length less than or equal to 100000",
      ],
    ])
  })

  test('of a provider that is not registered, or of another account', async () => {
    const missing = invalid("Specified provider doesn't exist")
    expect(faultOf(await present(asserted(), { principalArn: account.arn('saml-provider/None') }))).toEqual(missing)
    expect(faultOf(await present(asserted(), { principalArn: account.arn('oidc-provider/Staff') }))).toEqual(missing)
    const other = await installation.openAccount()
    const foreign = await registerSaml(other, provider)
    const samlAssertion = asserted({ attributes: { Role: `${role.arn},${foreign}` } })
    expect(faultOf(await present(samlAssertion, { principalArn: foreign }))).toEqual(missing)
  })
})

describe('an assertion opens one session', () => {
  test('and is refused afterwards, also for another role and with another signature', async () => {
    const samlAssertion = asserted({ id: '_once' })
    expect((await present(samlAssertion)).errors).toEqual([])
    const used = invalid('The SAML response was used before')
    const again = await present(samlAssertion)
    expect(faultOf(again)).toEqual(used)
    expect(await eventOf(again)).toMatchObject({ result: 'FAILURE', errorCode: 'InvalidIdentityToken' })
    expect(faultOf(await present(asserted({ id: '_once' }, { what: 'Response' })))).toEqual(used)
    expect(faultOf(await presentTo(trustInSaml(providerArn), { id: '_once' }))).toEqual(used)
  })

  test('of many requests with it at once', async () => {
    const samlAssertion = asserted()
    const answers = await Promise.all(Array.from({ length: 6 }, () => present(samlAssertion)))
    expect(answers.filter(({ errors }) => errors.length === 0)).toHaveLength(1)
  })

  test('but is not used up by what was denied', async () => {
    const samlAssertion = asserted()
    expect(faultOf(await present(samlAssertion, { roleArn: account.arn('role/None') }))).toEqual([DENIED])
    expect((await present(samlAssertion)).errors).toEqual([])
  })

  test('and is forgotten when nobody would accept it any more', async () => {
    await present(asserted())
    expect(await installation.db.samlAssertionUse.count()).toBeGreaterThan(1)
    installation.clock.advance(3_600_000)
    await present(asserted())
    expect(await installation.db.samlAssertionUse.count()).toBe(1)
  })
})

describe('a provider', () => {
  test('changes its certificate without a break when its metadata have both for a while', async () => {
    const [older, newer] = [provider.signer, newSigner({ curve: 'P-256' })]
    const update = (...signers: (typeof older)[]) =>
      must(account.root, 'updateSamlProvider', {
        samlProviderArn: providerArn,
        samlMetadataDocument: provider.metadata({ signers }),
      })
    const errors = async (by: typeof older) => faultOf(await present(asserted({}, { by })))
    await update(older, newer)
    expect([await errors(older), await errors(newer)]).toEqual([[], []])
    await update(newer)
    expect([await errors(older), await errors(newer)]).toEqual([NOT_SIGNED, []])
    await update(older)
  })

  test('whose metadata are over vouches for nobody', async () => {
    const samlMetadataDocument = provider.metadata({
      validUntil: new Date(installation.clock().getTime() + 10_000).toISOString(),
    })
    await must(account.root, 'updateSamlProvider', { samlProviderArn: providerArn, samlMetadataDocument })
    expect((await present(asserted())).errors).toEqual([])
    installation.clock.advance(10_000)
    expect(faultOf(await present(asserted()))).toEqual(invalid('The metadata of the specified provider have expired'))
    await must(account.root, 'updateSamlProvider', {
      samlProviderArn: providerArn,
      samlMetadataDocument: provider.metadata(),
    })
  })

  test('that is deleted vouches for nobody, and its sessions go on', async () => {
    const other = await registerSaml(account, provider, 'Leaving')
    const { arn } = await makeRole(account, {
      roleName: 'Leaver',
      trust: trustInSaml(other),
      allow: [{ action: 'iam:ListUsers' }],
    })
    const open = () =>
      present(asserted({ attributes: { Role: `${arn},${other}` } }), { roleArn: arn, principalArn: other })
    const answer = await open()
    await must(account.root, 'deleteSamlProvider', { samlProviderArn: other })
    expect(faultOf(await open())).toEqual(invalid("Specified provider doesn't exist"))
    expect((await signedIn(answer)('{ users { edges { node { name } } } }')).codes).toEqual([])
  })
})

test('what fails is limited by address, and what succeeds is not', async () => {
  await installation.db.throttle.deleteMany()
  expect((await present(asserted())).codes).toEqual([])
  await installation.db.throttle.updateMany({ data: { count: 99 } })
  expect((await present(asserted())).codes).toEqual([])
  expect((await present('none')).codes).toEqual(['InvalidIdentityToken'])
  expect((await present(asserted())).codes).toEqual(['Throttling'])
  installation.clock.advance(900_000)
  expect((await present(asserted())).codes).toEqual([])
})
