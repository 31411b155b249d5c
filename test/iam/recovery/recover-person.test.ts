import { beforeAll, expect, test } from 'vitest'
import { hashPassword } from '../../../src/authn/password/index.ts'
import { changePassword } from '../../../src/iam/login-profiles/change-password.ts'
import { NobodyToRecoverError, recoverPerson } from '../../../src/iam/recovery/recover-person.ts'
import { getSessionToken } from '../../../src/iam/sts/get-session-token.ts'
import { auditTrail, epochOf } from '../../support/call.ts'
import { codedError, type Installation, openInstallation, PASSWORD } from '../../support/signing-in.ts'

let installation: Installation
beforeAll(async () => {
  installation = await openInstallation()
})

const root = { account: null, userName: null, rootEmail: 'root@example.com' }
const recover = (input: { userName: string | null; accountId?: string; password?: boolean; mfa?: boolean }) =>
  recoverPerson(
    {
      ...installation.services,
      hashPassword: (password) => hashPassword(password, { memoryCost: 8, timeCost: 1, parallelism: 1 }),
    },
    { accountId: installation.account.accountId, password: true, mfa: false, ...input },
  )
const ended = async (token: string) =>
  expect(await codedError(() => installation.bearer(token))).toMatchObject({ code: 'InvalidClientTokenId' })

test('root gets in with the printed password only, and can do nothing with it before it is changed', async () => {
  const before = await installation.signIn(root)
  const epoch = await epochOf(installation.services, installation.account.accountId)
  const made = await recover({ userName: null })
  expect(made).toMatchObject({
    arn: 'arn:aws:iam::123456789012:root',
    email: 'root@example.com',
    password: expect.stringMatching(/^.{24}$/),
    deletedDevices: [],
  })
  await ended(before.accessToken)
  expect(await codedError(() => installation.signIn(root))).toMatchObject({ code: 'AccessDenied' })
  installation.services.clock.advance(2_000)
  const after = await installation.signIn({ ...root, password: made.password! })
  expect(after.passwordChangeRequired).toBe(true)
  expect(after.principal.passwordResetPending).toBe(true)
  expect(await epochOf(installation.services, installation.account.accountId)).toBe(epoch + 1n)
  const trail = await auditTrail(installation.services, installation.account.accountId)
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
  const [key] = installation.alice.accessKeys
  const signed = { accessKeyId: key!.id, secretAccessKey: key!.secretAccessKey }
  const session = await installation.signIn()
  const temporary = await getSessionToken(installation.callOf(await installation.signed(signed)), {})
  await installation.enrol(installation.alice, 'phone')
  const made = await recover({ userName: 'alice', mfa: true })
  expect(made).toMatchObject({ email: null, deletedDevices: ['phone'], activeAccessKeys: 1 })
  await ended(session.accessToken)
  await ended(temporary.accessToken)
  await installation.signed(signed)
  expect(await installation.db.mfaDevice.count({ where: { userId: installation.alice.id } })).toBe(0)
  installation.services.clock.advance(2_000)
  const { accessToken, passwordChangeRequired } = await installation.signIn({ password: made.password! })
  expect(passwordChangeRequired).toBe(true)
  const call = installation.callOf(await installation.bearer(accessToken))
  await changePassword(call, { oldPassword: made.password!, newPassword: 'Battery-Staple-8' })
  expect((await installation.signIn({ password: 'Battery-Staple-8' })).passwordChangeRequired).toBe(false)
})

test('devices alone are deleted without a new password, of nobody else', async () => {
  await installation.enrol(installation.alice, 'tablet')
  await installation.enrol(installation.bob, 'watch')
  expect(await recover({ userName: 'Bob', password: false, mfa: true })).toMatchObject({
    password: null,
    deletedDevices: ['watch'],
  })
  installation.services.clock.advance(2_000)
  expect((await installation.signIn({ userName: 'Bob', password: PASSWORD })).passwordChangeRequired).toBe(false)
  expect(await installation.db.mfaDevice.count({ where: { userId: installation.alice.id } })).toBe(1)
})

test('a user who had no password gets one', async () => {
  await installation.account.createTestUser({ name: 'Carol' })
  const { password } = await recover({ userName: 'carol' })
  installation.services.clock.advance(2_000)
  expect((await installation.signIn({ userName: 'Carol', password: password! })).passwordChangeRequired).toBe(true)
})

test('guesses that were counted against the person do not keep the person out', async () => {
  for (let n = 0; n < 60; n++)
    await installation
      .signIn({ userName: 'Bob', password: 'wrong' }, { sourceIp: `203.0.113.${n}` })
      .catch(() => undefined)
  const elsewhere = { sourceIp: '203.0.113.200' }
  const throttled = await codedError(() => installation.signIn({ userName: 'Bob' }, elsewhere))
  expect(throttled).toMatchObject({ code: 'Throttling' })
  const { password } = await recover({ userName: 'bob' })
  installation.services.clock.advance(2_000)
  await installation.signIn({ userName: 'Bob', password: password! }, elsewhere)
})

test('an unknown account or user is said, and changes nothing; root is nobody by name', async () => {
  const events = (await auditTrail(installation.services, installation.account.accountId)).length
  await expect(recover({ userName: null, accountId: '999999999999' })).rejects.toThrow(
    'There is no account 999999999999.',
  )
  for (const userName of ['nobody', '<root_account>'])
    await expect(recover({ userName })).rejects.toThrow(NobodyToRecoverError)
  expect(await auditTrail(installation.services, installation.account.accountId)).toHaveLength(events)
})
