import { beforeEach, describe, expect, test } from 'vitest'
import { createVirtualMfaDevice } from '../../../src/iam/mfa/create-virtual-mfa-device.ts'
import { enableMfaDevice, resyncMfaDevice } from '../../../src/iam/mfa/enable-mfa-device.ts'
import { getMfaDevice } from '../../../src/iam/mfa/read-mfa-devices.ts'
import { deactivateMfaDevice, deleteVirtualMfaDevice } from '../../../src/iam/mfa/release-mfa-device.ts'
import { auditTrail, callAs } from '../../support/call.ts'
import { codedError, type Installation, openInstallation, totp } from '../../support/signing-in.ts'

const INVALID_CODE = {
  code: 'InvalidAuthenticationCode',
  httpStatus: 403,
  message: 'Authentication code for device is not valid.',
}

let installation: Installation
beforeEach(async () => {
  installation = await openInstallation()
})

const call = () => callAs(installation.services, installation.account.root)
const create = async (virtualMfaDeviceName: string, path?: string) =>
  await createVirtualMfaDevice(await call(), { virtualMfaDeviceName, path })
const serial = (name: string) => `arn:aws:iam::${installation.account.accountId}:mfa/${name}`
/** Two codes that the device shows one after the other, the second of them `steps` from now. */
const codes = (seed: string, steps = 0) => ({
  authenticationCode1: totp(seed, installation.services.clock(), steps - 1),
  authenticationCode2: totp(seed, installation.services.clock(), steps),
})
const enable = async (name: string, seed: string, steps = 0, userName: string | null = 'Alice') =>
  await enableMfaDevice(await call(), { userName, serialNumber: serial(name), ...codes(seed, steps) })
const resync = async (name: string, seed: string, steps: number) =>
  await resyncMfaDevice(await call(), { userName: 'Alice', serialNumber: serial(name), ...codes(seed, steps) })
const get = async (name: string, userName?: string | null) =>
  await getMfaDevice(await call(), { serialNumber: serial(name), userName }, { select: { id: true } })
const noSuchDevice = (serialNumber: string) => ({
  code: 'NoSuchEntity',
  httpStatus: 404,
  message: `VirtualMFADevice with serial number ${serialNumber} doesn't exist.`,
})

describe('createVirtualMfaDevice', () => {
  test('shows the seed once, as text and as a link, and stores it sealed', async () => {
    const { mfaDevice, base32StringSeed, otpauthUri } = await create('phone', '/staff/')
    expect(base32StringSeed).toMatch(/^[A-Z2-7]{64}$/)
    expect(otpauthUri).toBe(`otpauth://totp/phone@example?secret=${base32StringSeed}`)
    expect(mfaDevice).toEqual({
      accountId: installation.account.accountId,
      id: mfaDevice.id,
      name: 'phone',
      path: '/staff/',
      nameKey: '/staff/phone',
      userId: null,
      createdAt: installation.services.clock(),
      enabledAt: null,
      drift: 0,
      lastStep: 0n,
    })
    const stored = await installation.db.mfaDevice.findFirstOrThrow()
    expect(Buffer.from(stored.seed).toString('latin1')).not.toContain(base32StringSeed)
    const events = JSON.stringify(await auditTrail(installation.services, installation.account.accountId))
    expect(events).toContain(':mfa/staff/phone')
    expect(events).not.toContain(base32StringSeed)
  })

  test('labels the link with the account id when there is no alias', async () => {
    await installation.db.account.updateMany({ data: { alias: null } })
    expect((await create('phone')).otpauthUri).toMatch(/^otpauth:\/\/totp\/phone@123456789012\?secret=/)
  })

  test('refuses a second one at the same path and name in any case', async () => {
    await create('phone')
    await create('phone', '/other/')
    expect(await codedError(() => create('PHONE'))).toEqual({
      code: 'EntityAlreadyExists',
      httpStatus: 409,
      message: 'MFADevice entity at the same path and name already exists.',
    })
  })

  test('refuses a serial number that no other operation would take', async () => {
    await create('n'.repeat(226))
    expect(await codedError(() => create('n'.repeat(200), `/${'p'.repeat(40)}/`))).toMatchObject({
      code: 'ValidationError',
      message: expect.stringContaining("Value at 'serialNumber'"),
    })
  })
})

describe('enableMfaDevice', () => {
  test('gives the device to the user who shows two consecutive codes', async () => {
    const { base32StringSeed } = await create('phone')
    const device = await enable('phone', base32StringSeed)
    expect(device).toMatchObject({ userId: installation.alice.id, enabledAt: installation.services.clock(), drift: 0 })
    expect(device).not.toHaveProperty('seed')
  })

  test("gives root's device to root, who has no name", async () => {
    const { base32StringSeed } = await create('roots')
    expect(await enable('roots', base32StringSeed, 0, null)).toMatchObject({ userId: installation.account.root.id })
  })

  test('refuses codes that are wrong, not consecutive, or in the wrong order', async () => {
    const { base32StringSeed: seed } = await create('phone')
    const { authenticationCode1, authenticationCode2 } = codes(seed)
    const wrong = [
      { authenticationCode1: '000000', authenticationCode2 },
      { authenticationCode1, authenticationCode2: authenticationCode1 },
      { authenticationCode1: authenticationCode2, authenticationCode2: authenticationCode1 },
      { authenticationCode1: codes(seed, -1).authenticationCode1, authenticationCode2 },
    ]
    for (const pair of wrong)
      expect(
        await codedError(async () =>
          enableMfaDevice(await call(), { userName: 'Alice', serialNumber: serial('phone'), ...pair }),
        ),
      ).toEqual(INVALID_CODE)
    expect((await installation.db.mfaDevice.findFirstOrThrow()).userId).toBeNull()
  })

  test('learns how far the clock of the device is off, so that its codes work', async () => {
    const { base32StringSeed: seed } = await create('phone')
    expect(await enable('phone', seed, 8)).toMatchObject({ drift: 8 })
    installation.services.clock.advance(60_000)
    expect(
      await codedError(() => installation.signIn({ mfaCode: totp(seed, installation.services.clock()) })),
    ).toMatchObject({
      code: 'AccessDenied',
    })
    await installation.signIn({ mfaCode: totp(seed, installation.services.clock(), 8) })
  })

  test('uses the two codes up', async () => {
    const { base32StringSeed: seed } = await create('phone')
    const { authenticationCode1, authenticationCode2 } = codes(seed)
    await enable('phone', seed)
    for (const mfaCode of [authenticationCode1, authenticationCode2])
      expect(await codedError(() => installation.signIn({ mfaCode }))).toMatchObject({ code: 'AccessDenied' })
  })

  test('is refused for a device in use, of anybody', async () => {
    const { base32StringSeed: seed } = await create('phone')
    await enable('phone', seed)
    for (const userName of ['Alice', 'Bob'])
      expect(await codedError(() => enable('phone', seed, 2, userName))).toEqual({
        code: 'EntityAlreadyExists',
        httpStatus: 409,
        message: 'MFA Device is already in use.',
      })
  })

  test('is refused for the ninth device, also when several are enabled at once', async () => {
    const seeds = await Promise.all(Array.from({ length: 10 }, (_, n) => create(`device-${n}`)))
    const outcomes = await Promise.all(
      seeds.map(({ base32StringSeed }, n) =>
        enable(`device-${n}`, base32StringSeed).then(
          () => 'enabled',
          (error: unknown) => (error instanceof Error ? error.message : error),
        ),
      ),
    )
    expect(outcomes.filter((outcome) => outcome === 'enabled')).toHaveLength(8)
    expect(outcomes.filter((outcome) => outcome === 'Cannot exceed quota for MFADevicesPerUser: 8')).toHaveLength(2)
  })

  test('of two users at the same moment one gets the device', async () => {
    const { base32StringSeed: seed } = await create('phone')
    const outcomes = await Promise.allSettled(['Alice', 'Bob'].map((userName) => enable('phone', seed, 0, userName)))
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })

  test('knows the devices of its own account only', async () => {
    const { base32StringSeed: seed } = await create('phone')
    for (const serialNumber of [
      serial('other'),
      serial('phone').replace('123456789012', '210987654321'),
      'GAHT12345678',
    ])
      expect(
        await codedError(async () =>
          enableMfaDevice(await call(), { userName: 'Alice', serialNumber, ...codes(seed) }),
        ),
      ).toEqual(noSuchDevice(serialNumber))
    expect(await codedError(() => enable('phone', seed, 0, 'nobody'))).toMatchObject({
      code: 'NoSuchEntity',
      message: 'The user with name nobody cannot be found.',
    })
  })

  test('takes six digits', async () => {
    const input = {
      userName: 'Alice',
      serialNumber: serial('phone'),
      authenticationCode1: '12345',
      authenticationCode2: 'abcdef',
    }
    expect(await codedError(async () => enableMfaDevice(await call(), input))).toEqual({
      code: 'ValidationError',
      httpStatus: 400,
      message:
        "2 validation errors detected: Value at 'authenticationCode1' failed to satisfy constraint: Member must have length greater than or equal to 6; Value at 'authenticationCode2' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\d]+",
    })
  })
})

describe('resyncMfaDevice', () => {
  test('makes the codes of a clock that went wrong work again', async () => {
    const { base32StringSeed: seed } = await create('phone')
    await enable('phone', seed)
    const wrong = () => totp(seed, installation.services.clock(), 60)
    expect(await codedError(() => installation.signIn({ mfaCode: wrong() }))).toMatchObject({ code: 'AccessDenied' })
    expect(await resync('phone', seed, 60)).toMatchObject({ drift: 60 })
    installation.services.clock.advance(30_000)
    await installation.signIn({ mfaCode: wrong() })
  })

  test('refuses wrong codes, and a device that is not that of the user', async () => {
    const { base32StringSeed: seed } = await create('phone')
    expect(await codedError(() => resync('phone', seed, 0))).toEqual({
      code: 'NoSuchEntity',
      httpStatus: 404,
      message: 'MFA Device invalid for user.',
    })
    await enable('phone', seed)
    expect(await codedError(() => resync('phone', seed, 0))).toEqual(INVALID_CODE)
  })
})

describe('getMfaDevice', () => {
  test('finds the device of the user that is named, and of root when nobody is', async () => {
    const phone = await create('phone')
    await enable('phone', phone.base32StringSeed)
    expect(await get('phone', 'alice')).toEqual({ id: phone.mfaDevice.id })
    const own = await create('own')
    await enable('own', own.base32StringSeed, 0, null)
    expect(await get('own')).toEqual({ id: own.mfaDevice.id })
  })

  test('refuses what is not that of the user, and what there is not', async () => {
    const { base32StringSeed: seed } = await create('phone')
    const notTheUsers = { code: 'NoSuchEntity', httpStatus: 404, message: 'MFA Device invalid for user.' }
    expect(await codedError(() => get('phone', 'Alice'))).toEqual(notTheUsers)
    await enable('phone', seed)
    expect(await codedError(() => get('phone', 'Bob'))).toEqual(notTheUsers)
    expect(await codedError(() => get('phone'))).toEqual(notTheUsers)
    expect(await codedError(() => get('Phone', 'Alice'))).toEqual(noSuchDevice(serial('Phone')))
    expect(await codedError(() => get('phone', 'nobody'))).toMatchObject({
      message: 'The user with name nobody cannot be found.',
    })
  })
})

describe('taking a device away', () => {
  test('deactivated it is no factor any more, and its used codes stay used when it is enabled again', async () => {
    const { base32StringSeed: seed } = await create('phone')
    await enable('phone', seed)
    expect(await deactivateMfaDevice(await call(), { userName: 'Alice', serialNumber: serial('phone') })).toMatchObject(
      { userId: null, enabledAt: null },
    )
    expect((await installation.signIn()).principal.mfaAuthenticatedAt).toBeNull()
    expect(await codedError(() => enable('phone', seed))).toEqual(INVALID_CODE)
    installation.services.clock.advance(60_000)
    await enable('phone', seed)
  })

  test("only its user's device can be deactivated, and only a free one deleted", async () => {
    const { base32StringSeed: seed } = await create('phone')
    await enable('phone', seed)
    const bobs = { userName: 'Bob', serialNumber: serial('phone') }
    expect(await codedError(async () => deactivateMfaDevice(await call(), bobs))).toMatchObject({
      code: 'NoSuchEntity',
      message: 'MFA Device invalid for user.',
    })
    const remove = async () => await deleteVirtualMfaDevice(await call(), { serialNumber: serial('phone') })
    expect(await codedError(remove)).toEqual({
      code: 'DeleteConflict',
      httpStatus: 409,
      message: 'MFA VirtualDevice in use. Must deactivate first.',
    })
    await deactivateMfaDevice(await call(), { ...bobs, userName: 'Alice' })
    await remove()
    expect(await codedError(remove)).toEqual(noSuchDevice(serial('phone')))
  })
})
