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
import { codedError, type House, openHouse, requestInfo, totp } from '../sessions/house.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
})

const refused = {
  code: 'AccessDenied',
  httpStatus: 403,
  message: 'Your authentication information is incorrect. Please try again.',
}
const root = { account: null, userName: null, rootEmail: 'root@example.com' }

/** A device that a user enables for itself. */
async function enable(user: User, name: string, { recoveryCodes }: { recoveryCodes?: boolean } = {}) {
  const { services, account } = house
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
  const { codes } = await enable(house.alice, 'phone')
  if (codes === null) throw new Error('There are no codes.')
  return codes
}

const cheap = (password: string) => hashPassword(password, { memoryCost: 8, timeCost: 1, parallelism: 1 })
const stored = (user: User) =>
  house.db.recoveryCodes.findUnique({ where: { accountId_userId: { accountId: user.accountId, userId: user.id } } })
const trailOf = async (action: string) =>
  (await auditTrail(house.services, house.account.accountId)).filter((event) => event.action === action)

describe('recovery codes', () => {
  test('are ten, with the first device that users enable for themselves, root included', async () => {
    const codes = await codesOfAlice()
    expect(new Set(codes).size).toBe(10)
    for (const code of codes) expect(code).toMatch(/^[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){3}$/)
    expect((await enable(house.alice, 'tablet')).codes).toBeNull()
    expect((await enable(house.account.root, 'safe')).codes).toHaveLength(10)
    expect(await trailOf('latchkey:CreateRecoveryCodes')).toMatchObject([
      { principalId: house.alice.id, result: 'SUCCESS', detail: { codes: 10 } },
      { principalId: house.account.root.id, result: 'SUCCESS', detail: { codes: 10 } },
    ])
  })

  test('are not made where somebody else would read them, or nobody', async () => {
    await house.enrol(house.bob, 'from-the-administrator')
    expect(await stored(house.bob)).toBeNull()
    expect((await enable(house.alice, 'phone', { recoveryCodes: false })).codes).toBeNull()
    expect(await stored(house.alice)).toBeNull()
  })

  test('sign in once each in place of the code of a device, however they are typed, and say how many are left', async () => {
    const [first = '', second = '', third = ''] = await codesOfAlice()
    expect((await house.signIn({ mfaCode: first })).recoveryCodesLeft).toBe(9)
    expect(await codedError(() => house.signIn({ mfaCode: first }))).toEqual(refused)
    const typed = second.replaceAll('-', '').toUpperCase().replaceAll('0', 'O').replaceAll('1', 'l')
    const signedIn = await house.signIn({ mfaCode: typed })
    expect(signedIn.recoveryCodesLeft).toBe(8)
    expect((await house.bearer(signedIn.accessToken)).mfaAuthenticatedAt).toEqual(house.services.clock())
    expect((await house.signIn({ mfaCode: third.replaceAll('-', ' ') })).recoveryCodesLeft).toBe(7)
    expect(await stored(house.alice)).toMatchObject({ lastUsedAt: house.services.clock() })
  })

  test('do not replace the password, and are of one user only', async () => {
    const [code = ''] = await codesOfAlice()
    await enable(house.bob, 'bobs-phone')
    expect(await codedError(() => house.signIn({ password: 'wrong', mfaCode: code }))).toEqual(refused)
    expect(await codedError(() => house.signIn({ userName: 'Bob', mfaCode: code }))).toEqual(refused)
    expect((await house.signIn({ mfaCode: code })).recoveryCodesLeft).toBe(9)
  })

  test('sign root in', async () => {
    const { codes, code } = await enable(house.account.root, 'safe')
    expect((await house.signIn({ ...root, mfaCode: codes?.[4] ?? '' })).recoveryCodesLeft).toBe(9)
    expect((await house.signIn({ ...root, mfaCode: code() })).recoveryCodesLeft).toBeNull()
  })

  test('step a session up', async () => {
    const { accessToken } = await house.signIn()
    const [code = ''] = await codesOfAlice()
    const call = house.callOf(await house.bearer(accessToken))
    const after = await authenticateMfa(call, { mfaCode: code })
    expect(after.recoveryCodesLeft).toBe(9)
    expect(after.principal.mfaAuthenticatedAt).toEqual(house.services.clock())
    const again = house.callOf(await house.bearer(after.accessToken))
    expect(await codedError(() => authenticateMfa(again, { mfaCode: code }))).toMatchObject({
      code: 'InvalidAuthenticationCode',
    })
  })

  test('are no codes of a device for programs that ask for temporary credentials', async () => {
    const { serialNumber, codes } = await enable(house.alice, 'phone')
    const [key] = house.alice.accessKeys
    const call = house.callOf(await house.signed({ accessKeyId: key!.id, secretAccessKey: key!.secretAccessKey }))
    const input = { serialNumber, tokenCode: codes?.[0] ?? '' }
    expect(await codedError(() => getSessionToken(call, input))).toMatchObject({
      code: 'ValidationError',
    })
  })

  test('are told of in the trail when one is used, never which', async () => {
    const codes = await codesOfAlice()
    await house.signIn({ mfaCode: codes[3] ?? '' })
    expect(await trailOf('latchkey:UseRecoveryCode')).toMatchObject([
      { principalId: house.alice.id, mfa: true, result: 'SUCCESS', sourceIp: '198.51.100.20', detail: { left: 9 } },
    ])
    const trail = JSON.stringify(await auditTrail(house.services, house.account.accountId))
    for (const code of codes) expect(trail).not.toContain(code)
  })

  test('are counted with the codes of devices: the eleventh guess within an hour is not looked at', async () => {
    const [code = ''] = await codesOfAlice()
    const wrong = Array.from({ length: 10 }, (_, n) => (n % 2 === 0 ? '0000-0000-0000-0000' : '000000'))
    const { accessToken } = await house.signIn({ mfaCode: code })
    const call = house.callOf(await house.bearer(accessToken))
    const stepUp = (mfaCode: string) => codedError(() => authenticateMfa(call, { mfaCode }))
    for (const mfaCode of wrong) expect(await stepUp(mfaCode)).toMatchObject({ code: 'InvalidAuthenticationCode' })
    expect(await stepUp(code)).toMatchObject({ code: 'Throttling' })
  })

  test('work once: of many requests with one code, on two gateways, one gets in', async () => {
    const [code = '', other = ''] = await codesOfAlice()
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, () =>
        house.signIn({ mfaCode: code }).then(
          () => 'in',
          () => 'refused',
        ),
      ),
    )
    expect(outcomes.filter((outcome) => outcome === 'in')).toHaveLength(1)
    // Also without the lock that signing in takes on the user.
    const proof = { user: house.alice, code: other, request: requestInfo() }
    const gateways = [house.db, createPrismaClient(house.pool)]
    const taken = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        gateways[n % 2]!.$transaction((tx) => takeRecoveryCode(tx, house.services, proof), { maxWait: 30_000 }),
      ),
    )
    expect(taken.filter((one) => one !== null)).toEqual([{ left: 8 }])
  })

  test('are used up exactly when they let somebody in', async () => {
    const [code = ''] = await codesOfAlice()
    const { accountId } = house.account
    await house.db.passwordPolicy.create({ data: { accountId, maxPasswordAge: 1, hardExpiry: true } })
    house.services.clock.advance(3 * 86_400_000)
    expect(await codedError(() => house.signIn({ mfaCode: code }))).toMatchObject({
      details: { passwordResetByAdministratorRequired: true },
    })
    await house.db.passwordPolicy.deleteMany()
    expect((await house.signIn({ mfaCode: code })).recoveryCodesLeft).toBe(9)
    expect(await trailOf('latchkey:UseRecoveryCode')).toHaveLength(1)
  })
})

describe('createRecoveryCodes', () => {
  test('answers ten new ones, and those of before are none any more', async () => {
    const old = await codesOfAlice()
    await house.signIn({ mfaCode: old[0] ?? '' })
    const codes = await createRecoveryCodes(await callAs(house.services, house.alice))
    expect(new Set([...old, ...codes]).size).toBe(20)
    expect(await codedError(() => house.signIn({ mfaCode: old[1] ?? '' }))).toEqual(refused)
    expect((await house.signIn({ mfaCode: codes[1] ?? '' })).recoveryCodesLeft).toBe(9)
  })

  test('gives some to who has a device and none yet, and is refused without a device', async () => {
    await house.enrol(house.bob, 'from-the-administrator')
    expect(await createRecoveryCodes(await callAs(house.services, house.bob))).toHaveLength(10)
    const call = await callAs(house.services, house.alice)
    expect(await codedError(() => createRecoveryCodes(call))).toMatchObject({ code: 'NoSuchEntity' })
  })
})

describe('what ends them', () => {
  test('is the last device being deactivated, not another', async () => {
    const phone = await enable(house.alice, 'phone')
    const tablet = await enable(house.alice, 'tablet')
    const deactivate = async (serialNumber: string) =>
      deactivateMfaDevice(await callAs(house.services, house.account.root), { userName: 'Alice', serialNumber })
    await deactivate(phone.serialNumber)
    expect((await house.signIn({ mfaCode: phone.codes?.[0] ?? '' })).recoveryCodesLeft).toBe(9)
    await deactivate(tablet.serialNumber)
    expect(await stored(house.alice)).toBeNull()
    // A device of later makes none of them good again.
    await house.enrol(house.alice, 'new-phone')
    expect(await codedError(() => house.signIn({ mfaCode: phone.codes?.[1] ?? '' }))).toEqual(refused)
  })

  test('is the next first device, where the last one went without them, as an earlier release lets it go', async () => {
    const [code = ''] = await codesOfAlice()
    await house.db.mfaDevice.deleteMany({ where: { userId: house.alice.id } })
    await house.enrol(house.alice, 'new-phone')
    expect(await codedError(() => house.signIn({ mfaCode: code }))).toEqual(refused)
    expect(await stored(house.alice)).toBeNull()
  })

  test('is the recovery of the person with the devices, not that of the password alone', async () => {
    const { services, account, alice } = house
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
    expect(await house.db.recoveryCodes.count()).toBe(0)
    expect(await trailOf('latchkey:ResetRoot')).toMatchObject([{ detail: { recoveryCodesDeleted: true } }])
  })
})

describe('a copy of the database', () => {
  test('gives nobody anything to try codes on', async () => {
    const [code = ''] = await codesOfAlice()
    const row = await stored(house.alice)
    const hashes = row!.hashes.map((hash) => Buffer.from(hash).toString('hex'))
    expect(hashes).toHaveLength(10)
    const plain = code.replaceAll('-', '')
    const tries = [
      createHash('sha256').update(plain),
      createHash('sha256').update(code),
      createHmac('sha256', row!.key).update(plain),
    ].map((made) => made.digest('hex'))
    expect(hashes.filter((hash) => tries.includes(hash))).toEqual([])
    const { accountId, id } = house.alice
    const sealed = { ciphertext: row!.key, keyId: row!.keyId }
    const key = house.services.secrets.open(sealed, `recovery-codes:${accountId}:${id}`)
    expect(hashes).toContain(Buffer.from(hashRecoveryCode(key, code)).toString('hex'))
    // Moved to the row of somebody else, the key opens no more.
    expect(() => house.services.secrets.open(sealed, `recovery-codes:${accountId}:${house.bob.id}`)).toThrow()
  })

  test('with a new master key has the same codes', async () => {
    const [code = ''] = await codesOfAlice()
    const row = await stored(house.alice)
    const [old, next] = [new Uint8Array(randomBytes(32)), new Uint8Array(randomBytes(32))]
    const { accountId, id } = house.alice
    const owner = `recovery-codes:${accountId}:${id}`
    // Under a master key of this test's own, so that it can be replaced.
    const key = house.services.secrets.open({ ciphertext: row!.key, keyId: row!.keyId }, owner)
    const before = createSecretBox({ current: 'old', keys: new Map([['old', old]]) }, randomBytes)
    await house.db.recoveryCodes.updateMany({
      data: { key: before.seal(key, owner).ciphertext, keyId: 'old' },
    })
    await house.db.mfaDevice.deleteMany({ where: { userId: null } })
    const both = new Map([
      ['next', next],
      ['old', old],
    ])
    const secrets = createSecretBox({ current: 'next', keys: both }, randomBytes)
    const kinds = await resealSecrets({ pool: house.pool, secrets }, 'next')
    expect(kinds.find(({ what }) => what === 'keys of recovery codes')).toMatchObject({ resealed: 1, unreadable: 0 })
    const after = createSecretBox({ current: 'next', keys: new Map([['next', next]]) }, randomBytes)
    const proof = { user: house.alice, code, request: requestInfo() }
    expect(
      await house.db.$transaction((tx) => takeRecoveryCode(tx, { ...house.services, secrets: after }, proof)),
    ).toEqual({ left: 9 })
  })
})
