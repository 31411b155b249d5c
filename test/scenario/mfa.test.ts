import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Account, type Installation, openInstallation } from '../support/installation.ts'
import { enrol, PASSWORD, passwordHash } from '../support/world.ts'
import { clientsOf, refusalOf, SIGN_IN, type SignedIn, TEMPORARY, type Temporary } from './clients.ts'

const CREATE_USER = 'mutation ($name: String!) { createUser(input: { userName: $name }) { user { name } } }'

let installation: Installation
let account: Account
let clients: ReturnType<typeof clientsOf>
let named = 0

beforeAll(async () => {
  installation = await openInstallation()
  account = await installation.openAccount()
  clients = clientsOf(installation)
})

afterAll(() => installation.stop())

/** An administrator who may do everything, with MFA only: AWS's own example of such a policy. */
async function administrator() {
  const name = `admin-${++named}`
  const user = await account.user({
    name,
    allow: [
      { action: '*' },
      { effect: 'Deny', action: '*', when: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } },
    ],
    passwordHash: await passwordHash,
  })
  const [key] = user.accessKeys
  const signIn = async (mfaCode?: string) => {
    const input = { account: account.accountId, userName: name, password: PASSWORD, mfaCode }
    return (await clients.anonymous.request<SignedIn>(SIGN_IN, { input })).signIn.accessToken
  }
  const bot = clients.signing({ accessKeyId: key!.id, secretAccessKey: key!.secretAccessKey })
  return { name, user, bot, signIn, device: () => enrol({ installation, root: account.root }, `${name}-phone`, name) }
}

const refusedForMfa = {
  message: expect.stringMatching(/ with an explicit deny in an identity-based policy$/),
  extensions: { code: 'AccessDenied', authz: { effect: 'EXPLICIT_DENY', mfaRequired: true } },
}

describe('a deny unless MFA', () => {
  test('holds for a long-term key, which is told that MFA would help', async () => {
    const { bot, name } = await administrator()
    expect(await refusalOf(bot.request(CREATE_USER, { name: `${name}-made` }))).toMatchObject(refusedForMfa)
  })

  test('lets temporary credentials with a code pass, signed and as a bearer token', async () => {
    const { bot, name, device } = await administrator()
    const { serialNumber, code } = await device()
    const input = { serialNumber, tokenCode: code() }
    const { getSessionToken } = await bot.request<Temporary>(TEMPORARY, { input })
    const signing = clients.signing(getSessionToken)
    const bearing = clients.bearing(getSessionToken.accessToken)
    for (const [client, made] of [
      [signing, `${name}-a`],
      [bearing, `${name}-b`],
    ] as const)
      expect(await client.request(CREATE_USER, { name: made })).toEqual({ createUser: { user: { name: made } } })
    // A code works once, and the key alone still does not.
    expect(await refusalOf(bot.request(TEMPORARY, { input }))).toMatchObject({
      message: 'MultiFactorAuthentication failed with invalid MFA one time pass code. ',
      extensions: { code: 'AccessDenied' },
    })
    expect(await refusalOf(bot.request(CREATE_USER, { name: `${name}-c` }))).toMatchObject(refusedForMfa)
  })

  test('lets a password session pass once it was stepped up', async () => {
    const { signIn, name, device } = await administrator()
    const before = await signIn()
    const session = clients.bearing(before)
    expect(await refusalOf(session.request(CREATE_USER, { name: `${name}-a` }))).toMatchObject(refusedForMfa)
    const { code } = await device()
    const { authenticateMfa } = await session.request<{ authenticateMfa: { accessToken: string } }>(
      `mutation ($code: String!) { authenticateMfa(input: { mfaCode: $code }) { accessToken viewer { mfaAuthenticatedAt } } }`,
      { code: code() },
    )
    const steppedUp = clients.bearing(authenticateMfa.accessToken)
    expect(await steppedUp.request(CREATE_USER, { name: `${name}-a` })).toEqual({
      createUser: { user: { name: `${name}-a` } },
    })
    expect(await refusalOf(session.request('{ viewer { arn } }'))).toMatchObject({
      extensions: { code: 'InvalidClientTokenId' },
    })
  })

  test('lets a session pass that began with a code', async () => {
    const { signIn, name, device } = await administrator()
    const { code } = await device()
    expect(await refusalOf(signIn())).toMatchObject({
      message: 'Multi-factor authentication is required.',
      extensions: { code: 'AccessDenied', mfaCodeRequired: true },
    })
    const session = clients.bearing(await signIn(code()))
    await session.request(CREATE_USER, { name: `${name}-a` })
  })

  test('holds for temporary credentials without a code, which cannot use IAM at all', async () => {
    const { bot, name } = await administrator()
    const { getSessionToken } = await bot.request<Temporary>(TEMPORARY, { input: {} })
    expect(await refusalOf(clients.signing(getSessionToken).request(CREATE_USER, { name }))).toMatchObject({
      message: 'The security token included in the request is invalid',
      extensions: { code: 'InvalidClientTokenId' },
    })
  })
})

describe('a password that must be changed', () => {
  const CHANGE = `mutation ($old: String!, $new: String!) {
    changePassword(input: { oldPassword: $old, newPassword: $new }) { changed }
  }`

  test('comes before everything else, and everything else after it', async () => {
    const userName = `new-${++named}`
    await account.root('mutation ($name: String!) { createUser(input: { userName: $name }) { __typename } }', {
      name: userName,
    })
    await account.root('mutation ($input: PutUserPolicyInput!) { putUserPolicy(input: $input) { __typename } }', {
      input: {
        userName,
        policyName: 'all',
        policyDocument: '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}',
      },
    })
    await account.root(
      'mutation ($input: CreateLoginProfileInput!) { createLoginProfile(input: $input) { __typename } }',
      { input: { userName, password: 'From-The-Admin-1', passwordResetRequired: true } },
    )
    const signIn = async (password: string) =>
      await clients.anonymous.request<SignedIn>(SIGN_IN, { input: { account: account.accountId, userName, password } })
    const first = await signIn('From-The-Admin-1')
    expect(first.signIn).toMatchObject({ passwordChangeRequired: true })
    const me = clients.bearing(first.signIn.accessToken)
    expect(await refusalOf(me.request('{ user { name } }'))).toMatchObject({
      message: expect.stringMatching(/with an explicit deny in a session policy$/),
      extensions: { authz: { passwordChangeRequired: true } },
    })
    expect(await refusalOf(me.request(CHANGE, { old: 'wrong', new: 'My-Own-Word-2' }))).toMatchObject({
      extensions: { code: 'AccessDenied' },
    })
    expect(await me.request(CHANGE, { old: 'From-The-Admin-1', new: 'My-Own-Word-2' })).toEqual({
      changePassword: { changed: true },
    })
    expect(await me.request('{ user { name } }')).toEqual({ user: { name: userName } })
    expect(await refusalOf(signIn('From-The-Admin-1'))).toMatchObject({
      message: 'Your authentication information is incorrect. Please try again.',
    })
    expect((await signIn('My-Own-Word-2')).signIn).toMatchObject({ passwordChangeRequired: false })
  })
})

describe('signing out', () => {
  test('ends this session from the next request on, and no other', async () => {
    const { signIn } = await administrator()
    const [one, two] = [clients.bearing(await signIn()), clients.bearing(await signIn())]
    expect(await one.request('mutation { signOut { signedOut } }')).toEqual({ signOut: { signedOut: true } })
    expect(await refusalOf(one.request('{ viewer { arn } }'))).toMatchObject({
      message: 'The security token included in the request is invalid.',
      extensions: { code: 'InvalidClientTokenId' },
    })
    await two.request('{ viewer { arn } }')
  })

  test('everywhere ends every session and all temporary credentials, and no key', async () => {
    const { signIn, bot } = await administrator()
    const { getSessionToken } = await bot.request<Temporary>(TEMPORARY, { input: {} })
    const [one, two] = [clients.bearing(await signIn()), clients.bearing(await signIn())]
    installation.clock.advance(2_000)
    await one.request('mutation { signOutEverywhere { signedOut } }')
    for (const client of [one, two, clients.signing(getSessionToken), clients.bearing(getSessionToken.accessToken)])
      expect(await refusalOf(client.request('{ viewer { arn } }'))).toMatchObject({
        extensions: { code: 'InvalidClientTokenId' },
      })
    await bot.request('{ viewer { arn } }')
  })
})
