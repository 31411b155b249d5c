import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Account, at, type Installation, openInstallation } from '../support/installation.ts'
import { PASSWORD, passwordHash } from '../support/world.ts'

let installation: Installation
let account: Account

beforeAll(async () => {
  installation = await openInstallation()
})
beforeEach(async () => {
  account = await installation.openAccount()
})
afterAll(() => installation.stop())

const READ = '{ passwordPolicy { minimumPasswordLength expirePasswords maxPasswordAge } }'
const change = (to: string, from = PASSWORD) =>
  `mutation { changePassword(input: { oldPassword: "${from}", newPassword: "${to}" }) { changed } }`
const set = (input: string) =>
  account.root(`mutation { updateAccountPasswordPolicy(input: { ${input} }) { passwordPolicy { hardExpiry } } }`)

test('users change their own password and read the rules without a policy exactly while the account says so', async () => {
  const user = await account.user({ name: 'Plain', passwordHash: await passwordHash })
  await account.user({ name: 'Other' })
  await set('maxPasswordAge: 30')
  expect((await user.ask(READ)).codes).toEqual(['AccessDenied'])
  expect((await user.ask(change('Battery-Staple-8'))).codes).toEqual(['AccessDenied'])

  await set('allowUsersToChangePassword: true, maxPasswordAge: 30')
  expect(at(await user.ask(READ), 'passwordPolicy')).toEqual({
    minimumPasswordLength: 6,
    expirePasswords: true,
    maxPasswordAge: 30,
  })
  expect((await user.ask(change('Battery-Staple-8'))).errors).toEqual([])
  const { data } = await user.ask(`{ viewer { can(checks: [
    { action: "iam:ChangePassword" },
    { action: "iam:ChangePassword", resource: "${account.arn('user/Other')}" },
    { action: "iam:GetAccountPasswordPolicy" },
    { action: "iam:UpdateAccountPasswordPolicy" }
  ]) { allowed } } }`)
  expect(data).toEqual({ viewer: { can: [true, false, true, false].map((allowed) => ({ allowed })) } })

  await set('maxPasswordAge: 30')
  expect((await user.ask(READ)).codes).toEqual(['AccessDenied'])
  expect((await user.ask(change('Third-Horse-9', 'Battery-Staple-8'))).codes).toEqual(['AccessDenied'])
})

test('an explicit deny is stronger than what the account allows', async () => {
  const user = await account.user({
    name: 'Denied',
    passwordHash: await passwordHash,
    allow: [{ effect: 'Deny', action: ['iam:ChangePassword', 'iam:GetAccountPasswordPolicy'] }],
  })
  await set('allowUsersToChangePassword: true')
  const { errors } = await user.ask(change('Battery-Staple-8'))
  expect(errors).toMatchObject([{ extensions: { authz: { effect: 'EXPLICIT_DENY' } } }])
  expect((await user.ask(READ)).codes).toEqual(['AccessDenied'])
})

test('the profile says until when its password is good', async () => {
  await account.user({ name: 'Plain', passwordHash: await passwordHash })
  const read = async () =>
    at(await account.root('{ user(name: "Plain") { loginProfile { passwordExpiresAt } } }'), 'user.loginProfile')
  expect(await read()).toEqual({ passwordExpiresAt: null })
  await set('maxPasswordAge: 30')
  const expires = new Date(installation.clock().getTime() + 30 * 86_400_000).toISOString()
  expect(await read()).toEqual({ passwordExpiresAt: expires })
})
