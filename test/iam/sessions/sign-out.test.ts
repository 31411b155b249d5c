import { beforeEach, describe, expect, test } from 'vitest'
import { revokeSession, signOut, signOutEverywhere } from '../../../src/iam/sessions/sign-out.ts'
import { getSessionToken } from '../../../src/iam/sts/get-session-token.ts'
import { auditTrail, callAs, epochOf } from '../../support/call.ts'
import { codedError, type House, openHouse, signedRequest } from './house.ts'

const ENDED = {
  code: 'InvalidClientTokenId',
  httpStatus: 403,
  message: 'The security token included in the request is invalid.',
}

let house: House
beforeEach(async () => {
  house = await openHouse()
})

const keyOf = (user: House['alice']) => {
  const [key] = user.accessKeys
  return { accessKeyId: key!.id, secretAccessKey: key!.secretAccessKey }
}
const temporary = async (user = house.alice) => await getSessionToken(house.callOf(await house.signed(keyOf(user))), {})
const bearerEnded = async (token: string) => expect(await codedError(() => house.bearer(token))).toEqual(ENDED)

describe('signOut', () => {
  test('ends a password session at the very next request, and no other', async () => {
    const first = await house.signIn()
    const second = await house.signIn()
    const principal = await house.bearer(first.accessToken)
    await signOut(house.callOf(principal))
    await bearerEnded(first.accessToken)
    expect(await codedError(() => house.authenticator.reauthenticate(principal))).toEqual(ENDED)
    await house.bearer(second.accessToken)
  })

  test('ends temporary credentials in both forms, and is no error twice', async () => {
    const session = await temporary()
    const other = await temporary()
    const call = house.callOf(await house.signed(session))
    await signOut(call)
    await signOut(call)
    await bearerEnded(session.accessToken)
    expect(await codedError(() => house.signed(session))).toEqual(ENDED)
    await house.signed(other)
    expect(await house.db.session.findMany()).toMatchObject([
      { id: session.accessKeyId, kind: 'SESSION', userId: house.alice.id, expiresAt: session.expiresAt },
    ])
  })

  test('is refused to a long-term key, and that is recorded', async () => {
    const call = house.callOf(await house.signed(keyOf(house.alice)))
    expect(await codedError(() => signOut(call))).toEqual({
      code: 'InvalidInput',
      httpStatus: 400,
      message: 'Long-term credentials have no session. Deactivate the access key instead.',
    })
    expect((await auditTrail(house.services, house.account.accountId)).at(-1)).toMatchObject({
      result: 'FAILURE',
      errorCode: 'InvalidInput',
    })
  })

  test('moves no policy epoch and leaves one event', async () => {
    const { principal } = await house.signIn()
    await signOut(house.callOf(principal))
    expect(await epochOf(house.services, principal.accountId)).toBe(0n)
    const events = await auditTrail(house.services, principal.accountId)
    expect(events).toHaveLength(2)
    expect(events).toContainEqual(
      expect.objectContaining({ action: 'iam:Test', result: 'SUCCESS', detail: { sessionId: principal.sessionId } }),
    )
  })
})

describe('signOutEverywhere', () => {
  test('ends every session of the caller, of this very millisecond too, and no access key', async () => {
    const mine = await house.signIn()
    const session = await temporary()
    const bobs = await house.signIn({ userName: 'Bob' })
    await signOutEverywhere(house.callOf(mine.principal))
    await bearerEnded(mine.accessToken)
    await bearerEnded(session.accessToken)
    expect(await codedError(() => house.signed(session))).toEqual(ENDED)
    await house.signed(keyOf(house.alice))
    await house.bearer(bobs.accessToken)
  })

  test('lets sessions begin again at once, and ends those too when asked in the same second', async () => {
    house.services.clock.set('2026-01-15T12:00:00.900Z')
    for (let round = 0; round < 3; round++) {
      const { principal, accessToken } = await house.signIn()
      const session = await temporary()
      await house.bearer(accessToken)
      await house.bearer(session.accessToken)
      await house.authenticator.authenticate(await signedRequest(session, house.services.clock()))
      await signOutEverywhere(house.callOf(principal))
      await bearerEnded(accessToken)
      await bearerEnded(session.accessToken)
      expect(await codedError(() => house.signed(session))).toEqual(ENDED)
    }
  })

  test('ends those of another user for whoever is allowed to', async () => {
    const { accessToken } = await house.signIn()
    const call = await callAs(house.services, house.account.root)
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
    const first = await house.signIn()
    const second = await house.signIn()
    const input = { sessionId: first.principal.sessionId! }
    await revokeSession(house.callOf(second.principal), input)
    await revokeSession(house.callOf(second.principal), input)
    await bearerEnded(first.accessToken)
    await house.bearer(second.accessToken)
  })

  test('knows only the sessions of the user that it was allowed for', async () => {
    const alices = await house.signIn()
    const bobs = await house.signIn({ userName: 'Bob' })
    const sessionId = alices.principal.sessionId!
    const refusal = (id: string) => codedError(() => revokeSession(house.callOf(bobs.principal), { sessionId: id }))
    for (const id of [sessionId, 'nonsense'])
      expect(await refusal(id)).toEqual({
        code: 'NoSuchEntity',
        httpStatus: 404,
        message: `The session with id ${id} cannot be found.`,
      })
    expect(await refusal('a\0b')).toMatchObject({ code: 'ValidationError' })
    await house.bearer(alices.accessToken)
    await revokeSession(await callAs(house.services, house.account.root), { sessionId, userName: 'Alice' })
    await bearerEnded(alices.accessToken)
  })
})

test('a session ends with its user', async () => {
  const { accessToken } = await house.signIn()
  await house.db.accessKey.deleteMany()
  await house.db.loginProfile.deleteMany()
  await house.db.user.deleteMany({ where: { name: 'Alice' } })
  await bearerEnded(accessToken)
})
