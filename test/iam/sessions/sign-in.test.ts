import { beforeEach, describe, expect, test } from 'vitest'
import { signIn } from '../../../src/iam/sessions/sign-in.ts'
import { auditTrail } from '../../support/call.ts'
import {
  bearerRequest,
  codedError,
  ELSEWHERE,
  HOME,
  type Installation,
  openInstallation,
  PASSWORD,
  requestInfo,
} from '../../support/signing-in.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const REFUSED = {
  code: 'AccessDenied',
  httpStatus: 403,
  message: 'Your authentication information is incorrect. Please try again.',
}
const THROTTLED = { code: 'Throttling', httpStatus: 400, message: 'Rate exceeded' }

let installation: Installation
beforeEach(async () => {
  installation = await openInstallation()
})

const now = () => installation.services.clock()
const trail = () => auditTrail(installation.services, installation.account.accountId)
const attempt = async (...args: Parameters<Installation['signIn']>): Promise<string> => {
  try {
    await installation.signIn(...args)
    return 'signed in'
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error)
  }
}
const fail = async (times: number, userName: string, sourceIp: string) => {
  for (let n = 0; n < times; n++)
    expect(await codedError(() => installation.signIn({ userName, password: 'wrong' }, { sourceIp }))).toEqual(REFUSED)
}

describe('signing in', () => {
  test.each([
    ['the account id', '123456789012', 'Alice'],
    ['the alias', 'example', 'Alice'],
    ['names in another case', 'EXAMPLE', 'aLICE'],
  ])('works with %s', async (_, accountName, userName) => {
    const { accessToken, expiresAt, principal, passwordChangeRequired } = await installation.signIn({
      account: accountName,
      userName,
    })
    expect(principal).toMatchObject({
      arn: 'arn:aws:iam::123456789012:user/staff/Alice',
      credential: 'PASSWORD',
      accessKeyId: null,
      mfaAuthenticatedAt: null,
      passwordResetPending: false,
      epoch: 0n,
    })
    expect(passwordChangeRequired).toBe(false)
    expect(expiresAt).toEqual(new Date(now().getTime() + 12 * HOUR))
    expect(await installation.bearer(accessToken)).toEqual(principal)
  })

  test('works for root with its e-mail address in any case', async () => {
    const { principal, accessToken } = await installation.signIn({
      account: null,
      userName: null,
      rootEmail: 'Root@Example.com',
    })
    expect(principal).toMatchObject({ kind: 'root', id: '123456789012', name: null })
    expect(await installation.bearer(accessToken)).toEqual(principal)
  })

  test('lasts twelve hours from its beginning, however busy the session is', async () => {
    const { accessToken } = await installation.signIn()
    installation.services.clock.advance(12 * HOUR - 1)
    await installation.bearer(accessToken)
    installation.services.clock.advance(1)
    expect(await codedError(() => installation.bearer(accessToken))).toMatchObject({ code: 'ExpiredToken' })
  })

  test('says and shows at every request that the password must be changed, read from the profile', async () => {
    await installation.db.loginProfile.updateMany({ data: { passwordResetRequired: true } })
    const { accessToken, passwordChangeRequired, principal } = await installation.signIn()
    expect([passwordChangeRequired, principal.passwordResetPending]).toEqual([true, true])
    expect((await installation.bearer(accessToken)).passwordResetPending).toBe(true)
    await installation.db.loginProfile.updateMany({ data: { passwordResetRequired: false } })
    expect((await installation.bearer(accessToken)).passwordResetPending).toBe(false)
  })

  test('notes the use of the password in a grain of five minutes, and on success only', async () => {
    const lastUsed = async () =>
      (await installation.db.user.findFirstOrThrow({ where: { name: 'Alice' } })).passwordLastUsedAt
    await attempt({ password: 'wrong' })
    expect(await lastUsed()).toBeNull()
    const first = now()
    await installation.signIn()
    installation.services.clock.advance(5 * MINUTE - 1)
    await installation.signIn()
    expect(await lastUsed()).toEqual(first)
    installation.services.clock.advance(1)
    await installation.signIn()
    expect(await lastUsed()).toEqual(now())
  })

  test('removes sessions that nothing needs any more, and keeps those that make an address familiar', async () => {
    await installation.signIn()
    installation.services.clock.advance(89 * DAY)
    await installation.signIn()
    expect(await installation.db.session.count()).toBe(2)
    installation.services.clock.advance(2 * DAY)
    await installation.signIn()
    expect(await installation.db.session.count()).toBe(2)
  })

  test.each([
    [{ account: null }, "Value at 'account' failed to satisfy constraint: Member must not be null"],
    [
      { rootEmail: 'root@example.com' },
      "2 validation errors detected: Value at 'account' failed to satisfy constraint: Member must be null beside rootEmail",
    ],
    [
      { password: '' },
      "Value at 'password' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [{ mfaCode: '12345' }, "Value at 'mfaCode' failed to satisfy constraint: Member must have length"],
    [{ userName: 'a\0b' }, "Value at 'userName' failed to satisfy constraint: Member must satisfy regular expression"],
  ])('refuses what cannot be meant: %j', async (input, message) => {
    expect(await codedError(() => installation.signIn(input))).toMatchObject({
      code: 'ValidationError',
      message: expect.stringContaining(message),
    })
  })
})

describe('a refusal', () => {
  test('is one and the same, whatever is wrong', async () => {
    const device = await installation.enrol(installation.bob, 'phone')
    await installation.account.createTestUser({ name: 'NoPassword' })
    const wrong = [
      { password: 'wrong' },
      { userName: 'nobody' },
      { userName: 'NoPassword' },
      { userName: '<root_account>'.replace(/[<>]/g, '') },
      { account: 'nowhere' },
      { account: '999999999999' },
      { account: null, userName: null, rootEmail: 'nobody@example.com' },
      { account: null, userName: null, rootEmail: 'root@example.com', password: 'wrong' },
      { userName: 'Bob', mfaCode: device.code(5) },
      { userName: 'Bob', mfaCode: device.code(), password: 'wrong' },
      // With a wrong password nobody learns that a code would be needed.
      { userName: 'Bob', password: 'wrong' },
    ]
    for (const input of wrong) expect(await codedError(() => installation.signIn(input))).toEqual(REFUSED)
    expect(await installation.db.session.count()).toBe(0)
  })

  test('is recorded for existing accounts, with neither the password nor a name that does not exist', async () => {
    await attempt({ password: 'Hunter2-Hunter2' })
    installation.services.clock.advance(1)
    await attempt({ userName: 'My-Secret-Password-1' })
    await attempt({ account: 'nowhere' })
    const events = await trail()
    const common = {
      action: 'signin:ConsoleLogin',
      result: 'FAILURE',
      errorCode: 'AccessDenied',
      sourceIp: HOME,
      mfa: false,
    }
    const hidden = 'arn:aws:iam::123456789012:user/HIDDEN_DUE_TO_SECURITY_REASONS'
    expect(events).toMatchObject([
      {
        ...common,
        principalArn: installation.alice.arn,
        principalId: installation.alice.id,
        resource: installation.alice.arn,
      },
      { ...common, principalArn: hidden, principalId: 'HIDDEN_DUE_TO_SECURITY_REASONS', resource: hidden },
    ])
    const text = JSON.stringify(events, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
    expect(text).not.toMatch(/Hunter2|My-Secret/)
  })
})

test('a sign-in is recorded in the transaction of its session', async () => {
  const { principal } = await installation.signIn()
  expect(await trail()).toMatchObject([
    {
      action: 'signin:ConsoleLogin',
      result: 'SUCCESS',
      errorCode: null,
      principalArn: installation.alice.arn,
      mfa: false,
      detail: { sessionId: principal.sessionId },
    },
  ])
})

describe('with an MFA device', () => {
  test('a right password without a code is told, and only it, that a code is needed', async () => {
    await installation.enrol(installation.alice, 'phone')
    expect(await codedError(() => installation.signIn())).toEqual({
      code: 'AccessDenied',
      httpStatus: 403,
      message: 'Multi-factor authentication is required.',
      details: { mfaCodeRequired: true },
    })
    expect(await installation.db.session.count()).toBe(0)
    expect((await trail()).at(-1)).toMatchObject({ result: 'FAILURE', detail: { mfaCodeRequired: true } })
  })

  test.each(['Alice', 'root'])('a code of any enabled device signs %s in with MFA', async (who) => {
    const user = who === 'root' ? installation.account.root : installation.alice
    await installation.enrol(user, 'phone')
    const second = await installation.enrol(user, 'tablet')
    const whom = who === 'root' ? { account: null, userName: null, rootEmail: 'root@example.com' } : {}
    const { principal, accessToken } = await installation.signIn({ ...whom, mfaCode: second.code() })
    expect(principal.mfaAuthenticatedAt).toEqual(now())
    expect(await installation.bearer(accessToken)).toEqual(principal)
    expect((await trail()).at(-1)).toMatchObject({ result: 'SUCCESS', mfa: true })
  })

  test('a code works once', async () => {
    const device = await installation.enrol(installation.alice, 'phone')
    const mfaCode = device.code()
    await installation.signIn({ mfaCode })
    expect(await codedError(() => installation.signIn({ mfaCode }))).toEqual(REFUSED)
    installation.services.clock.advance(30_000)
    expect(await codedError(() => installation.signIn({ mfaCode }))).toEqual(REFUSED)
    await installation.signIn({ mfaCode: device.code() })
  })

  test('of several requests with one code at the same moment one gets in', async () => {
    const device = await installation.enrol(installation.alice, 'phone')
    const mfaCode = device.code()
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => attempt({ mfaCode })))
    expect(outcomes.filter((outcome) => outcome === 'signed in')).toHaveLength(1)
    expect(await installation.db.session.count()).toBe(1)
  })

  test('a code that came with a wrong password is not used up', async () => {
    const device = await installation.enrol(installation.alice, 'phone')
    const mfaCode = device.code()
    await attempt({ mfaCode, password: 'wrong' })
    await installation.signIn({ mfaCode })
  })

  test('codes are counted: a thief of the password cannot try them all, nor use up those of the owner', async () => {
    const device = await installation.enrol(installation.alice, 'phone')
    await installation.signIn({ mfaCode: device.code() })
    installation.services.clock.advance(MINUTE)
    const codes = Array.from({ length: 14 }, (_, n) => ({ mfaCode: device.code(n + 5) }))
    // From many addresses, so that only the count of codes can stop it.
    const outcomes: string[] = []
    for (const [n, code] of codes.entries()) outcomes.push(await attempt(code, { sourceIp: `203.0.113.${n}` }))
    expect(outcomes).toEqual([...Array<string>(10).fill('AccessDenied'), ...Array<string>(4).fill('Throttling')])
    expect(await attempt({ mfaCode: device.code() }, { sourceIp: ELSEWHERE })).toBe('Throttling')
    expect(await attempt({ mfaCode: device.code() })).toBe('signed in')
  })
})

describe('attempts are limited', () => {
  test('ten wrong passwords of a user from an address, then none is even looked at', async () => {
    await fail(10, 'Alice', ELSEWHERE)
    expect(await codedError(() => installation.signIn({}, { sourceIp: ELSEWHERE }))).toEqual({
      ...THROTTLED,
      details: { retryAfterSeconds: 900 },
    })
    installation.services.clock.advance(899_001)
    expect(await codedError(() => installation.signIn({}, { sourceIp: ELSEWHERE }))).toMatchObject({
      details: { retryAfterSeconds: 1 },
    })
    installation.services.clock.advance(999)
    await installation.signIn({}, { sourceIp: ELSEWHERE })
  })

  test('parallel wrong passwords are counted one by one', async () => {
    const outcomes = await Promise.all(Array.from({ length: 25 }, () => attempt({ password: 'wrong' })))
    expect(outcomes.filter((outcome) => outcome === 'AccessDenied')).toHaveLength(10)
    expect(outcomes.filter((outcome) => outcome === 'Throttling')).toHaveLength(15)
  })

  test('a user who does not exist is counted like one who does', async () => {
    await fail(10, 'nobody', ELSEWHERE)
    expect(await attempt({ userName: 'nobody' }, { sourceIp: ELSEWHERE })).toBe('Throttling')
    const nowhere = { account: 'nowhere', password: 'wrong' }
    for (let n = 0; n < 10; n++) expect(await attempt(nowhere)).toBe('AccessDenied')
    expect(await attempt(nowhere)).toBe('Throttling')
  })

  test('spelling a name or an account in another way opens no other counter', async () => {
    await fail(5, 'alice', ELSEWHERE)
    await fail(5, 'ALICE', ELSEWHERE)
    for (const account of ['example', 'Example', '123456789012'])
      expect(await attempt({ account }, { sourceIp: ELSEWHERE })).toBe('Throttling')
  })

  test('a success starts afresh and is itself not counted', async () => {
    for (let round = 0; round < 3; round++) {
      await fail(9, 'Alice', HOME)
      await installation.signIn()
    }
    for (let n = 0; n < 12; n++) await installation.signIn()
  })

  test('asking for the code again and again is counted, but not against the whole office', async () => {
    await installation.enrol(installation.alice, 'phone')
    const outcomes: string[] = []
    for (let n = 0; n < 12; n++) outcomes.push(await attempt())
    expect(outcomes).toEqual([...Array<string>(10).fill('AccessDenied'), 'Throttling', 'Throttling'])
    const counts = (await installation.db.throttle.findMany({ orderBy: { count: 'asc' } })).map(({ count }) => count)
    expect(counts).toEqual([0, 0, 0, 10])
  })

  test('one machine cannot try many users', async () => {
    for (let user = 0; user < 10; user++) await fail(10, `user-${user}`, ELSEWHERE)
    expect(await attempt({ userName: 'Bob' }, { sourceIp: ELSEWHERE })).toBe('Throttling')
    expect(await attempt({ userName: 'Bob' })).toBe('signed in')
  })

  test('many machines cannot try one user, and do not lock the owner out of the usual place', async () => {
    await installation.signIn()
    for (let machine = 0; machine < 50; machine++) await fail(1, 'Alice', `203.0.113.${machine}`)
    const fromElsewhere = () => attempt({}, { sourceIp: '192.0.2.200' })
    expect(await fromElsewhere()).toBe('Throttling')
    expect(await attempt()).toBe('signed in')
    // Mistakes at the usual place neither depend on that counter nor fill it.
    await fail(9, 'Alice', HOME)
    expect(await attempt()).toBe('signed in')
    installation.services.clock.advance(HOUR)
    expect(await fromElsewhere()).toBe('signed in')
  })

  test('an address is familiar for ninety days, to the one user who signed in from it', async () => {
    await installation.signIn()
    installation.services.clock.advance(90 * DAY - 1)
    for (let machine = 0; machine < 50; machine++) {
      await fail(1, 'Alice', `203.0.113.${machine}`)
      await fail(1, 'Bob', `203.0.113.${machine}`)
    }
    expect(await attempt({ userName: 'Bob' })).toBe('Throttling')
    expect(await attempt({ password: 'wrong' })).toBe('AccessDenied')
    installation.services.clock.advance(1)
    expect(await attempt({ password: 'wrong' })).toBe('Throttling')
  })

  test('the table names nobody', async () => {
    await fail(1, 'Alice', ELSEWHERE)
    const rows = await installation.db.throttle.findMany()
    expect(rows).toHaveLength(4)
    for (const { bucket } of rows) expect(bucket).toMatch(/^[0-9a-f]{64}$/)
  })
})

describe('a session that begins while the password is being changed', () => {
  test('is not begun with the old password', async () => {
    // Another request changes the password at the last moment before the session is written.
    let changed = false
    const db = new Proxy(installation.db, {
      get(target, property) {
        if (property === '$transaction' && !changed) {
          changed = true
          return async (...args: Parameters<typeof target.$transaction>) => {
            await target.loginProfile.updateMany({ data: { passwordHash: 'another' } })
            return await target.$transaction(...args)
          }
        }
        return Reflect.get(target, property) as unknown
      },
    })
    const beside = { request: requestInfo(), issuer: installation.issuer, cookieSession: async () => null }
    const racing = { ...installation.services, ...beside, db }
    const input = { account: 'example', userName: 'Alice', password: PASSWORD }
    expect(await codedError(() => signIn(racing, input))).toEqual(REFUSED)
    expect(changed).toBe(true)
    expect(await installation.db.session.count()).toBe(0)
  })
})

test('a token whose session was cleared away is refused', async () => {
  const { accessToken } = await installation.signIn()
  await installation.db.session.deleteMany()
  expect(await codedError(() => installation.authenticator.authenticate(bearerRequest(accessToken)))).toMatchObject({
    code: 'InvalidClientTokenId',
  })
})
