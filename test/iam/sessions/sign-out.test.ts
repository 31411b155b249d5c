import { beforeEach, describe, expect, test } from 'vitest'
import { revokeSession, signOut, signOutEverywhere } from '../../../src/iam/sessions/sign-out.ts'
import { getSessionToken } from '../../../src/iam/sts/get-session-token.ts'
import { auditTrail, callAs, epochOf } from '../../support/call.ts'
import { codedError, type Installation, openInstallation, signedRequest } from '../../support/signing-in.ts'

const ENDED = {
  code: 'InvalidClientTokenId',
  httpStatus: 403,
  message: 'The security token included in the request is invalid.',
}

let installation: Installation
beforeEach(async () => {
  installation = await openInstallation()
})

const keyOf = (user: Installation['alice']) => {
  const [key] = user.accessKeys
  return { accessKeyId: key!.id, secretAccessKey: key!.secretAccessKey }
}
const temporary = async (user = installation.alice) =>
  await getSessionToken(installation.callOf(await installation.signed(keyOf(user))), {})
const bearerEnded = async (token: string) => expect(await codedError(() => installation.bearer(token))).toEqual(ENDED)

describe('signOut', () => {
  test('ends a password session at the very next request, and no other', async () => {
    const first = await installation.signIn()
    const second = await installation.signIn()
    const principal = await installation.bearer(first.accessToken)
    await signOut(installation.callOf(principal))
    await bearerEnded(first.accessToken)
    expect(await codedError(() => installation.authenticator.reauthenticate(principal))).toEqual(ENDED)
    await installation.bearer(second.accessToken)
  })

  test('ends temporary credentials in both forms, and is no error twice', async () => {
    const session = await temporary()
    const other = await temporary()
    const call = installation.callOf(await installation.signed(session))
    await signOut(call)
    await signOut(call)
    await bearerEnded(session.accessToken)
    expect(await codedError(() => installation.signed(session))).toEqual(ENDED)
    await installation.signed(other)
    expect(await installation.db.session.findMany()).toMatchObject([
      { id: session.accessKeyId, kind: 'SESSION', userId: installation.alice.id, expiresAt: session.expiresAt },
    ])
  })

  test('is refused to a long-term key, and that is recorded', async () => {
    const call = installation.callOf(await installation.signed(keyOf(installation.alice)))
    expect(await codedError(() => signOut(call))).toEqual({
      code: 'InvalidInput',
      httpStatus: 400,
      message: 'Long-term credentials have no session. Deactivate the access key instead.',
    })
    expect((await auditTrail(installation.services, installation.account.accountId)).at(-1)).toMatchObject({
      result: 'FAILURE',
      errorCode: 'InvalidInput',
    })
  })

  test('moves no policy epoch and leaves one event', async () => {
    const { principal } = await installation.signIn()
    await signOut(installation.callOf(principal))
    expect(await epochOf(installation.services, principal.accountId)).toBe(0n)
    const events = await auditTrail(installation.services, principal.accountId)
    expect(events).toHaveLength(2)
    expect(events).toContainEqual(
      expect.objectContaining({ action: 'iam:Test', result: 'SUCCESS', detail: { sessionId: principal.sessionId } }),
    )
  })
})

describe('signOutEverywhere', () => {
  test('ends every session of the caller, of this very millisecond too, and no access key', async () => {
    const mine = await installation.signIn()
    const session = await temporary()
    const bobs = await installation.signIn({ userName: 'Bob' })
    await signOutEverywhere(installation.callOf(mine.principal))
    await bearerEnded(mine.accessToken)
    await bearerEnded(session.accessToken)
    expect(await codedError(() => installation.signed(session))).toEqual(ENDED)
    await installation.signed(keyOf(installation.alice))
    await installation.bearer(bobs.accessToken)
  })

  test('lets sessions begin again at once, and ends those too when asked in the same second', async () => {
    installation.services.clock.set('2026-01-15T12:00:00.900Z')
    for (let round = 0; round < 3; round++) {
      const { principal, accessToken } = await installation.signIn()
      const session = await temporary()
      await installation.bearer(accessToken)
      await installation.bearer(session.accessToken)
      await installation.authenticator.authenticate(await signedRequest(session, installation.services.clock()))
      await signOutEverywhere(installation.callOf(principal))
      await bearerEnded(accessToken)
      await bearerEnded(session.accessToken)
      expect(await codedError(() => installation.signed(session))).toEqual(ENDED)
    }
  })

  test('ends those of another user for whoever is allowed to', async () => {
    const { accessToken } = await installation.signIn()
    const call = await callAs(installation.services, installation.account.root)
    await signOutEverywhere(call, { userName: 'alice' })
    await bearerEnded(accessToken)
    expect(await codedError(() => signOutEverywhere(call, { userName: 'nobody' }))).toMatchObject({
      code: 'NoSuchEntity',
      message: 'The user with name nobody cannot be found.',
    })
  })
})

describe('revokeSession', () => {
  test('ends one session of a user', async () => {
    const first = await installation.signIn()
    const second = await installation.signIn()
    const input = { sessionId: first.principal.sessionId! }
    await revokeSession(installation.callOf(second.principal), input)
    await revokeSession(installation.callOf(second.principal), input)
    await bearerEnded(first.accessToken)
    await installation.bearer(second.accessToken)
  })

  test('knows only the sessions of the user that it was allowed for', async () => {
    const alices = await installation.signIn()
    const bobs = await installation.signIn({ userName: 'Bob' })
    const sessionId = alices.principal.sessionId!
    const refusal = (id: string) =>
      codedError(() => revokeSession(installation.callOf(bobs.principal), { sessionId: id }))
    for (const id of [sessionId, 'nonsense'])
      expect(await refusal(id)).toEqual({
        code: 'NoSuchEntity',
        httpStatus: 404,
        message: `The session with id ${id} cannot be found.`,
      })
    expect(await refusal('a\0b')).toMatchObject({ code: 'ValidationError' })
    await installation.bearer(alices.accessToken)
    await revokeSession(await callAs(installation.services, installation.account.root), {
      sessionId,
      userName: 'Alice',
    })
    await bearerEnded(alices.accessToken)
  })
})

test('a session ends with its user', async () => {
  const { accessToken } = await installation.signIn()
  await installation.db.accessKey.deleteMany()
  await installation.db.loginProfile.deleteMany()
  await installation.db.user.deleteMany({ where: { name: 'Alice' } })
  await bearerEnded(accessToken)
})
