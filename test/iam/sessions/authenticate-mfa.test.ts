import { beforeEach, describe, expect, test } from 'vitest'
import { authenticateMfa } from '../../../src/iam/sessions/authenticate-mfa.ts'
import { auditTrail } from '../../support/call.ts'
import { codedError, type Credentials, type Installation, openInstallation, settled } from '../../support/signing-in.ts'

const HOUR = 3_600_000

let installation: Installation
let key: Credentials
beforeEach(async () => {
  installation = await openInstallation()
  const [first] = installation.alice.accessKeys
  key = { accessKeyId: first!.id, secretAccessKey: first!.secretAccessKey }
})

const denied = (message: string) => ({ code: 'AccessDenied', httpStatus: 403, message })
const stepUp = async (token: string, mfaCode: string) =>
  await authenticateMfa(installation.callOf(await installation.bearer(token)), { mfaCode })

describe('authenticateMfa', () => {
  test('answers a session with MFA that ends when the old one would have, and ends the old one', async () => {
    const before = await installation.signIn()
    installation.services.clock.advance(HOUR)
    const device = await installation.enrol(installation.alice, 'phone')
    const after = await stepUp(before.accessToken, device.code())
    expect(after.expiresAt).toEqual(before.expiresAt)
    expect(after.principal.mfaAuthenticatedAt).toEqual(installation.services.clock())
    expect(await installation.bearer(after.accessToken)).toEqual(after.principal)
    expect(await codedError(() => installation.bearer(before.accessToken))).toMatchObject({
      code: 'InvalidClientTokenId',
    })
  })

  test('refuses a wrong or used code and leaves the session as it was', async () => {
    const { accessToken } = await installation.signIn()
    const device = await installation.enrol(installation.alice, 'phone')
    const invalid = {
      code: 'InvalidAuthenticationCode',
      httpStatus: 403,
      message: 'Authentication code for device is not valid.',
    }
    expect(await codedError(() => stepUp(accessToken, device.code(9)))).toEqual(invalid)
    const after = await stepUp(accessToken, device.code())
    expect(await codedError(() => stepUp(after.accessToken, device.code()))).toEqual(invalid)
    await installation.bearer(after.accessToken)
    expect(await auditTrail(installation.services, installation.account.accountId)).toContainEqual(
      expect.objectContaining({ result: 'FAILURE', errorCode: 'InvalidAuthenticationCode' }),
    )
  })

  test('of two requests with one code one wins, and there is one session', async () => {
    const first = await installation.signIn()
    const second = await installation.signIn()
    const device = await installation.enrol(installation.alice, 'phone')
    const code = device.code()
    const outcomes = await Promise.all([first, second].map(({ accessToken }) => settled(stepUp(accessToken, code))))
    expect(new Set(outcomes)).toEqual(new Set(['InvalidAuthenticationCode', 'done']))
    expect(await installation.db.session.count({ where: { mfaAuthenticatedAt: { not: null } } })).toBe(1)
  })

  test('is for users with a device, in sessions that began with signing in', async () => {
    const { accessToken } = await installation.signIn()
    expect(await codedError(() => stepUp(accessToken, '123456'))).toMatchObject({ code: 'NoSuchEntity' })
    const call = installation.callOf(await installation.signed(key))
    expect(await codedError(() => authenticateMfa(call, { mfaCode: '123456' }))).toEqual(
      denied('Cannot call AuthenticateMfa without a session that began with signing in'),
    )
  })

  test('counts codes: the eleventh within an hour is not looked at', async () => {
    const { accessToken } = await installation.signIn()
    const device = await installation.enrol(installation.alice, 'phone')
    for (let n = 0; n < 10; n++)
      expect(await codedError(() => stepUp(accessToken, device.code(n + 5)))).toMatchObject({
        code: 'InvalidAuthenticationCode',
      })
    expect(await codedError(() => stepUp(accessToken, device.code()))).toEqual({
      code: 'Throttling',
      httpStatus: 400,
      message: 'Rate exceeded',
      details: { retryAfterSeconds: 3600 },
    })
  })
})
