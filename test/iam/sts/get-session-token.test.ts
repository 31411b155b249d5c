import { beforeEach, describe, expect, test } from 'vitest'
import { getSessionToken, type GetSessionTokenInput } from '../../../src/iam/sts/get-session-token.ts'
import { auditTrail } from '../../support/call.ts'
import { codedError, type Credentials, type Installation, openInstallation, settled } from '../../support/signing-in.ts'

let installation: Installation
let key: Credentials
beforeEach(async () => {
  installation = await openInstallation()
  const [first] = installation.alice.accessKeys
  key = { accessKeyId: first!.id, secretAccessKey: first!.secretAccessKey }
})

const denied = (message: string) => ({ code: 'AccessDenied', httpStatus: 403, message })
const get = async (input: GetSessionTokenInput = {}, credentials = key) =>
  await getSessionToken(installation.callOf(await installation.signed(credentials)), input)
const seconds = (from: Date, to: Date) => (to.getTime() - from.getTime()) / 1000

describe('getSessionToken', () => {
  test.each([
    [undefined, 43_200],
    [900, 900],
    [129_600, 129_600],
  ])('for %s seconds lasts %d', async (durationSeconds, lasts) => {
    const { accessKeyId, secretAccessKey, expiresAt } = await get({ durationSeconds })
    expect(accessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/)
    expect(secretAccessKey).toMatch(/^[A-Za-z0-9+/]{40}$/)
    expect(seconds(installation.services.clock(), expiresAt)).toBe(lasts)
  })

  test.each([899, 129_601])('refuses %d seconds', async (durationSeconds) => {
    expect(await codedError(() => get({ durationSeconds }))).toMatchObject({
      code: 'ValidationError',
      message: expect.stringContaining(`Value '${durationSeconds}' at 'durationSeconds' failed to satisfy constraint`),
    })
  })

  test('gives root an hour at most, without a word', async () => {
    const { id, secretAccessKey } = await installation.account.createTestAccessKey(installation.account.root.id)
    for (const [durationSeconds, lasts] of [
      [undefined, 3600],
      [129_600, 3600],
      [900, 900],
    ] as const) {
      const { expiresAt } = await get({ durationSeconds }, { accessKeyId: id, secretAccessKey })
      expect(seconds(installation.services.clock(), expiresAt)).toBe(lasts)
    }
  })

  test('is refused to sessions', async () => {
    const message = denied('Cannot call GetSessionToken with session credentials')
    const session = await get()
    expect(await codedError(() => get({}, session))).toEqual(message)
    const call = installation.callOf((await installation.signIn()).principal)
    expect(await codedError(() => getSessionToken(call, {}))).toEqual(message)
  })

  test('carries the time of MFA in both forms', async () => {
    const { serialNumber, code } = await installation.enrol(installation.alice, 'phone')
    const mfaAt = installation.services.clock()
    const session = await get({ serialNumber, tokenCode: code() })
    installation.services.clock.advance(60_000)
    expect((await installation.signed(session)).mfaAuthenticatedAt).toEqual(mfaAt)
    expect((await installation.bearer(session.accessToken)).mfaAuthenticatedAt).toEqual(mfaAt)
  })

  test("refuses MFA in AWS's words", async () => {
    const { serialNumber, code } = await installation.enrol(installation.alice, 'phone')
    const bobs = await installation.enrol(installation.bob, 'bobs-phone')
    const half = denied('MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.')
    const device = denied(
      'MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.',
    )
    const wrong = denied('MultiFactorAuthentication failed with invalid MFA one time pass code. ')
    expect(await codedError(() => get({ serialNumber }))).toEqual(half)
    expect(await codedError(() => get({ tokenCode: code() }))).toEqual(half)
    for (const other of [bobs.serialNumber, `${serialNumber}2`, 'GAHT12345678', serialNumber.replace('12', '99')])
      expect(await codedError(() => get({ serialNumber: other, tokenCode: code() }))).toEqual(device)
    expect(await codedError(() => get({ serialNumber, tokenCode: code(7) }))).toEqual(wrong)
    const tokenCode = code()
    await get({ serialNumber, tokenCode })
    expect(await codedError(() => get({ serialNumber, tokenCode }))).toEqual(wrong)
  })

  test('takes the code of the named device only', async () => {
    const phone = await installation.enrol(installation.alice, 'phone')
    const tablet = await installation.enrol(installation.alice, 'tablet')
    const { serialNumber } = phone
    expect(await codedError(() => get({ serialNumber, tokenCode: tablet.code() }))).toMatchObject({
      code: 'AccessDenied',
    })
    await get({ serialNumber, tokenCode: phone.code() })
  })

  test('of several requests with one code one gets credentials', async () => {
    const { serialNumber, code } = await installation.enrol(installation.alice, 'phone')
    const tokenCode = code()
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => settled(get({ serialNumber, tokenCode }))))
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome === 'AccessDenied')).toHaveLength(4)
  })

  test('writes no session, one event, and no secret', async () => {
    const session = await get({ durationSeconds: 900 })
    expect(await installation.db.session.count()).toBe(0)
    const events = await auditTrail(installation.services, installation.account.accountId)
    expect(events).toMatchObject([
      {
        result: 'SUCCESS',
        accessKeyId: key.accessKeyId,
        detail: { durationSeconds: 900, accessKeyId: session.accessKeyId },
      },
    ])
    expect(JSON.stringify(events)).not.toContain(session.secretAccessKey)
  })
})
