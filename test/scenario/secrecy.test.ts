import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSigningFetch } from '../../src/client/index.ts'
import { totp } from '../support/signing-in.ts'
import {
  type Account,
  type Answer,
  type Ask,
  type Installation,
  openInstallation,
  textAt,
} from '../support/installation.ts'
import { issue } from '../support/issued-certificates.ts'
import { SecretScanner } from './secrets.ts'

const ROOT_PASSWORD = 'Root-Horse-Battery-1'
const FIRST_PASSWORD = 'From-The-Admin-2'
const OWN_PASSWORD = 'My-Own-Staple-3'
const FORGOTTEN_PASSWORD = 'After-The-Reset-4'
const WRONG_PASSWORD = 'Guessed-By-Somebody-5'
const REFUSED_PASSWORD = 'short6'
const CLIENT_TOKEN = 'retry-me-with-this-token-7'

let installation: Installation
let account: Account
const scanner = new SecretScanner()
/** Every answer, in order, headers included, and what it was allowed to tell. */
const answers: { readonly text: string; readonly told: readonly string[] }[] = []
let mayBeTold: string[] = []

/** Sends, and keeps what came back. */
const recording: typeof fetch = async (input, init) => {
  const response = await fetch(input, init)
  const text = `${[...response.headers].join('\n')}\n${await response.clone().text()}`
  answers.push({ text, told: mayBeTold })
  return response
}

/** Asks for something secret: this answer may tell it, no later one. */
async function told(ask: Promise<Answer>, secrets: Readonly<Record<string, string>>): Promise<Answer> {
  const answer = await ask
  const last = answers.at(-1)!
  const values = Object.entries(secrets).map(([what, path]) => {
    const value = textAt(answer, path)
    scanner.add(what, value)
    return value
  })
  answers[answers.indexOf(last)] = { text: last.text, told: [...last.told, ...values] }
  return answer
}

const asks = (headers: Readonly<Record<string, string>> = {}) => installation.asks(recording, headers)
const bears = (token: string): Ask => asks({ authorization: `Bearer ${token}` })
const signs = (credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }): Ask =>
  installation.asks(createSigningFetch({ ...credentials, now: installation.clock, fetch: recording }))

function codeOf(seed: string, steps = 0): string {
  const code = totp(seed, installation.clock(), steps)
  scanner.add('a one-time code', code)
  return code
}

const SIGN_IN = 'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken viewer { arn } } }'
const CHANGE = `mutation ($old: String!, $new: String!) { changePassword(input: { oldPassword: $old, newPassword: $new }) { changed } }`

/** Everything that has to do with a secret happens once, and much goes wrong. */
beforeAll(async () => {
  installation = await openInstallation({ logLevel: 'trace' })
  account = await installation.openAccount({ alias: 'secretive' })
  const { accountId, rootUser } = account
  for (const [what, value] of Object.entries({
    ROOT_PASSWORD,
    FIRST_PASSWORD,
    OWN_PASSWORD,
    FORGOTTEN_PASSWORD,
    WRONG_PASSWORD,
    REFUSED_PASSWORD,
    CLIENT_TOKEN,
  }))
    scanner.add(what, value)
  scanner.add('the secret of root’s key', account.rootKey.secretAccessKey)
  scanner.add('the master key', '0f'.repeat(32), Buffer.alloc(32, 0x0f))

  // Root, by password.
  const { hashPassword } = await import('../../src/authn/password/index.ts')
  const at = { createdAt: installation.clock(), passwordChangedAt: installation.clock() }
  const passwordHash = await hashPassword(ROOT_PASSWORD)
  await installation.db.loginProfile.create({ data: { accountId, userId: rootUser.id, passwordHash, ...at } })
  const rootEmail = `root@${accountId}.example`
  await asks()(SIGN_IN, { input: { rootEmail, password: WRONG_PASSWORD } })
  const rootSignIn = await told(asks()(SIGN_IN, { input: { rootEmail, password: ROOT_PASSWORD } }), {
    'root’s token': 'signIn.accessToken',
  })
  const root = bears(textAt(rootSignIn, 'signIn.accessToken'))
  const policyDocument = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }
  await root('mutation { createUser(input: { userName: "alice" }) { user { arn } } }')
  await root(
    'mutation ($d: PolicyDocument!) { putUserPolicy(input: { userName: "alice", policyName: "p", policyDocument: $d }) { policyName } }',
    { d: policyDocument },
  )
  const profile =
    'mutation ($input: CreateLoginProfileInput!) { createLoginProfile(input: $input) { loginProfile { userName } } }'
  await root(profile, { input: { userName: 'alice', password: REFUSED_PASSWORD } })
  await root(profile, { input: { userName: 'missing', password: FIRST_PASSWORD } })
  await root(profile, { input: { userName: 'alice', password: FIRST_PASSWORD, passwordResetRequired: true } })
  await root(profile, { input: { userName: 'alice', password: FIRST_PASSWORD } })

  // Alice, by password: wrong, forced change, right; in the field for the name; by a browser.
  const aliceIn = { account: 'secretive', userName: 'alice' }
  await asks()(SIGN_IN, { input: { ...aliceIn, password: WRONG_PASSWORD } })
  await asks()(SIGN_IN, { input: { ...aliceIn, userName: WRONG_PASSWORD, password: WRONG_PASSWORD } })
  await asks()(SIGN_IN, { input: { account: WRONG_PASSWORD, userName: WRONG_PASSWORD, password: WRONG_PASSWORD } })
  const forced = await told(asks()(SIGN_IN, { input: { ...aliceIn, password: FIRST_PASSWORD } }), {
    'the token of a forced change': 'signIn.accessToken',
  })
  const pending = bears(textAt(forced, 'signIn.accessToken'))
  await pending(CHANGE, { old: WRONG_PASSWORD, new: OWN_PASSWORD })
  await pending(CHANGE, { old: FIRST_PASSWORD, new: REFUSED_PASSWORD })
  await pending(CHANGE, { old: FIRST_PASSWORD, new: OWN_PASSWORD })
  const page = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' }
  const browser = await told(asks(page)(SIGN_IN, { input: { ...aliceIn, password: OWN_PASSWORD } }), {
    'the token in a cookie': 'signIn.accessToken',
  })
  const cookie = `latchkey-session-4000=${textAt(browser, 'signIn.accessToken')}`
  await asks({ ...page, cookie })('{ viewer { arn sessions { sessionId userAgent } } }')

  // Keys, twice with the same client token, refused, used, listed.
  const alice = bears(textAt(browser, 'signIn.accessToken'))
  const create = `mutation ($input: CreateAccessKeyInput!) { createAccessKey(input: $input) { secretAccessKey csv accessKey { accessKeyId description } } }`
  const made = await told(alice(create, { input: { description: 'bot', clientToken: CLIENT_TOKEN } }), {
    'the secret of a key': 'createAccessKey.secretAccessKey',
  })
  const key = {
    accessKeyId: textAt(made, 'createAccessKey.accessKey.accessKeyId'),
    secretAccessKey: textAt(made, 'createAccessKey.secretAccessKey'),
  }
  mayBeTold = [key.secretAccessKey]
  await alice(create, { input: { description: 'bot', clientToken: CLIENT_TOKEN } })
  mayBeTold = []
  await alice(create, { input: { clientToken: CLIENT_TOKEN } })
  const bot = signs(key)
  await told(bot(create, { input: {} }), { 'the secret of the second key': 'createAccessKey.secretAccessKey' })
  await bot(create, { input: {} })
  await signs({ ...key, secretAccessKey: `${key.secretAccessKey}x` })('{ viewer { arn } }')
  await bot(
    '{ user { tags { key value } accessKeys { id accessKeyId description lastUsed { at operation } } inlinePolicies { policyText } } }',
  )

  // Credentials for services: a password and an API key, made and reset, refused, listed.
  const forService = `serviceSpecificCredential { serviceSpecificCredentialId serviceUserName serviceCredentialAlias }`
  const createForService = `mutation ($input: CreateServiceSpecificCredentialInput!) { createServiceSpecificCredential(input: $input) { ${forService} servicePassword serviceCredentialSecret } }`
  const resetForService = `mutation ($input: ResetServiceSpecificCredentialInput!) { resetServiceSpecificCredential(input: $input) { ${forService} servicePassword serviceCredentialSecret } }`
  for (const [serviceName, member] of [
    ['git.example.com', 'servicePassword'],
    ['bedrock.amazonaws.com', 'serviceCredentialSecret'],
  ] as const) {
    const made = await told(bot(createForService, { input: { userName: 'alice', serviceName } }), {
      [`the first ${member}`]: `createServiceSpecificCredential.${member}`,
    })
    const path = 'createServiceSpecificCredential.serviceSpecificCredential.serviceSpecificCredentialId'
    const input = { userName: 'alice', serviceSpecificCredentialId: textAt(made, path) }
    await told(bot(resetForService, { input }), {
      [`the second ${member}`]: `resetServiceSpecificCredential.${member}`,
    })
    await bot(resetForService, { input: { ...input, userName: 'missing' } })
    await bot(createForService, {
      input: { userName: 'alice', serviceName: textAt(made, `createServiceSpecificCredential.${member}`) },
    })
  }
  await bot(`{ serviceSpecificCredentials(allUsers: true) { edges { cursor node { serviceName status } } } }`)

  // A token for others, which is stored nowhere.
  await bot('mutation { enableOutboundWebIdentityFederation { issuerIdentifier } }')
  const webIdentityToken = `mutation { getWebIdentityToken(input: { audience: ["api"], signingAlgorithm: RS256 }) { webIdentityToken } }`
  await told(bot(webIdentityToken), { 'a token for others': 'getWebIdentityToken.webIdentityToken' })

  // A server certificate, with a key that belongs to it, one that does not, and one in the wrong place.
  const server = issue({ name: 'web.example.com', until: '20990101' })
  const stranger = issue({ name: 'other.example.com' })
  for (const [what, { key }] of [
    ['a private key', server],
    ['another private key', stranger],
  ] as const)
    for (const line of key.split('\n').slice(1, 3)) scanner.add(what, line)
  const uploadCertificate = `mutation ($input: UploadServerCertificateInput!) { uploadServerCertificate(input: $input) { serverCertificate { certificateBody certificateChain } } }`
  const pems = { serverCertificateName: 'web', certificateBody: server.certificate, privateKey: server.key }
  await bot(uploadCertificate, { input: pems })
  for (const changes of [
    {},
    { privateKey: stranger.key },
    { privateKey: `${server.key}${stranger.key}` },
    { certificateBody: server.key },
    { certificateBody: `${server.certificate}${server.key}` },
    { certificateChain: server.key },
    { serverCertificateName: server.key },
    { tags: [{ key: 'key', value: server.key }] },
  ])
    await bot(uploadCertificate, { input: { ...pems, ...changes } })
  await bot('{ serverCertificates { edges { node { certificateBody certificateChain tags { key value } } } } }')

  // An MFA device: made, enabled, used in every way, wrongly too.
  const created = await told(
    bot(
      'mutation { createVirtualMfaDevice(input: { virtualMfaDeviceName: "phone" }) { base32StringSeed otpauthUri qrCodePng mfaDevice { serialNumber } } }',
    ),
    { 'a seed': 'createVirtualMfaDevice.base32StringSeed', 'a QR code': 'createVirtualMfaDevice.qrCodePng' },
  )
  const seed = textAt(created, 'createVirtualMfaDevice.base32StringSeed')
  const serialNumber = textAt(created, 'createVirtualMfaDevice.mfaDevice.serialNumber')
  const enable =
    'mutation ($input: EnableMfaDeviceInput!) { enableMfaDevice(input: $input) { mfaDevice { enabledAt } } }'
  const enabling = { userName: 'alice', serialNumber }
  await root(enable, { input: { ...enabling, authenticationCode1: codeOf(seed), authenticationCode2: codeOf(seed) } })
  await root(enable, {
    input: { ...enabling, authenticationCode1: codeOf(seed, -1), authenticationCode2: codeOf(seed) },
  })
  installation.clock.advance(60_000)
  await asks()(SIGN_IN, { input: { ...aliceIn, password: OWN_PASSWORD } })
  await asks()(SIGN_IN, { input: { ...aliceIn, password: OWN_PASSWORD, mfaCode: codeOf(seed, 20) } })
  await told(asks()(SIGN_IN, { input: { ...aliceIn, password: OWN_PASSWORD, mfaCode: codeOf(seed) } }), {
    'a token with MFA': 'signIn.accessToken',
  })
  installation.clock.advance(60_000)
  const stepUp = 'mutation ($code: String!) { authenticateMfa(input: { mfaCode: $code }) { accessToken } }'
  await alice(stepUp, { code: codeOf(seed, 20) })
  await told(alice(stepUp, { code: codeOf(seed) }), { 'a token that was stepped up': 'authenticateMfa.accessToken' })
  await alice('{ viewer { arn } }')
  installation.clock.advance(60_000)
  const temporary = `mutation ($input: GetSessionTokenInput!) { getSessionToken(input: $input) { accessKeyId secretAccessKey sessionToken accessToken } }`
  await bot(temporary, { input: { serialNumber, tokenCode: codeOf(seed, 20) } })
  const session = await told(bot(temporary, { input: { serialNumber, tokenCode: codeOf(seed) } }), {
    'a temporary secret': 'getSessionToken.secretAccessKey',
    'a session token': 'getSessionToken.sessionToken',
    'a temporary bearer token': 'getSessionToken.accessToken',
  })
  const field = (name: string) => textAt(session, `getSessionToken.${name}`)
  const temp = signs({
    accessKeyId: field('accessKeyId'),
    secretAccessKey: field('secretAccessKey'),
    sessionToken: field('sessionToken'),
  })
  await temp('{ user { mfaDevices { serialNumber } } }')
  await bears(field('accessToken'))('{ viewer { credential } }')
  await bears(`${field('accessToken')}x`)('{ viewer { credential } }')
  await signs({
    accessKeyId: field('accessKeyId'),
    secretAccessKey: field('secretAccessKey'),
    sessionToken: `${field('sessionToken')}x`,
  })('{ viewer { arn } }')

  // What goes wrong before anything runs: a secret stands where it does not belong.
  const misplaced: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
    [SIGN_IN, { input: { ...aliceIn, password: OWN_PASSWORD, pasword: OWN_PASSWORD } }],
    [SIGN_IN, { input: { ...aliceIn, pasword: OWN_PASSWORD } }],
    [SIGN_IN, { input: { ...aliceIn, password: [OWN_PASSWORD] } }],
    [SIGN_IN, { input: { ...aliceIn, password: { value: OWN_PASSWORD } } }],
    [SIGN_IN, { input: OWN_PASSWORD }],
    [
      'mutation ($input: UpdateAccessKeyInput!) { updateAccessKey(input: $input) { __typename } }',
      { input: { accessKeyId: key.accessKeyId, status: key.secretAccessKey } },
    ],
    ['query ($first: Int) { users(first: $first) { edges { cursor } } }', { first: OWN_PASSWORD }],
  ]
  for (const [query, variables] of misplaced) await bot(query, variables)
  const literal = JSON.stringify(OWN_PASSWORD)
  for (const query of [
    `mutation { signIn(input: ${literal}) { accessToken } }`,
    `mutation { signIn(input: { password: [${literal}] }) { accessToken } }`,
    `mutation { updateAccessKey(input: { accessKeyId: "x", status: ${literal} }) { __typename } }`,
    `{ users(first: ${literal}) { edges { cursor } } }`,
    `{ user(${literal}) { name } }`,
    `{ user(name: ${literal} ${literal}) { name } }`,
    `query ($first: Int = ${literal}) { users(first: $first) { edges { cursor } } }`,
  ])
    await bot(query)
  await bot('query ($name: String) { user(name: $name) { name } }', { name: `${key.secretAccessKey} ` })
  await asks()(
    `mutation { signIn(input: { account: "secretive", password: "${OWN_PASSWORD}" userName }) { accessToken } }`,
  )
  await fetch(`${installation.url}/graphql?query={viewer{arn}}&secret=${key.secretAccessKey}`, {
    headers: { accept: 'application/json' },
  })

  // Denied, reset, and the end of it all.
  const powerless = await account.user({ name: 'powerless' })
  scanner.add('the secret of a key without permissions', powerless.accessKeys[0]!.secretAccessKey)
  const denied = signs({
    accessKeyId: powerless.accessKeys[0]!.id,
    secretAccessKey: powerless.accessKeys[0]!.secretAccessKey,
  })
  const reset =
    'mutation ($input: UpdateLoginProfileInput!) { updateLoginProfile(input: $input) { loginProfile { userName } } }'
  await denied(reset, { input: { userName: 'alice', password: FORGOTTEN_PASSWORD } })
  await denied(create, { input: { userName: 'alice', clientToken: CLIENT_TOKEN } })
  await root(reset, { input: { userName: 'alice', password: FORGOTTEN_PASSWORD } })
  await root(
    '{ users { edges { node { name loginProfile { createdAt } accessKeys { accessKeyId } mfaDevices { serialNumber } } } } }',
  )
  await root('mutation { signOut { signedOut } }')
  await installation.application.lastUsed.flush()
  mayBeTold = []
})

afterAll(() => installation.stop())

describe('a secret', () => {
  test('was there to be found: many of them, in many answers', () => {
    expect(scanner.secrets.length).toBeGreaterThan(25)
    expect(answers.length).toBeGreaterThan(50)
    expect(installation.logged().split('\n').length).toBeGreaterThan(50)
  })

  test('is in no column of no table', async () => {
    expect(await scanner.leaksInDatabase(installation.pool)).toEqual([])
  })

  test('is in no line of the log', () => {
    expect(scanner.leaksIn('the log', installation.logged())).toEqual([])
  })

  test('is in the answer that hands it out, and in no other', () => {
    expect(
      answers.flatMap(({ text, told }, n) => scanner.leaksIn(`answer ${n}: ${text.slice(-600)}`, text, told)),
    ).toEqual([])
  })

  test('is in no audit event, of which there are all kinds', async () => {
    const trail = await account.trail()
    expect(new Set(trail.map(({ result }) => result))).toEqual(new Set(['SUCCESS', 'FAILURE', 'DENIED']))
    expect(trail.flatMap((event) => scanner.leaksIn(event.action, JSON.stringify(event, jsonable)))).toEqual([])
  })
})

describe('the scanner', () => {
  const planted = new SecretScanner()
  planted.add('a password', 'Planted-Horse-1')
  planted.add('a secret key', 'abc/def+ghi/jkl+mnopqrstuvwxyz0123456789')
  planted.add('a code', '123456')

  test.each([
    ['as it is', 'said Planted-Horse-1!', ['a password']],
    ['in base64', Buffer.from('Planted-Horse-1').toString('base64'), ['a password']],
    ['in hexadecimal digits', `\\x${Buffer.from('Planted-Horse-1').toString('hex')}`, ['a password']],
    ['in a URL', `?s=${encodeURIComponent('abc/def+ghi/jkl+mnopqrstuvwxyz0123456789')}`, ['a secret key']],
    ['a code that stands alone', '{"code":"123456"}', ['a code']],
    ['not a code within a number', '1123456 and 2026.123456', []],
    ['nothing in nothing', '', []],
  ])('finds %s', (_how, text, expected) => {
    expect(planted.leaksIn('here', text).map(({ what }) => what)).toEqual(expected)
  })

  test('finds what is planted in any column', async () => {
    const { accountId, rootUser } = account
    const owner = { accountId, userId: rootUser.id }
    await installation.db.userTag.create({ data: { ...owner, key: 'k', keyFold: 'k', value: 'is Planted-Horse-1' } })
    await installation.db.mfaDevice.create({
      data: {
        accountId,
        id: 'planted',
        name: 'planted',
        nameKey: '/planted',
        seed: Buffer.from('Planted-Horse-1'),
        seedKeyId: 'none',
        createdAt: installation.clock(),
      },
    })
    await installation.db.auditEvent.create({
      data: {
        accountId,
        id: '00000000-0000-7000-8000-000000000000',
        at: installation.clock(),
        requestId: '1',
        principalArn: 'a',
        principalId: 'a',
        action: 'a',
        resource: 'a',
        result: 'SUCCESS',
        detail: { deep: { code: '123456' } },
      },
    })
    expect(await planted.leaksInDatabase(installation.pool)).toEqual([
      { what: 'a code', where: 'audit_event.detail' },
      { what: 'a password', where: 'mfa_device.seed' },
      { what: 'a password', where: 'user_tag.value' },
    ])
    await installation.db.userTag.deleteMany({ where: { ...owner, key: 'k' } })
    await installation.db.mfaDevice.deleteMany({ where: { accountId, id: 'planted' } })
    await installation.db.auditEvent.deleteMany({ where: { accountId, requestId: '1' } })
  })
})

function jsonable(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}
