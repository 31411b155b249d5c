import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type Account,
  at,
  type Ask,
  type Installation,
  openInstallation,
  policyOf,
  textAt,
} from '../../support/installation.ts'
import { attempt, must } from './role-setup.ts'

let installation: Installation
let account: Account
let named = 0

beforeAll(async () => {
  installation = await openInstallation()
  account = await installation.openAccount()
})

afterAll(() => installation.stop())

const SELECTION = `accessKeyId secretAccessKey sessionToken accessToken expiresAt packedPolicySize
  federatedUser { arn federatedUserId }`

async function federate(ask: Ask, input: object = {}) {
  const answer = await must(ask, 'getFederationToken', { name: 'guest', ...input }, SELECTION)
  const signed = installation.signs({
    accessKeyId: textAt(answer, 'getFederationToken.accessKeyId'),
    secretAccessKey: textAt(answer, 'getFederationToken.secretAccessKey'),
    sessionToken: textAt(answer, 'getFederationToken.sessionToken'),
  })
  return { answer, ask: signed, bearer: installation.bears(textAt(answer, 'getFederationToken.accessToken')) }
}

const federator = () =>
  account.user({
    name: `federator-${++named}`,
    allow: [{ action: ['s3:*', 'sts:GetFederationToken', 'sts:TagSession'] }],
  })

const can = async (ask: Ask, action: string, resource = '*') =>
  at(
    await ask('query ($checks: [AccessCheck!]!) { viewer { can(checks: $checks) { allowed } } }', {
      checks: [{ action, resource }],
    }),
    'viewer.can.0.allowed',
  )

test('a federated user is known by its name, in both forms of its credentials', async () => {
  const { answer, ask, bearer } = await federate((await federator()).ask)
  const arn = `arn:aws:sts::${account.accountId}:federated-user/guest`
  const federatedUserId = `${account.accountId}:guest`
  expect(at(answer, 'getFederationToken.federatedUser')).toEqual({ arn, federatedUserId })
  expect(at(answer, 'getFederationToken.packedPolicySize')).toBe(0)
  for (const who of [ask, bearer])
    expect((await who('{ viewer { arn userId user { name } } }')).data).toEqual({
      viewer: { arn, userId: federatedUserId, user: null },
    })
})

test('it may do what its policies and its user both allow, and nothing without policies', async () => {
  const user = await federator()
  const nothing = await federate(user.ask)
  const reads = await federate(user.ask, { policy: policyOf([{ action: ['s3:GetObject', 'ec2:*'] }]) })
  expect(await can(nothing.ask, 's3:GetObject')).toBe(false)
  expect(await can(reads.ask, 's3:GetObject')).toBe(true)
  expect(await can(reads.ask, 's3:PutObject')).toBe(false)
  expect(await can(reads.ask, 'ec2:RunInstances')).toBe(false)
})

test('its tags count as tags of the principal', async () => {
  const { ask } = await federate((await federator()).ask, {
    policy: policyOf([{ action: 's3:*', when: { StringEquals: { 'aws:PrincipalTag/team': 'red' } } }]),
    tags: [{ key: 'Team', value: 'red' }],
  })
  expect(await can(ask, 's3:GetObject')).toBe(true)
})

test('IAM and STS are closed to it, whatever the policies say', async () => {
  const { ask } = await federate(account.root, { policy: policyOf([{ action: '*' }]) })
  expect((await ask('{ users { edges { cursor } } }')).codes).toEqual(['InvalidClientTokenId'])
  const assume = { roleArn: account.arn('role/none'), roleSessionName: 'session' }
  expect((await attempt(ask, 'assumeRole', assume)).codes).toEqual(['InvalidClientTokenId'])
  expect((await attempt(ask, 'getFederationToken', { name: 'other' })).codes).toEqual(['InvalidClientTokenId'])
  expect((await ask('{ viewer { arn } }')).codes).toEqual([])
})

test('it ends with the key and with the user’s sessions, and can sign out', async () => {
  const user = await federator()
  const [one, two] = [await federate(user.ask), await federate(user.ask)]
  await one.ask('mutation { signOut { signedOut } }')
  expect((await one.bearer('{ viewer { arn } }')).codes).toEqual(['InvalidClientTokenId'])
  expect((await two.ask('{ viewer { arn } }')).codes).toEqual([])
  await must(account.root, 'updateAccessKey', {
    userName: user.name,
    accessKeyId: user.accessKeys[0]!.id,
    status: 'INACTIVE',
  })
  expect((await two.ask('{ viewer { arn } }')).codes).toEqual(['InvalidClientTokenId'])
})

test('root’s are cut to an hour, and sessions make none', async () => {
  const { answer, ask } = await federate(account.root, { durationSeconds: 129_600 })
  const end = new Date(textAt(answer, 'getFederationToken.expiresAt')).getTime()
  expect(end - installation.clock().getTime()).toBe(3_600_000)
  expect((await ask('{ viewer { arn } }')).codes).toEqual([])
  const user = await federator()
  const session = await must(user.ask, 'getSessionToken', {}, 'accessKeyId secretAccessKey sessionToken')
  const temporary = installation.signs({
    accessKeyId: textAt(session, 'getSessionToken.accessKeyId'),
    secretAccessKey: textAt(session, 'getSessionToken.secretAccessKey'),
    sessionToken: textAt(session, 'getSessionToken.sessionToken'),
  })
  expect((await attempt(temporary, 'getFederationToken', { name: 'guest' })).errors).toMatchObject([
    { message: 'Cannot call GetFederationToken with session credentials', extensions: { code: 'AccessDenied' } },
  ])
})
