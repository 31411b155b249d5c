import { PASSWORD } from '../../support/world.ts'
import type { Play } from '../stage.ts'

const HOUR = 3_600_000
const BRIEFLY = { select: '{ arn credential sessionExpiresAt sessionIdleExpiresAt }' }

export const sessionsByGraphql: Play = async ({ ask, as, send, anonymous, root, nobody, user, account, clock }) => {
  const ann = await user('Ann', [{ action: 'iam:GetUser' }], { password: true, path: '/staff/' })
  const signIn = { account: account.accountId, userName: 'Ann', password: PASSWORD }
  const first = await as(anonymous).ask('signIn', signIn, { deep: 4 })
  const bearer = { name: 'the session of Ann', accessToken: first.text('accessToken') }
  const second = await as(anonymous).ask('signIn', { ...signIn, userName: 'ANN' })
  const other = { name: 'the other session of Ann', accessToken: second.text('accessToken') }
  await as(anonymous).ask('signIn', { ...signIn, password: 'Wrong-Horse-9' })
  await as(anonymous).ask('signIn', { ...signIn, userName: 'None' })
  await as(anonymous).ask('signIn', { ...signIn, account: '999999999999' })
  await as(anonymous).ask('signIn', { ...signIn, mfaCode: '123456' })
  await as(anonymous).ask('signIn', { password: PASSWORD })
  await as(anonymous).ask('signIn', { rootEmail: `root@${account.accountId}.example`, password: PASSWORD })
  const page = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' }
  const query = 'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken expiresAt } }'
  const body = JSON.stringify({ query, variables: { input: signIn } })
  await send(anonymous, 'to sign in from our own page', { method: 'POST', headers: page, body }, '/graphql')
  await ask('viewer', {}, { deep: 4 })
  await as(bearer).ask('viewer', {}, { deep: 4 })
  await as(root).ask('viewer', {})
  await as({ name: 'a forged token', accessToken: `${first.text('accessToken').slice(0, -6)}AAAAAA` }).ask(
    'viewer',
    {},
    BRIEFLY,
  )
  await as({ name: 'no token', accessToken: 'nothing' }).ask('viewer', {}, BRIEFLY)
  const sessions = await ask('userSessions', { userName: 'Ann' })
  await ask('userSessions', { userName: 'None' })
  await ask('revokeSession', { sessionId: sessions.text('0.sessionId') })
  await as(bearer).ask('revokeSession', { sessionId: 'none' })
  await as(bearer).ask('revokeSession', { sessionId: sessions.text('0.sessionId') })
  await as(other).ask('viewer', {}, BRIEFLY)
  await ask('revokeUserSession', { userName: 'Ann', sessionId: 'none' })
  await ask('revokeUserSession', { userName: 'Ann', sessionId: sessions.text('1.sessionId') })
  await as(bearer).ask('viewer', {}, BRIEFLY)
  await ask('revokeUserSessions', { userName: 'Ann' })

  const third = await as(anonymous).ask('signIn', signIn)
  const late = { name: 'a session of Ann', accessToken: third.text('accessToken') }
  await as(late).ask('signOut', {})
  await as(late).ask('viewer', {}, BRIEFLY)
  await ask('signOut', {})
  await ask('signOutEverywhere', {})
  const fourth = await as(anonymous).ask('signIn', signIn)
  await as({ ...late, accessToken: fourth.text('accessToken') }).ask('signOutEverywhere', {})
  const keyed = await ask('signInWithAccessKey', {})
  await as({ name: 'the session of the key', accessToken: keyed.text('accessToken') }).ask('viewer', {})
  await as(nobody).ask('signInWithAccessKey', {}, { select: '{ expiresAt }' })

  const temporary = await as(ann).ask('getSessionToken', {})
  await ask('getSessionToken', { durationSeconds: 900 })
  await ask('getSessionToken', { durationSeconds: 1 })
  await ask('getSessionToken', { serialNumber: account.arn('mfa/None'), tokenCode: '123456' })
  const credentials = {
    name: 'temporary credentials of Ann',
    accessKeyId: temporary.text('accessKeyId'),
    secretAccessKey: temporary.text('secretAccessKey'),
    sessionToken: temporary.text('sessionToken'),
  }
  await as(credentials).ask('viewer', {}, { deep: 4 })
  await as(credentials).ask('user', {}, { select: '{ name tags { key } }' })
  await as(credentials).ask('getSessionToken', {})
  clock.advance(13 * HOUR)
  await as(credentials).ask('viewer', {}, BRIEFLY)
  await as({ name: 'the expired session of the key', accessToken: keyed.text('accessToken') }).ask(
    'viewer',
    {},
    BRIEFLY,
  )
}

export const sessionsByAws: Play = async ({ call, as, user, clock }) => {
  const ann = await user('Ann', [{ action: 'iam:GetUser' }])
  await call('sts:GetCallerIdentity')
  const temporary = await as(ann).call('sts:GetSessionToken')
  await call('sts:GetSessionToken', { DurationSeconds: '900' })
  await call('sts:GetSessionToken', { MinimumSessionTokenSize: '4000' })
  const credentials = {
    name: 'temporary credentials of Ann',
    accessKeyId: temporary.text('AccessKeyId'),
    secretAccessKey: temporary.text('SecretAccessKey'),
    sessionToken: temporary.text('SessionToken'),
  }
  await as(credentials).call('sts:GetCallerIdentity')
  await as(credentials).call('GetUser')
  await as(credentials).call('sts:GetSessionToken')
  const { sessionToken: _, ...withoutToken } = credentials
  await as({ ...withoutToken, name: 'temporary credentials without their token' }).call('sts:GetCallerIdentity')
  clock.advance(13 * HOUR)
  await as(credentials).call('sts:GetCallerIdentity')
}
