import { beforeAll, expect, test } from 'vitest'
import { hashPassword } from '../../../src/authn/password/index.ts'
import { changePassword } from '../../../src/iam/login-profiles/change-password.ts'
import { NobodyToRecoverError, recoverPerson } from '../../../src/iam/recovery/recover-person.ts'
import { getSessionToken } from '../../../src/iam/sts/get-session-token.ts'
import { auditTrail, epochOf } from '../../support/call.ts'
import { codedError, type House, openHouse, PASSWORD } from '../sessions/house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})

const root = { account: null, userName: null, rootEmail: 'root@example.com' }
const recover = (input: { userName: string | null; accountId?: string; password?: boolean; mfa?: boolean }) =>
  recoverPerson(
    {
      ...house.services,
      hashPassword: (password) => hashPassword(password, { memoryCost: 8, timeCost: 1, parallelism: 1 }),
    },
    { accountId: house.account.accountId, password: true, mfa: false, ...input },
  )
const ended = async (token: string) =>
  expect(await codedError(() => house.bearer(token))).toMatchObject({ code: 'InvalidClientTokenId' })

test('root gets in with the printed password only, and can do nothing with it before it is changed', async () => {
  const before = await house.signIn(root)
  const epoch = await epochOf(house.services, house.account.accountId)
  const made = await recover({ userName: null })
  expect(made).toMatchObject({
    arn: 'arn:aws:iam::123456789012:root',
    email: 'root@example.com',
    password: expect.stringMatching(/^.{24}$/),
    deletedDevices: [],
  })
  await ended(before.accessToken)
  expect(await codedError(() => house.signIn(root))).toMatchObject({ code: 'AccessDenied' })
  house.services.clock.advance(2_000)
  const after = await house.signIn({ ...root, password: made.password! })
  expect(after.passwordChangeRequired).toBe(true)
  expect(after.principal.passwordResetPending).toBe(true)
  expect(await epochOf(house.services, house.account.accountId)).toBe(epoch + 1n)
  const trail = await auditTrail(house.services, house.account.accountId)
  expect(trail.find(({ action }) => action === 'latchkey:ResetRoot')).toMatchObject({
    principalArn: 'arn:aws:iam::123456789012:operator',
    principalId: 'operator',
    resource: 'arn:aws:iam::123456789012:root',
    result: 'SUCCESS',
    detail: { passwordChanged: true, deletedDevices: [] },
  })
  expect(JSON.stringify(trail)).not.toContain(made.password)
})

test('a recovered administrator loses the device and every session, keeps the keys, and chooses a new password', async () => {
  const [key] = house.alice.accessKeys
  const signed = { accessKeyId: key!.id, secretAccessKey: key!.secretAccessKey }
  const session = await house.signIn()
  const temporary = await getSessionToken(house.callOf(await house.signed(signed)), {})
  await house.enrol(house.alice, 'phone')
  const made = await recover({ userName: 'alice', mfa: true })
  expect(made).toMatchObject({ email: null, deletedDevices: ['phone'], activeAccessKeys: 1 })
  await ended(session.accessToken)
  await ended(temporary.accessToken)
  await house.signed(signed)
  expect(await house.db.mfaDevice.count({ where: { userId: house.alice.id } })).toBe(0)
  house.services.clock.advance(2_000)
  const { accessToken, passwordChangeRequired } = await house.signIn({ password: made.password! })
  expect(passwordChangeRequired).toBe(true)
  const call = house.callOf(await house.bearer(accessToken))
  await changePassword(call, { oldPassword: made.password!, newPassword: 'Battery-Staple-8' })
  expect((await house.signIn({ password: 'Battery-Staple-8' })).passwordChangeRequired).toBe(false)
})

test('devices alone are deleted without a new password, of nobody else', async () => {
  await house.enrol(house.alice, 'tablet')
  await house.enrol(house.bob, 'watch')
  expect(await recover({ userName: 'Bob', password: false, mfa: true })).toMatchObject({
    password: null,
    deletedDevices: ['watch'],
  })
  house.services.clock.advance(2_000)
  expect((await house.signIn({ userName: 'Bob', password: PASSWORD })).passwordChangeRequired).toBe(false)
  expect(await house.db.mfaDevice.count({ where: { userId: house.alice.id } })).toBe(1)
})

test('a user who had no password gets one', async () => {
  await house.account.createTestUser({ name: 'Carol' })
  const { password } = await recover({ userName: 'carol' })
  house.services.clock.advance(2_000)
  expect((await house.signIn({ userName: 'Carol', password: password! })).passwordChangeRequired).toBe(true)
})

test('guesses that were counted against the person do not keep the person out', async () => {
  for (let n = 0; n < 60; n++)
    await house.signIn({ userName: 'Bob', password: 'wrong' }, { sourceIp: `203.0.113.${n}` }).catch(() => undefined)
  const elsewhere = { sourceIp: '203.0.113.200' }
  const throttled = await codedError(() => house.signIn({ userName: 'Bob' }, elsewhere))
  expect(throttled).toMatchObject({ code: 'Throttling' })
  const { password } = await recover({ userName: 'bob' })
  house.services.clock.advance(2_000)
  await house.signIn({ userName: 'Bob', password: password! }, elsewhere)
})

test('an unknown account or user is said, and changes nothing; root is nobody by name', async () => {
  const events = (await auditTrail(house.services, house.account.accountId)).length
  await expect(recover({ userName: null, accountId: '999999999999' })).rejects.toThrow(
    'There is no account 999999999999.',
  )
  for (const userName of ['nobody', '<root_account>'])
    await expect(recover({ userName })).rejects.toThrow(NobodyToRecoverError)
  expect(await auditTrail(house.services, house.account.accountId)).toHaveLength(events)
})
