import { beforeEach, describe, expect, test } from 'vitest'
import { commonPassword, hashPassword } from '../../../src/authn/password/index.ts'
import { changePassword } from '../../../src/iam/login-profiles/change-password.ts'
import {
  createLoginProfile,
  deleteLoginProfile,
  updateLoginProfile,
} from '../../../src/iam/login-profiles/login-profiles.ts'
import { getSessionToken } from '../../../src/iam/sts/get-session-token.ts'
import { auditTrail, callAs, epochOf, testCall, testPrincipal } from '../../support/call.ts'
import { codedError, type Installation, openInstallation, PASSWORD } from '../../support/signing-in.ts'

const NEW_PASSWORD = 'Battery-Staple-8'
const POLICY = {
  code: 'PasswordPolicyViolation',
  httpStatus: 400,
  message: 'Password does not conform to the account password policy.',
}

let installation: Installation
beforeEach(async () => {
  installation = await openInstallation()
})

const asRoot = () => callAs(installation.services, installation.account.root)
const ended = async (token: string) =>
  expect(await codedError(() => installation.bearer(token))).toMatchObject({ code: 'InvalidClientTokenId' })
const keyOfAlice = () => {
  const [key] = installation.alice.accessKeys
  return { accessKeyId: key!.id, secretAccessKey: key!.secretAccessKey }
}
const temporary = async () => await getSessionToken(installation.callOf(await installation.signed(keyOfAlice())), {})

const refusedCreate = (userName: string | null) =>
  codedError(async () => createLoginProfile(await asRoot(), { userName, password: NEW_PASSWORD }))
const change = async (token: string, oldPassword = PASSWORD, newPassword = NEW_PASSWORD) =>
  await changePassword(installation.callOf(await installation.bearer(token)), { oldPassword, newPassword })

describe('createLoginProfile', () => {
  test('gives a user a password to sign in with, and answers without its hash', async () => {
    const carol = await installation.account.createTestUser({ name: 'Carol' })
    const profile = await createLoginProfile(await asRoot(), {
      userName: 'carol',
      password: NEW_PASSWORD,
      passwordResetRequired: true,
    })
    expect(profile).toEqual({
      accountId: installation.account.accountId,
      userId: carol.id,
      passwordResetRequired: true,
      createdAt: installation.services.clock(),
      passwordChangedAt: installation.services.clock(),
    })
    const { passwordChangeRequired } = await installation.signIn({ userName: 'Carol', password: NEW_PASSWORD })
    expect(passwordChangeRequired).toBe(true)
  })

  test('is refused when there is one, for a user who is none, and for root', async () => {
    expect(await refusedCreate('alice')).toEqual({
      code: 'EntityAlreadyExists',
      httpStatus: 409,
      message: 'Login Profile for user Alice already exists.',
    })
    expect(await refusedCreate('nobody')).toMatchObject({ code: 'NoSuchEntity', httpStatus: 404 })
    expect(await refusedCreate(null)).toMatchObject({ code: 'InvalidUserType', httpStatus: 400 })
  })

  test.each([
    ['too short', 'Aa1-aaa'],
    ['only two classes of characters', 'abcdefgh12345'],
    ["the root user's address", 'Root@Example.Com'],
  ])('refuses a password that is %s', async (_, password) => {
    await installation.account.createTestUser({ name: 'Carol' })
    expect(await codedError(async () => createLoginProfile(await asRoot(), { userName: 'Carol', password }))).toEqual(
      POLICY,
    )
  })

  test('refuses what anybody would try, under the account’s own policy as well, wherever a password is chosen', async () => {
    const weak = { code: 'PasswordPolicyViolation', httpStatus: 400, message: commonPassword }
    await installation.account.createTestUser({ name: 'Carol-Danvers-7' })
    const root = await asRoot()
    const { accessToken } = await installation.signIn()
    for (const own of [false, true]) {
      if (own) {
        await installation.db.passwordPolicy.create({
          data: { accountId: installation.account.accountId, minimumPasswordLength: 6 },
        })
        expect(await codedError(() => change(accessToken, PASSWORD, 'qwerty'))).toEqual(weak)
      }
      for (const password of ['Password1!', 'P@ssw0rd2026', 'Qwerty-123'])
        expect(await codedError(() => change(accessToken, PASSWORD, password))).toEqual(weak)
      for (const password of ['Sunshine-1', 'carol-danverS-7']) {
        const input = { userName: 'Carol-Danvers-7', password }
        expect(await codedError(() => createLoginProfile(root, input))).toEqual(weak)
      }
      expect(await codedError(() => updateLoginProfile(root, { userName: 'Alice', password: 'Welcome-123' }))).toEqual(
        weak,
      )
    }
  })

  test('locks nobody out whose password is common already', async () => {
    const passwordHash = await hashPassword('Password1!', { memoryCost: 8, timeCost: 1, parallelism: 1 })
    await installation.account.createTestUser({ name: 'Carol', passwordHash })
    const { accessToken } = await installation.signIn({ userName: 'Carol', password: 'Password1!' })
    await change(accessToken, 'Password1!')
    await installation.signIn({ userName: 'Carol', password: NEW_PASSWORD })
  })

  test('refuses the name of the account', async () => {
    await installation.db.account.updateMany({ data: { alias: 'our-company-1' } })
    const input = { userName: 'Alice', password: 'Our-Company-1' }
    expect(await codedError(async () => updateLoginProfile(await asRoot(), input))).toEqual(POLICY)
  })
})

describe('updateLoginProfile', () => {
  test("with a password ends the user's password sessions, and neither keys nor what they made", async () => {
    const { accessToken } = await installation.signIn()
    const bobs = await installation.signIn({ userName: 'Bob' })
    const session = await temporary()
    await updateLoginProfile(await asRoot(), { userName: 'Alice', password: NEW_PASSWORD })
    await ended(accessToken)
    await installation.bearer(bobs.accessToken)
    await installation.signed(keyOfAlice())
    await installation.signed(session)
    await installation.bearer(session.accessToken)
    expect(await codedError(() => installation.signIn())).toMatchObject({ code: 'AccessDenied' })
    await installation.signIn({ password: NEW_PASSWORD })
  })

  test('with the flag alone restricts the sessions that stand, at once, and keeps the password', async () => {
    const { accessToken } = await installation.signIn()
    await updateLoginProfile(await asRoot(), { userName: 'Alice', passwordResetRequired: true })
    expect((await installation.bearer(accessToken)).passwordResetPending).toBe(true)
    await updateLoginProfile(await asRoot(), { userName: 'Alice', password: NEW_PASSWORD })
    expect((await installation.signIn({ password: NEW_PASSWORD })).passwordChangeRequired).toBe(true)
  })

  test('of the caller keeps the session that asks', async () => {
    const mine = await installation.signIn()
    const other = await installation.signIn()
    await updateLoginProfile(installation.callOf(mine.principal), { userName: 'Alice', password: NEW_PASSWORD })
    await installation.bearer(mine.accessToken)
    await ended(other.accessToken)
  })

  test('without a profile is NoSuchEntity', async () => {
    await installation.account.createTestUser({ name: 'Carol' })
    const input = { userName: 'Carol', password: NEW_PASSWORD }
    expect(await codedError(async () => updateLoginProfile(await asRoot(), input))).toEqual({
      code: 'NoSuchEntity',
      httpStatus: 404,
      message: 'Login Profile for User Carol cannot be found.',
    })
  })
})

describe('deleteLoginProfile', () => {
  test('ends password sessions and signing in, and neither keys nor what they made', async () => {
    const { accessToken } = await installation.signIn()
    const session = await temporary()
    await deleteLoginProfile(await asRoot(), { userName: 'Alice' })
    await ended(accessToken)
    await installation.signed(keyOfAlice())
    await installation.signed(session)
    expect(await codedError(() => installation.signIn())).toMatchObject({ code: 'AccessDenied' })
    expect(await codedError(async () => deleteLoginProfile(await asRoot(), { userName: 'Alice' }))).toMatchObject({
      code: 'NoSuchEntity',
      message: 'Login Profile for User Alice cannot be found.',
    })
  })

  test('does not lock root out', async () => {
    expect(await codedError(async () => deleteLoginProfile(await asRoot(), {}))).toMatchObject({
      code: 'InvalidUserType',
    })
  })
})

describe('changePassword', () => {
  test('changes the password and ends all other sessions of the user', async () => {
    const mine = await installation.signIn()
    const other = await installation.signIn()
    const bobs = await installation.signIn({ userName: 'Bob' })
    await change(mine.accessToken)
    await installation.bearer(mine.accessToken)
    await installation.bearer(bobs.accessToken)
    await ended(other.accessToken)
    await installation.signIn({ password: NEW_PASSWORD })
    expect(await codedError(() => installation.signIn())).toMatchObject({ code: 'AccessDenied' })
  })

  test('asked for with an access key ends every password session', async () => {
    const { accessToken } = await installation.signIn()
    const call = installation.callOf(await installation.signed(keyOfAlice()))
    await changePassword(call, { oldPassword: PASSWORD, newPassword: NEW_PASSWORD })
    await ended(accessToken)
  })

  test('fulfils a demanded change, in the session that it was demanded of', async () => {
    await installation.db.loginProfile.updateMany({ data: { passwordResetRequired: true } })
    const { accessToken } = await installation.signIn()
    await change(accessToken)
    expect((await installation.bearer(accessToken)).passwordResetPending).toBe(false)
  })

  test('refuses a wrong old password, and stops guessing after ten', async () => {
    const { accessToken } = await installation.signIn()
    for (let n = 0; n < 10; n++)
      expect(await codedError(() => change(accessToken, 'wrong'))).toEqual({
        code: 'AccessDenied',
        httpStatus: 403,
        message: 'The old password was incorrect.',
      })
    expect(await codedError(() => change(accessToken))).toEqual({
      code: 'Throttling',
      httpStatus: 400,
      message: 'Rate exceeded',
      details: { retryAfterSeconds: 900 },
    })
    await installation.signIn()
  })

  test('refuses the same password and one that the policy does not take, and counts neither as a guess', async () => {
    const { accessToken } = await installation.signIn()
    for (let n = 0; n < 6; n++) {
      expect(await codedError(() => change(accessToken, PASSWORD, PASSWORD))).toEqual({
        ...POLICY,
        message: 'The new password must not be the same as the current password.',
      })
      expect(await codedError(() => change(accessToken, PASSWORD, 'short'))).toEqual(POLICY)
    }
    await change(accessToken)
  })

  test('root changes its own where it signed in with it, under the built-in rules whatever the account has set', async () => {
    const input = { account: null, userName: null, rootEmail: 'root@example.com' }
    const { accountId } = installation.account
    await installation.db.passwordPolicy.create({
      data: { accountId, minimumPasswordLength: 100, passwordReusePrevention: 24 },
    })
    const [root, other] = [await installation.signIn(input), await installation.signIn(input)]
    for (const weak of ['abcdefgh12345', 'Root@Example.com', 'Welcome-123'])
      expect(await codedError(() => change(root.accessToken, PASSWORD, weak))).toMatchObject({
        code: 'PasswordPolicyViolation',
      })
    await change(root.accessToken)
    await installation.bearer(root.accessToken)
    await ended(other.accessToken)
    await installation.signIn({ ...input, password: NEW_PASSWORD })
    expect(await codedError(() => installation.signIn(input))).toMatchObject({ code: 'AccessDenied' })
  })

  test("root's access keys change no password, as at AWS", async () => {
    const { root } = installation.account
    const principal = testPrincipal(root, await epochOf(installation.services, root.accountId), 'AKIAQAAAAAAAAAAAAAAA')
    const call = testCall({ services: installation.services, principal })
    expect(await codedError(() => changePassword(call, { oldPassword: PASSWORD, newPassword: NEW_PASSWORD }))).toEqual({
      code: 'InvalidUserType',
      httpStatus: 400,
      message: 'Only IAM Users can change their own password',
    })
  })

  test('of two changes at the same moment one finds its old password replaced', async () => {
    const first = await installation.signIn()
    const call = installation.callOf(first.principal)
    const outcomes = await Promise.all(
      ['Another-Pass-1', 'Another-Pass-2'].map((newPassword) =>
        changePassword(call, { oldPassword: PASSWORD, newPassword }).then(
          () => 'changed',
          (error: unknown) => (error instanceof Error ? error.message : error),
        ),
      ),
    )
    expect(outcomes).toHaveLength(2)
    expect(new Set(outcomes)).toEqual(new Set(['The old password was incorrect.', 'changed']))
  })
})

test('no event of passwords holds one', async () => {
  const { accessToken } = await installation.signIn()
  const call = installation.callOf(await installation.bearer(accessToken))
  await changePassword(call, { oldPassword: PASSWORD, newPassword: NEW_PASSWORD })
  await updateLoginProfile(await asRoot(), { userName: 'Alice', password: PASSWORD })
  await deleteLoginProfile(await asRoot(), { userName: 'Alice' })
  await createLoginProfile(await asRoot(), { userName: 'Alice', password: PASSWORD })
  await codedError(() => installation.signIn({ password: 'Wrong-Guess-1' }))
  const events = JSON.stringify(await auditTrail(installation.services, installation.account.accountId))
  expect(events).not.toMatch(/Correct-Horse|Battery-Staple|Wrong-Guess|argon2/)
})
