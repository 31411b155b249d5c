import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Account, at, type Installation, openInstallation, textAt } from '../support/installation.ts'
import { PASSWORD, passwordHash } from '../support/world.ts'

let installation: Installation
let account: Account
beforeAll(async () => {
  installation = await openInstallation()
  account = await installation.openAccount()
  for (const name of ['alice', 'bob'])
    await account.user({ name, passwordHash: await passwordHash, allow: [{ action: 'iam:GetUser' }] })
})
afterAll(() => installation.stop())

const SESSIONS = `query ($userName: String!) {
  userSessions(userName: $userName) { sessionId issuedAt lastSeenAt mfaAuthenticatedAt sourceIp userAgent current }
}`
const END_ONE = 'mutation ($input: RevokeUserSessionInput!) { revokeUserSession(input: $input) { sessionId } }'
const END_ALL = 'mutation ($input: RevokeUserSessionsInput!) { revokeUserSessions(input: $input) { revoked } }'

async function signIn(userName: string, userAgent = 'a browser') {
  const ask = installation.asks(fetch, { 'user-agent': userAgent })
  const input = { account: account.accountId, userName, password: PASSWORD }
  const answer = await ask('mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }', { input })
  return installation.bears(textAt(answer, 'signIn.accessToken'))
}

const admin = (name: string, action: string) =>
  account.user({ name, allow: [{ action, on: account.arn('user/alice') }] })

test('an administrator sees where a user is signed in, since when, and when that was last seen', async () => {
  const alice = await signIn('alice', 'a laptop')
  await signIn('bob')
  installation.clock.advance(60_000)
  await alice('{ viewer { arn } }')
  await installation.application.lastUsed.flush()
  const { ask } = await admin('looks', 'latchkey:ListSessions')
  const answer = await ask(SESSIONS, { userName: 'alice' })
  expect(answer.data).toEqual({
    userSessions: [
      {
        sessionId: expect.any(String),
        issuedAt: new Date(installation.clock().getTime() - 60_000).toISOString(),
        lastSeenAt: installation.clock().toISOString(),
        mfaAuthenticatedAt: null,
        sourceIp: '127.0.0.1',
        userAgent: 'a laptop',
        current: false,
      },
    ],
  })
  expect((await ask(SESSIONS, { userName: 'bob' })).codes).toEqual(['AccessDenied'])
})

test('an ended session is refused at the next request, the others stand, and the trail tells who ended it', async () => {
  const [first, second] = [await signIn('alice', 'first'), await signIn('alice', 'second')]
  const mine = await installation.db.session.findFirstOrThrow({
    where: { accountId: account.accountId, userAgent: 'first' },
  })
  const { ask, arn } = await admin('ends', 'latchkey:RevokeSession')
  expect((await ask(END_ONE, { input: { userName: 'alice', sessionId: mine.id } })).codes).toEqual([])
  expect((await first('{ viewer { arn } }')).codes).toEqual(['InvalidClientTokenId'])
  expect((await second('{ viewer { arn } }')).codes).toEqual([])
  expect((await account.trail()).find(({ action }) => action === 'latchkey:RevokeSession')).toMatchObject({
    result: 'SUCCESS',
    principalArn: arn,
    resource: account.arn('user/alice'),
    detail: { userName: 'alice', sessionId: mine.id },
  })
})

test("nobody ends a session of bob's by calling it alice's", async () => {
  const bob = await signIn('bob', 'of bob')
  const { id: sessionId } = await installation.db.session.findFirstOrThrow({ where: { userAgent: 'of bob' } })
  const { ask } = await admin('tries', 'latchkey:RevokeSession')
  expect((await ask(END_ONE, { input: { userName: 'alice', sessionId } })).codes).toEqual(['NoSuchEntity'])
  expect((await ask(END_ONE, { input: { userName: 'bob', sessionId } })).codes).toEqual(['AccessDenied'])
  expect((await bob('{ viewer { arn } }')).codes).toEqual([])
})

test('all sessions of a user end at once, and a new one can begin', async () => {
  const alice = await signIn('alice')
  const { ask } = await admin('ends-all', 'latchkey:*')
  expect((await ask(END_ALL, { input: { userName: 'alice' } })).codes).toEqual([])
  expect((await alice('{ viewer { arn } }')).codes).toEqual(['InvalidClientTokenId'])
  expect(at(await ask(SESSIONS, { userName: 'alice' }), 'userSessions')).toEqual([])
  installation.clock.advance(2_000)
  expect((await (await signIn('alice'))('{ viewer { arn } }')).codes).toEqual([])
})

test('root is nobody by name: no user sees or ends its sessions', async () => {
  const { ask } = await account.user({ name: 'everything', allow: [{ action: 'latchkey:*' }] })
  expect((await ask(SESSIONS, { userName: '<root_account>' })).codes).toEqual(['ValidationError'])
  expect((await ask(END_ALL, { input: { userName: '<root_account>' } })).codes).toEqual(['ValidationError'])
})
