import { beforeEach, describe, expect, test } from 'vitest'
import { authenticateMfa } from '../../../src/iam/sessions/authenticate-mfa.ts'
import { getSessionToken } from '../../../src/iam/sts/get-session-token.ts'
import type { SignedIn } from '../../../src/iam/sessions/signed-in-session.ts'
import { revokeSession, signOut, signOutEverywhere } from '../../../src/iam/sessions/sign-out.ts'
import { signInWithAccessKey } from '../../../src/iam/sessions/sign-in-with-access-key.ts'
import { standingSessions } from '../../../src/iam/sessions/standing-sessions.ts'
import { updateLoginProfile } from '../../../src/iam/login-profiles/login-profiles.ts'
import { auditTrail, callAs } from '../../support/call.ts'
import { codedError, type Credentials, type Installation, openInstallation } from '../../support/signing-in.ts'

const TWELVE_HOURS = 12 * 3_600_000
const ENDED = {
  code: 'InvalidClientTokenId',
  httpStatus: 403,
  message: 'The security token included in the request is invalid.',
}

let installation: Installation
let key: Credentials
beforeEach(async () => {
  installation = await openInstallation()
  const [first] = installation.alice.accessKeys
  key = { accessKeyId: first!.id, secretAccessKey: first!.secretAccessKey }
})

const start = async (credentials = key) =>
  await signInWithAccessKey(installation.callOf(await installation.signed(credentials)))
const setKey = (status: 'ACTIVE' | 'INACTIVE') =>
  installation.db.accessKey.updateMany({ where: { id: key.accessKeyId }, data: { status } })
const ended = async ({ accessToken, principal }: SignedIn) => {
  expect(await codedError(() => installation.bearer(accessToken))).toEqual(ENDED)
  expect(await codedError(() => installation.authenticator.reauthenticate(principal))).toEqual(ENDED)
}

describe('signInWithAccessKey', () => {
  test('starts a session of the user that owns the key, which lasts as long as one with a password, without MFA', async () => {
    const session = await start()
    const principal = await installation.bearer(session.accessToken)
    expect(principal).toEqual(session.principal)
    expect(principal).toMatchObject({
      kind: 'user',
      id: installation.alice.id,
      credential: 'ACCESS_KEY_SIGN_IN',
      accessKeyId: key.accessKeyId,
      mfaAuthenticatedAt: null,
      passwordResetPending: false,
    })
    expect(session.expiresAt.getTime() - installation.services.clock().getTime()).toBe(TWELVE_HOURS)
    expect(await installation.authenticator.reauthenticate(session.principal)).toEqual(principal)
    installation.services.clock.advance(TWELVE_HOURS)
    expect(await codedError(() => installation.bearer(session.accessToken))).toMatchObject({ code: 'ExpiredToken' })
  })

  test('needs no password, and no password ends it or holds it up', async () => {
    const session = await start()
    const root = await callAs(installation.services, installation.account.root)
    await updateLoginProfile(root, { userName: 'Alice', password: 'Another-Horse-8', passwordResetRequired: true })
    expect((await installation.bearer(session.accessToken)).passwordResetPending).toBe(false)
    await installation.db.loginProfile.deleteMany({ where: { userId: installation.alice.id } })
    await installation.bearer(session.accessToken)
    expect((await start()).passwordChangeRequired).toBe(false)
  })

  test('is refused to keys of root, temporary credentials, and every session', async () => {
    const { id, secretAccessKey } = await installation.account.createTestAccessKey(installation.account.root.id)
    expect(await codedError(() => start({ accessKeyId: id, secretAccessKey }))).toEqual({
      code: 'AccessDenied',
      httpStatus: 403,
      message: 'Cannot call SignInWithAccessKey with an access key of the root user.',
      details: { rootAccessKey: true },
    })
    const temporary = await getSessionToken(installation.callOf(await installation.signed(key)), {})
    const callers = [
      await installation.signed(temporary),
      await installation.bearer(temporary.accessToken),
      await installation.bearer((await installation.signIn()).accessToken),
      await installation.bearer((await start()).accessToken),
    ]
    for (const principal of callers)
      expect(await codedError(() => signInWithAccessKey(installation.callOf(principal)))).toEqual({
        code: 'AccessDenied',
        httpStatus: 403,
        message:
          'Cannot call SignInWithAccessKey with session credentials. Sign the request with a long-term access key of an IAM user.',
      })
  })

  test('is refused when the key was deactivated after its signature was verified', async () => {
    const call = installation.callOf(await installation.signed(key))
    await setKey('INACTIVE')
    expect(await codedError(() => signInWithAccessKey(call))).toEqual(ENDED)
    expect(await installation.db.session.count()).toBe(0)
  })

  test('is recorded as a sign-in to the console with the id of the key, refusals too', async () => {
    const { principal } = await start()
    const temporary = await getSessionToken(installation.callOf(await installation.signed(key)), {})
    await codedError(() => start(temporary))
    const events = await auditTrail(installation.services, installation.account.accountId)
    expect(events.at(0)).toMatchObject({
      result: 'SUCCESS',
      principalArn: principal.arn,
      accessKeyId: key.accessKeyId,
      mfa: false,
      detail: { accessKeyId: key.accessKeyId },
    })
    expect(events.at(-1)).toMatchObject({ result: 'FAILURE', errorCode: 'AccessDenied' })
    expect(JSON.stringify(events)).not.toContain(key.secretAccessKey)
  })

  test('ends the session that the browser held before, once the new one stands', async () => {
    const before = await installation.signIn({ userName: 'Bob' })
    const replaced = await installation.bearer(before.accessToken)
    const session = await signInWithAccessKey({
      ...installation.callOf(await installation.signed(key)),
      cookieSession: async () => replaced,
    })
    await installation.bearer(session.accessToken)
    expect(await codedError(() => installation.bearer(before.accessToken))).toEqual(ENDED)
    expect((await auditTrail(installation.services, installation.account.accountId)).at(-1)).toMatchObject({
      action: 'signin:SignOut',
      principalArn: replaced.arn,
      result: 'SUCCESS',
    })
  })

  test('that is refused leaves the session of the browser alone', async () => {
    const before = await installation.signIn()
    const replaced = await installation.bearer(before.accessToken)
    const { id, secretAccessKey } = await installation.account.createTestAccessKey(installation.account.root.id)
    const root = await installation.signed({ accessKeyId: id, secretAccessKey })
    await codedError(() => signInWithAccessKey({ ...installation.callOf(root), cookieSession: async () => replaced }))
    await installation.bearer(before.accessToken)
  })
})

describe('a session that began with an access key', () => {
  test('ends at the next request when the key is deactivated', async () => {
    const session = await start()
    await setKey('INACTIVE')
    await ended(session)
    expect(await standingSessions(installation.callOf(session.principal))).toEqual([])
  })

  test('ends at the next request when the key is deleted, and leaves no row', async () => {
    const session = await start()
    await installation.db.accessKey.deleteMany({ where: { id: key.accessKeyId } })
    await ended(session)
    expect(await installation.db.session.count()).toBe(0)
  })

  test('is not touched by what happens to another key of the user', async () => {
    const other = await installation.account.createTestAccessKey(installation.alice.id)
    const session = await start({ accessKeyId: other.id, secretAccessKey: other.secretAccessKey })
    await installation.db.accessKey.deleteMany({ where: { id: key.accessKeyId } })
    await installation.bearer(session.accessToken)
  })

  test('ends with the user', async () => {
    const session = await start()
    await installation.db.accessKey.deleteMany({ where: { userId: installation.alice.id } })
    await installation.db.loginProfile.deleteMany({ where: { userId: installation.alice.id } })
    await installation.db.user.deleteMany({ where: { id: installation.alice.id } })
    await ended(session)
  })

  test('ends when the user signs out, here or everywhere, and the key starts another one', async () => {
    const [first, second] = [await start(), await start()]
    await signOut(installation.callOf(first.principal))
    await ended(first)
    await installation.bearer(second.accessToken)
    await signOutEverywhere(installation.callOf(second.principal))
    await ended(second)
    await installation.bearer((await start()).accessToken)
  })

  test('is listed with its key among the sessions of the user, and can be revoked', async () => {
    const byPassword = await installation.signIn()
    installation.services.clock.advance(1000)
    const byKey = await start()
    const call = installation.callOf(byPassword.principal)
    expect(await standingSessions(call)).toMatchObject([
      { id: byKey.principal.sessionId, accessKeyId: key.accessKeyId },
      { id: byPassword.principal.sessionId, accessKeyId: null },
    ])
    await revokeSession(call, { sessionId: byKey.principal.sessionId ?? '' })
    await ended(byKey)
    await installation.bearer(byPassword.accessToken)
  })

  test('is stepped up with a code, and still ends with its key', async () => {
    const session = await start()
    const device = await installation.enrol(installation.alice, 'phone')
    const call = installation.callOf(await installation.bearer(session.accessToken))
    const after = await authenticateMfa(call, { mfaCode: device.code() })
    await ended(session)
    expect(after.expiresAt).toEqual(session.expiresAt)
    expect(await installation.bearer(after.accessToken)).toMatchObject({
      credential: 'ACCESS_KEY_SIGN_IN',
      accessKeyId: key.accessKeyId,
      mfaAuthenticatedAt: after.principal.mfaAuthenticatedAt,
    })
    expect(after.principal.mfaAuthenticatedAt).not.toBeNull()
    await setKey('INACTIVE')
    await ended(after)
  })

  test('makes no temporary credentials', async () => {
    const call = installation.callOf((await start()).principal)
    expect(await codedError(() => getSessionToken(call, {}))).toMatchObject({ code: 'AccessDenied' })
  })

  test('leaves no rows behind that nothing needs any more', async () => {
    await start()
    installation.services.clock.advance(TWELVE_HOURS + 1000)
    await start()
    expect(await installation.db.session.count()).toBe(1)
  })
})
