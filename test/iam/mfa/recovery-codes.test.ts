import { createHash, createHmac, randomBytes } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { hashRecoveryCode } from '../../../src/authn/mfa/index.ts'
import { hashPassword } from '../../../src/authn/password/index.ts'
import type { User } from '../../../src/generated/prisma/client.ts'
import { createVirtualMfaDevice } from '../../../src/iam/mfa/create-virtual-mfa-device.ts'
import { enableMfaDevice } from '../../../src/iam/mfa/enable-mfa-device.ts'
import { createRecoveryCodes, takeRecoveryCode } from '../../../src/iam/mfa/recovery-codes.ts'
import { deactivateMfaDevice } from '../../../src/iam/mfa/release-mfa-device.ts'
import { recoverPerson } from '../../../src/iam/recovery/recover-person.ts'
import { authenticateMfa } from '../../../src/iam/sessions/authenticate-mfa.ts'
import { getSessionToken } from '../../../src/iam/sts/get-session-token.ts'
import { createPrismaClient } from '../../../src/store/prisma-client.ts'
import { createSecretBox } from '../../../src/store/secret-box.ts'
import { resealSecrets } from '../../../src/store/reseal-secrets.ts'
import { auditTrail, callAs } from '../../support/call.ts'
import { codedError, type Installation, openInstallation, requestInfo, totp } from '../../support/signing-in.ts'

let installation: Installation
beforeEach(async () => {
  installation = await openInstallation()
})

const refused = {
  code: 'AccessDenied',
  httpStatus: 403,
  message: 'Your authentication information is incorrect. Please try again.',
}
const root = { account: null, userName: null, rootEmail: 'root@example.com' }

/** A device that a user enables for itself. */
async function enable(user: User, name: string, { recoveryCodes }: { recoveryCodes?: boolean } = {}) {
  const { services, account } = installation
  const made = await createVirtualMfaDevice(await callAs(services, account.root), { virtualMfaDeviceName: name })
  const seed = made.base32StringSeed
  const serialNumber = `arn:aws:iam::${account.accountId}:mfa/${name}`
  const enabled = await enableMfaDevice(await callAs(services, user), {
    serialNumber,
    authenticationCode1: totp(seed, services.clock(), -1),
    authenticationCode2: totp(seed, services.clock()),
    ...(recoveryCodes !== undefined && { recoveryCodes }),
  })
  services.clock.advance(60_000)
  return { serialNumber, codes: enabled.recoveryCodes, code: () => totp(seed, services.clock()) }
}

async function codesOfAlice() {
  const { codes } = await enable(installation.alice, 'phone')
  if (codes === null) throw new Error('There are no codes.')
  return codes
}

const cheap = (password: string) => hashPassword(password, { memoryCost: 8, timeCost: 1, parallelism: 1 })
const stored = (user: User) =>
  installation.db.recoveryCodes.findUnique({
    where: { accountId_userId: { accountId: user.accountId, userId: user.id } },
  })
const trailOf = async (action: string) =>
  (await auditTrail(installation.services, installation.account.accountId)).filter((event) => event.action === action)

describe('recovery codes', () => {
  test('are ten, with the first device that users enable for themselves, root included', async () => {
    const codes = await codesOfAlice()
    expect(new Set(codes).size).toBe(10)
    for (const code of codes) expect(code).toMatch(/^[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){3}$/)
    expect((await enable(installation.alice, 'tablet')).codes).toBeNull()
    expect((await enable(installation.account.root, 'safe')).codes).toHaveLength(10)
    expect(await trailOf('latchkey:CreateRecoveryCodes')).toMatchObject([
      { principalId: installation.alice.id, result: 'SUCCESS', detail: { codes: 10 } },
      { principalId: installation.account.root.id, result: 'SUCCESS', detail: { codes: 10 } },
    ])
  })

  test('are not made where somebody else would read them, or nobody', async () => {
    await installation.enrol(installation.bob, 'from-the-administrator')
    expect(await stored(installation.bob)).toBeNull()
    expect((await enable(installation.alice, 'phone', { recoveryCodes: false })).codes).toBeNull()
    expect(await stored(installation.alice)).toBeNull()
  })

  test('sign in once each in place of the code of a device, however they are typed, and say how many are left', async () => {
    const [first = '', second = '', third = ''] = await codesOfAlice()
    expect((await installation.signIn({ mfaCode: first })).recoveryCodesLeft).toBe(9)
    expect(await codedError(() => installation.signIn({ mfaCode: first }))).toEqual(refused)
    const typed = second.replaceAll('-', '').toUpperCase().replaceAll('0', 'O').replaceAll('1', 'l')
    const signedIn = await installation.signIn({ mfaCode: typed })
    expect(signedIn.recoveryCodesLeft).toBe(8)
    expect((await installation.bearer(signedIn.accessToken)).mfaAuthenticatedAt).toEqual(installation.services.clock())
    expect((await installation.signIn({ mfaCode: third.replaceAll('-', ' ') })).recoveryCodesLeft).toBe(7)
    expect(await stored(installation.alice)).toMatchObject({ lastUsedAt: installation.services.clock() })
  })

  test('do not replace the password, and are of one user only', async () => {
    const [code = ''] = await codesOfAlice()
    await enable(installation.bob, 'bobs-phone')
    expect(await codedError(() => installation.signIn({ password: 'wrong', mfaCode: code }))).toEqual(refused)
    expect(await codedError(() => installation.signIn({ userName: 'Bob', mfaCode: code }))).toEqual(refused)
    expect((await installation.signIn({ mfaCode: code })).recoveryCodesLeft).toBe(9)
  })

  test('sign root in', async () => {
    const { codes, code } = await enable(installation.account.root, 'safe')
    expect((await installation.signIn({ ...root, mfaCode: codes?.[4] ?? '' })).recoveryCodesLeft).toBe(9)
    expect((await installation.signIn({ ...root, mfaCode: code() })).recoveryCodesLeft).toBeNull()
  })

  test('step a session up', async () => {
    const { accessToken } = await installation.signIn()
    const [code = ''] = await codesOfAlice()
    const call = installation.callOf(await installation.bearer(accessToken))
    const after = await authenticateMfa(call, { mfaCode: code })
    expect(after.recoveryCodesLeft).toBe(9)
    expect(after.principal.mfaAuthenticatedAt).toEqual(installation.services.clock())
    const again = installation.callOf(await installation.bearer(after.accessToken))
    expect(await codedError(() => authenticateMfa(again, { mfaCode: code }))).toMatchObject({
      code: 'InvalidAuthenticationCode',
    })
  })

  test('are no codes of a device for programs that ask for temporary credentials', async () => {
    const { serialNumber, codes } = await enable(installation.alice, 'phone')
    const [key] = installation.alice.accessKeys
    const call = installation.callOf(
      await installation.signed({ accessKeyId: key!.id, secretAccessKey: key!.secretAccessKey }),
    )
    const input = { serialNumber, tokenCode: codes?.[0] ?? '' }
    expect(await codedError(() => getSessionToken(call, input))).toMatchObject({
      code: 'ValidationError',
    })
  })

  test('are told of in the trail when one is used, never which', async () => {
    const codes = await codesOfAlice()
    await installation.signIn({ mfaCode: codes[3] ?? '' })
    expect(await trailOf('latchkey:UseRecoveryCode')).toMatchObject([
      {
        principalId: installation.alice.id,
        mfa: true,
        result: 'SUCCESS',
        sourceIp: '198.51.100.20',
        detail: { left: 9 },
      },
    ])
    const trail = JSON.stringify(await auditTrail(installation.services, installation.account.accountId))
    for (const code of codes) expect(trail).not.toContain(code)
  })

  test('are counted with the codes of devices: the eleventh guess within an hour is not looked at', async () => {
    const [code = ''] = await codesOfAlice()
    const wrong = Array.from({ length: 10 }, (_, n) => (n % 2 === 0 ? '0000-0000-0000-0000' : '000000'))
    const { accessToken } = await installation.signIn({ mfaCode: code })
    const call = installation.callOf(await installation.bearer(accessToken))
    const stepUp = (mfaCode: string) => codedError(() => authenticateMfa(call, { mfaCode }))
    for (const mfaCode of wrong) expect(await stepUp(mfaCode)).toMatchObject({ code: 'InvalidAuthenticationCode' })
    expect(await stepUp(code)).toMatchObject({ code: 'Throttling' })
  })

  test('work once: of many requests with one code, on two gateways, one gets in', async () => {
    const [code = '', other = ''] = await codesOfAlice()
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, () =>
        installation.signIn({ mfaCode: code }).then(
          () => 'in',
          () => 'refused',
        ),
      ),
    )
    expect(outcomes.filter((outcome) => outcome === 'in')).toHaveLength(1)
    // Also without the lock that signing in takes on the user.
    const proof = { user: installation.alice, code: other, request: requestInfo() }
    const gateways = [installation.db, createPrismaClient(installation.pool)]
    const taken = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        gateways[n % 2]!.$transaction((tx) => takeRecoveryCode(tx, installation.services, proof), { maxWait: 30_000 }),
      ),
    )
    expect(taken.filter((one) => one !== null)).toEqual([{ left: 8 }])
  })

  test('are used up exactly when they let somebody in', async () => {
    const [code = ''] = await codesOfAlice()
    const { accountId } = installation.account
    await installation.db.passwordPolicy.create({ data: { accountId, maxPasswordAge: 1, hardExpiry: true } })
    installation.services.clock.advance(3 * 86_400_000)
    expect(await codedError(() => installation.signIn({ mfaCode: code }))).toMatchObject({
      details: { passwordResetByAdministratorRequired: true },
    })
    await installation.db.passwordPolicy.deleteMany()
    expect((await installation.signIn({ mfaCode: code })).recoveryCodesLeft).toBe(9)
    expect(await trailOf('latchkey:UseRecoveryCode')).toHaveLength(1)
  })
})

describe('createRecoveryCodes', () => {
  test('answers ten new ones, and those of before are none any more', async () => {
    const old = await codesOfAlice()
    await installation.signIn({ mfaCode: old[0] ?? '' })
    const codes = await createRecoveryCodes(await callAs(installation.services, installation.alice))
    expect(new Set([...old, ...codes]).size).toBe(20)
    expect(await codedError(() => installation.signIn({ mfaCode: old[1] ?? '' }))).toEqual(refused)
    expect((await installation.signIn({ mfaCode: codes[1] ?? '' })).recoveryCodesLeft).toBe(9)
  })

  test('gives some to who has a device and none yet, and is refused without a device', async () => {
    await installation.enrol(installation.bob, 'from-the-administrator')
    expect(await createRecoveryCodes(await callAs(installation.services, installation.bob))).toHaveLength(10)
    const call = await callAs(installation.services, installation.alice)
    expect(await codedError(() => createRecoveryCodes(call))).toMatchObject({ code: 'NoSuchEntity' })
  })
})

describe('what ends them', () => {
  test('is the last device being deactivated, not another', async () => {
    const phone = await enable(installation.alice, 'phone')
    const tablet = await enable(installation.alice, 'tablet')
    const deactivate = async (serialNumber: string) =>
      deactivateMfaDevice(await callAs(installation.services, installation.account.root), {
        userName: 'Alice',
        serialNumber,
      })
    await deactivate(phone.serialNumber)
    expect((await installation.signIn({ mfaCode: phone.codes?.[0] ?? '' })).recoveryCodesLeft).toBe(9)
    await deactivate(tablet.serialNumber)
    expect(await stored(installation.alice)).toBeNull()
    // A device of later makes none of them good again.
    await installation.enrol(installation.alice, 'new-phone')
    expect(await codedError(() => installation.signIn({ mfaCode: phone.codes?.[1] ?? '' }))).toEqual(refused)
  })

  test('is the next first device, where the last one went without them, as an earlier release lets it go', async () => {
    const [code = ''] = await codesOfAlice()
    await installation.db.mfaDevice.deleteMany({ where: { userId: installation.alice.id } })
    await installation.enrol(installation.alice, 'new-phone')
    expect(await codedError(() => installation.signIn({ mfaCode: code }))).toEqual(refused)
    expect(await stored(installation.alice)).toBeNull()
  })

  test('is the recovery of the person with the devices, not that of the password alone', async () => {
    const { services, account, alice } = installation
    const recover = (userName: string | null, mfa: boolean) =>
      recoverPerson(
        { ...services, hashPassword: cheap },
        { accountId: account.accountId, userName, password: !mfa, mfa },
      )
    await codesOfAlice()
    await enable(account.root, 'safe')
    await recover('Alice', false)
    expect(await stored(alice)).not.toBeNull()
    await recover('Alice', true)
    await recover(null, true)
    expect(await installation.db.recoveryCodes.count()).toBe(0)
    expect(await trailOf('latchkey:ResetRoot')).toMatchObject([{ detail: { recoveryCodesDeleted: true } }])
  })
})

describe('a copy of the database', () => {
  test('gives nobody anything to try codes on', async () => {
    const [code = ''] = await codesOfAlice()
    const row = await stored(installation.alice)
    const hashes = row!.hashes.map((hash) => Buffer.from(hash).toString('hex'))
    expect(hashes).toHaveLength(10)
    const plain = code.replaceAll('-', '')
    const tries = [
      createHash('sha256').update(plain),
      createHash('sha256').update(code),
      createHmac('sha256', row!.key).update(plain),
    ].map((made) => made.digest('hex'))
    expect(hashes.filter((hash) => tries.includes(hash))).toEqual([])
    const { accountId, id } = installation.alice
    const sealed = { ciphertext: row!.key, keyId: row!.keyId }
    const key = installation.services.secrets.open(sealed, `recovery-codes:${accountId}:${id}`)
    expect(hashes).toContain(Buffer.from(hashRecoveryCode(key, code)).toString('hex'))
    // Moved to the row of somebody else, the key opens no more.
    expect(() =>
      installation.services.secrets.open(sealed, `recovery-codes:${accountId}:${installation.bob.id}`),
    ).toThrow()
  })

  test('with a new master key has the same codes', async () => {
    const [code = ''] = await codesOfAlice()
    const row = await stored(installation.alice)
    const [old, next] = [new Uint8Array(randomBytes(32)), new Uint8Array(randomBytes(32))]
    const { accountId, id } = installation.alice
    const owner = `recovery-codes:${accountId}:${id}`
    // Under a master key of this test's own, so that it can be replaced.
    const key = installation.services.secrets.open({ ciphertext: row!.key, keyId: row!.keyId }, owner)
    const before = createSecretBox({ current: 'old', keys: new Map([['old', old]]) }, randomBytes)
    await installation.db.recoveryCodes.updateMany({
      data: { key: before.seal(key, owner).ciphertext, keyId: 'old' },
    })
    await installation.db.mfaDevice.deleteMany({ where: { userId: null } })
    const both = new Map([
      ['next', next],
      ['old', old],
    ])
    const secrets = createSecretBox({ current: 'next', keys: both }, randomBytes)
    const kinds = await resealSecrets({ pool: installation.pool, secrets }, 'next')
    expect(kinds.find(({ what }) => what === 'keys of recovery codes')).toMatchObject({ resealed: 1, unreadable: 0 })
    const after = createSecretBox({ current: 'next', keys: new Map([['next', next]]) }, randomBytes)
    const proof = { user: installation.alice, code, request: requestInfo() }
    expect(
      await installation.db.$transaction((tx) =>
        takeRecoveryCode(tx, { ...installation.services, secrets: after }, proof),
      ),
    ).toEqual({ left: 9 })
  })
})
