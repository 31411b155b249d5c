import { beforeEach, describe, expect, test } from 'vitest'
import { changePassword } from '../../../src/iam/login-profiles/change-password.ts'
import {
  createLoginProfile,
  deleteLoginProfile,
  updateLoginProfile,
} from '../../../src/iam/login-profiles/login-profiles.ts'
import {
  deleteAccountPasswordPolicy,
  getAccountPasswordPolicy,
  updateAccountPasswordPolicy,
  type UpdateAccountPasswordPolicyInput,
} from '../../../src/iam/password-policy/account-password-policy.ts'
import { callAs } from '../../support/call.ts'
import { codedError, type Installation, openInstallation, PASSWORD } from '../../support/signing-in.ts'

const DAY_MS = 86_400_000
const VIOLATION = {
  code: 'PasswordPolicyViolation',
  httpStatus: 400,
  message: 'Password does not conform to the account password policy.',
}

let installation: Installation
beforeEach(async () => {
  installation = await openInstallation()
})

const asRoot = () => callAs(installation.services, installation.account.root)
const asAlice = () => callAs(installation.services, installation.alice)
const setPolicy = async (input: UpdateAccountPasswordPolicyInput) => updateAccountPasswordPolicy(await asRoot(), input)
const reset = async (password: string) => updateLoginProfile(await asRoot(), { userName: 'Alice', password })
const change = async (oldPassword: string, newPassword: string) =>
  changePassword(await asAlice(), { oldPassword, newPassword })
const create = async (userName: string, password: string) => createLoginProfile(await asRoot(), { userName, password })
const nth = (n: number) => `Password-${n}-x`
const old = async (policy: UpdateAccountPasswordPolicyInput = {}) => {
  await setPolicy({ maxPasswordAge: 90, ...policy })
  installation.services.clock.advance(90 * DAY_MS)
}

describe('the policy of an account', () => {
  test('is not there until it is set', async () => {
    const { accountId } = installation.account
    const missing = {
      code: 'NoSuchEntity',
      httpStatus: 404,
      message: `The Password Policy with domain name ${accountId} cannot be found.`,
    }
    expect(await codedError(() => getAccountPasswordPolicy({ db: installation.db, principal: { accountId } }))).toEqual(
      missing,
    )
    expect(await codedError(async () => deleteAccountPasswordPolicy(await asRoot()))).toEqual({
      ...missing,
      message: 'The account policy with name PasswordPolicy cannot be found.',
    })
    await setPolicy({})
    await deleteAccountPasswordPolicy(await asRoot())
    expect(await codedError(() => getAccountPasswordPolicy({ db: installation.db, principal: { accountId } }))).toEqual(
      missing,
    )
  })

  test('is set as a whole: what is left out falls back to its default', async () => {
    const all = {
      minimumPasswordLength: 14,
      requireSymbols: true,
      requireNumbers: true,
      requireUppercaseCharacters: true,
      requireLowercaseCharacters: true,
      allowUsersToChangePassword: true,
      maxPasswordAge: 90,
      passwordReusePrevention: 24,
      hardExpiry: true,
    }
    expect(await setPolicy(all)).toMatchObject(all)
    const { accountId } = installation.account
    expect(await setPolicy({ requireNumbers: true })).toEqual({
      accountId,
      minimumPasswordLength: 6,
      requireSymbols: false,
      requireNumbers: true,
      requireUppercaseCharacters: false,
      requireLowercaseCharacters: false,
      allowUsersToChangePassword: false,
      maxPasswordAge: null,
      passwordReusePrevention: null,
      hardExpiry: false,
    })
  })

  test.each([
    [{ minimumPasswordLength: 5 }, "Value '5' at 'minimumPasswordLength'", 'greater than or equal to 6'],
    [{ minimumPasswordLength: 129 }, "Value '129' at 'minimumPasswordLength'", 'less than or equal to 128'],
    [{ maxPasswordAge: 0 }, "Value '0' at 'maxPasswordAge'", 'greater than or equal to 1'],
    [{ maxPasswordAge: 1096 }, "Value '1096' at 'maxPasswordAge'", 'less than or equal to 1095'],
    [{ passwordReusePrevention: 25 }, "Value '25' at 'passwordReusePrevention'", 'less than or equal to 24'],
  ])('refuses %j', async (input, value, limit) => {
    expect(await codedError(() => setPolicy(input))).toEqual({
      code: 'ValidationError',
      httpStatus: 400,
      message: `1 validation error detected: ${value} failed to satisfy constraint: Member must have value ${limit}`,
    })
  })
})

describe('its demands on a password', () => {
  test.each([
    [{ minimumPasswordLength: 12 }, 'Kiwi-Moss-7', 'Kiwi-Moss-7b'],
    [{ requireSymbols: true }, 'kiwMOS739', "kiwMOS739'"],
    [{ requireNumbers: true }, 'kiwmosqv', 'kiwmosq7'],
    [{ requireUppercaseCharacters: true }, 'kiwmosqv', 'kiwmosqV'],
    [{ requireLowercaseCharacters: true }, 'KIWMOSQV', 'KIWMOSQv'],
  ])('%j', async (input, refused, taken) => {
    await setPolicy(input)
    expect(await codedError(() => reset(refused))).toEqual(VIOLATION)
    expect(await codedError(() => change(PASSWORD, refused))).toEqual(VIOLATION)
    await installation.account.createTestUser({ name: 'Carol' })
    expect(await codedError(() => create('Carol', refused))).toEqual(VIOLATION)
    await create('Carol', taken)
    await reset(taken)
    await change(taken, `${taken}x`)
  })

  test('take the place of the built-in ones', async () => {
    expect(await codedError(() => reset('kiwmos'))).toEqual(VIOLATION)
    await setPolicy({})
    await reset('kiwmos')
  })
})

describe('former passwords', () => {
  test('are refused as far back as the policy says, also the current one, whoever sets it', async () => {
    await change(PASSWORD, nth(1))
    await change(nth(1), nth(2))
    await change(nth(2), nth(3))
    await setPolicy({ passwordReusePrevention: 2 })
    for (const former of [nth(1), nth(2)]) {
      expect(await codedError(() => change(nth(3), former))).toEqual(VIOLATION)
      expect(await codedError(() => reset(former))).toEqual(VIOLATION)
    }
    expect(await codedError(() => reset(nth(3)))).toEqual(VIOLATION)
    await change(nth(3), PASSWORD)
  })

  test('stay refused when the profile is deleted and made again', async () => {
    await setPolicy({ passwordReusePrevention: 1 })
    await deleteLoginProfile(await asRoot(), { userName: 'Alice' })
    expect(await codedError(() => create('Alice', PASSWORD))).toEqual(VIOLATION)
    await create('Alice', nth(1))
  })

  test('are kept only as far as a policy can ask', async () => {
    const { accountId, alice } = { ...installation, ...installation.account }
    const rows = Array.from({ length: 24 }, (_, n) => ({
      accountId,
      userId: alice.id,
      replacedAt: new Date(Date.UTC(2025, 0, 1 + n)),
      passwordHash: `hash ${n}`,
    }))
    await installation.db.formerPassword.createMany({ data: rows })
    await reset(nth(1))
    const kept = await installation.db.formerPassword.findMany({ orderBy: { replacedAt: 'asc' } })
    expect(kept).toHaveLength(24)
    expect(kept[0]?.passwordHash).toBe('hash 1')
  })
})

describe('an expired password', () => {
  test('signs in to nothing but its own change', async () => {
    await old()
    const { accessToken, passwordChangeRequired } = await installation.signIn()
    expect(passwordChangeRequired).toBe(true)
    const principal = await installation.bearer(accessToken)
    expect(principal.passwordResetPending).toBe(true)
    await changePassword(installation.callOf(principal), { oldPassword: PASSWORD, newPassword: 'Battery-Staple-8' })
    expect((await installation.bearer(accessToken)).passwordResetPending).toBe(false)
  })

  test('restricts the sessions that stand from the moment on that it expires, and back', async () => {
    const { accessToken } = await installation.signIn()
    await setPolicy({ maxPasswordAge: 1 })
    expect((await installation.bearer(accessToken)).passwordResetPending).toBe(false)
    await installation.db.loginProfile.updateMany({
      data: { passwordChangedAt: new Date(installation.services.clock().getTime() - DAY_MS) },
    })
    expect((await installation.bearer(accessToken)).passwordResetPending).toBe(true)
    await setPolicy({ maxPasswordAge: 2 })
    expect((await installation.bearer(accessToken)).passwordResetPending).toBe(false)
  })

  test('that may not be renewed is refused, and only an administrator helps', async () => {
    await old({ hardExpiry: true })
    const neutral = {
      code: 'AccessDenied',
      httpStatus: 403,
      message: 'Your authentication information is incorrect. Please try again.',
    }
    expect(await codedError(() => installation.signIn())).toEqual({
      ...neutral,
      details: { passwordResetByAdministratorRequired: true },
    })
    expect(await codedError(() => installation.signIn({ password: 'wrong' }))).toEqual(neutral)
    expect(await codedError(() => change(PASSWORD, 'Battery-Staple-8'))).toMatchObject({
      code: 'AccessDenied',
      message: 'The password has expired. An administrator must set a new one.',
    })
    await reset('Battery-Staple-8')
    expect((await installation.signIn({ password: 'Battery-Staple-8' })).passwordChangeRequired).toBe(false)
  })

  test("is never root's, and keys do not care", async () => {
    await old({ hardExpiry: true })
    const root = await installation.signIn({ account: null, userName: null, rootEmail: 'root@example.com' })
    expect(root.passwordChangeRequired).toBe(false)
    expect((await installation.bearer(root.accessToken)).passwordResetPending).toBe(false)
    const { id, secretAccessKey } = installation.alice.accessKeys[0]!
    expect((await installation.signed({ accessKeyId: id, secretAccessKey })).passwordResetPending).toBe(false)
  })
})
