import type { GraphQLClient } from 'graphql-request'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Account, type Installation, openInstallation } from '../support/installation.ts'
import { PASSWORD, passwordHash } from '../support/world.ts'
import {
  clientsOf,
  CREATE_KEY,
  type CreatedKey,
  credentialsOf,
  DELETE_KEY,
  refusalOf,
  SIGN_IN,
  type SignedIn,
  UPDATE_KEY,
} from './clients.ts'

const CREATE_OWN = ['iam:CreateAccessKey', 'iam:GetUser', 'iam:ListAccessKeys', 'iam:TagUser']
const MANAGE_OWN = [...CREATE_OWN, 'iam:DeleteAccessKey', 'iam:GetAccessKeyLastUsed', 'iam:UpdateAccessKey']
const VARIABLES = [`\${aws:username}`, '$<aws:username>']

let installation: Installation
let account: Account
let clients: ReturnType<typeof clientsOf>
let root: GraphQLClient
let named = 0

beforeAll(async () => {
  installation = await openInstallation()
  account = await installation.openAccount({ alias: 'example', rootEmail: 'root@example.com' })
  const { accountId, rootUser } = account
  const at = { createdAt: installation.clock(), passwordChangedAt: installation.clock() }
  await installation.db.loginProfile.create({
    data: { accountId, userId: rootUser.id, passwordHash: await passwordHash, ...at },
  })
  clients = clientsOf(installation)
  const signedIn = await clients.anonymous.request<SignedIn>(SIGN_IN, {
    input: { rootEmail: 'root@example.com', password: PASSWORD },
  })
  expect(signedIn.signIn.viewer.arn).toBe(account.arn('root'))
  root = clients.bearing(signedIn.signIn.accessToken)
})

afterAll(() => installation.stop())

/** What root does for a new colleague: a user, a policy for their own keys, a password. */
async function newColleague(actions: readonly string[], variable: string): Promise<string> {
  const userName = `colleague-${++named}`
  await root.request('mutation ($input: CreateUserInput!) { createUser(input: $input) { user { arn } } }', {
    input: { userName },
  })
  await root.request('mutation ($input: PutUserPolicyInput!) { putUserPolicy(input: $input) { policyName } }', {
    input: {
      userName,
      policyName: 'own-keys',
      policyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: actions, Resource: `arn:aws:iam::*:user/${variable}` }],
      },
    },
  })
  await root.request(
    'mutation ($input: CreateLoginProfileInput!) { createLoginProfile(input: $input) { __typename } }',
    {
      input: { userName, password: PASSWORD },
    },
  )
  return userName
}

async function signIn(userName: string, accountName = 'example'): Promise<GraphQLClient> {
  const answer = await clients.anonymous.request<SignedIn>(SIGN_IN, {
    input: { account: accountName, userName, password: PASSWORD },
  })
  return clients.bearing(answer.signIn.accessToken)
}

const denied = (name: string, action: string, resource: string) => ({
  message: `User: ${account.arn(`user/${name}`)} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
  extensions: { code: 'AccessDenied', authz: { action, effect: 'IMPLICIT_DENY', reason: 'NO_IDENTITY_POLICY' } },
})

describe.each(VARIABLES)('a user who may create own keys, by %s', (variable) => {
  test('creates two, sees what they are for, and may do nothing more', async () => {
    const name = await newColleague(CREATE_OWN, variable)
    const me = await signIn(name, account.accountId)

    const first = await me.request<CreatedKey>(CREATE_KEY, { input: { description: 'the laptop' } })
    const { accessKeyId, secretAccessKey } = credentialsOf(first)
    expect(accessKeyId).toMatch(/^AKIA[A-Z2-7]{16}$/)
    expect(secretAccessKey).toMatch(/^[A-Za-z0-9+/]{40}$/)
    expect(first.createAccessKey.accessKey).toMatchObject({ status: 'ACTIVE', description: 'the laptop' })
    expect(first.createAccessKey.csv).toBe(`Access key ID,Secret access key\n${accessKeyId},${secretAccessKey}`)

    const second = await me.request<CreatedKey>(CREATE_KEY, { input: { userName: name } })
    expect(
      await me.request(
        '{ user { tags { key value } accessKeyQuota { used limit } accessKeys { accessKeyId status description } } }',
      ),
    ).toEqual({
      user: {
        tags: [{ key: accessKeyId, value: 'the laptop' }],
        accessKeyQuota: { used: 2, limit: 2 },
        accessKeys: expect.arrayContaining([
          { accessKeyId, status: 'ACTIVE', description: 'the laptop' },
          { accessKeyId: credentialsOf(second).accessKeyId, status: 'ACTIVE', description: null },
        ]),
      },
    })
    expect(await refusalOf(me.request(CREATE_KEY, { input: {} }))).toMatchObject({
      message: 'Cannot exceed quota for AccessKeysPerUser: 2',
      extensions: { code: 'LimitExceeded' },
    })

    // Usable at once, and each by itself.
    for (const key of [first, second]) {
      expect(await clients.signing(credentialsOf(key)).request('{ user { name } }')).toEqual({ user: { name } })
    }
    expect(await refusalOf(me.request(UPDATE_KEY, { input: { accessKeyId, status: 'INACTIVE' } }))).toMatchObject(
      denied(name, 'iam:UpdateAccessKey', `user ${name}`),
    )
    expect(await refusalOf(me.request(DELETE_KEY, { input: { accessKeyId } }))).toMatchObject(
      denied(name, 'iam:DeleteAccessKey', `user ${name}`),
    )
    await me.request(UPDATE_KEY, { input: { accessKeyId, description: 'the old laptop' } })
    expect(await me.request('{ user { tags { value } } }')).toEqual({ user: { tags: [{ value: 'the old laptop' }] } })
  })

  test('may do nothing to anybody else, whether they exist or not', async () => {
    const name = await newColleague(CREATE_OWN, variable)
    const other = await newColleague([], 'nobody').catch(() => 'colleague-of-nobody')
    const me = await signIn(name)
    for (const userName of [other, 'nobody-at-all']) {
      expect(await refusalOf(me.request(CREATE_KEY, { input: { userName } }))).toMatchObject(
        denied(name, 'iam:CreateAccessKey', `user ${userName}`),
      )
      expect(
        await refusalOf(me.request('query ($name: String) { user(name: $name) { name } }', { name: userName })),
      ).toMatchObject(denied(name, 'iam:GetUser', `user ${userName}`))
      expect(
        await refusalOf(me.request(DELETE_KEY, { input: { userName, accessKeyId: 'AKIAQAAAAAAAAAAAAAAA' } })),
      ).toMatchObject(denied(name, 'iam:DeleteAccessKey', `user ${userName}`))
    }
  })
})

describe.each(VARIABLES)('a user who may manage own keys, by %s', (variable) => {
  test('rotates them without stopping anything, step by step', async () => {
    const name = await newColleague(MANAGE_OWN, variable)
    const me = await signIn(name)
    const old = credentialsOf(await me.request<CreatedKey>(CREATE_KEY, { input: { description: 'deployment' } }))
    const oldApplication = clients.signing(old)
    await oldApplication.request('{ viewer { arn } }')

    // 1. A second key while the first is active.
    const fresh = credentialsOf(await oldApplication.request<CreatedKey>(CREATE_KEY, { input: {} }))
    // 2. Applications move to it.
    const newApplication = clients.signing(fresh)
    installation.clock.advance(60_000)
    await newApplication.request('{ viewer { arn } }')
    // 3. When was the old one used last?
    await installation.application.lastUsed.flush()
    const lastUsed =
      'query ($id: ID!) { accessKey(id: $id) { userName lastUsed { at service region operation sourceIp } } }'
    const used = await newApplication.request<{ accessKey: { lastUsed: { at: string } } }>(lastUsed, {
      id: old.accessKeyId,
    })
    expect(used).toMatchObject({
      accessKey: {
        userName: name,
        lastUsed: { service: 'iam', region: 'us-east-1', sourceIp: '127.0.0.1' },
      },
    })
    expect(new Date(used.accessKey.lastUsed.at) < installation.clock()).toBe(true)
    // 4. Deactivate the old one, with the new one.
    const update = (status: string) =>
      newApplication.request(UPDATE_KEY, { input: { accessKeyId: old.accessKeyId, status } })
    expect(await update('INACTIVE')).toEqual({ updateAccessKey: { accessKey: { status: 'INACTIVE' } } })
    // 5. What still uses it fails at once; the new one works; the old one can come back.
    expect(await refusalOf(oldApplication.request('{ viewer { arn } }'))).toMatchObject({
      message: 'The security token included in the request is invalid.',
      extensions: { code: 'InvalidClientTokenId' },
    })
    await newApplication.request('{ viewer { arn } }')
    await update('ACTIVE')
    await oldApplication.request('{ viewer { arn } }')
    await update('INACTIVE')
    // An inactive key still counts.
    expect(await refusalOf(me.request(CREATE_KEY, { input: {} }))).toMatchObject({
      extensions: { code: 'LimitExceeded' },
    })
    // 6. Delete it, and its description with it.
    const remove = { input: { accessKeyId: old.accessKeyId, requireInactive: true } }
    expect(await newApplication.request(DELETE_KEY, remove)).toEqual({
      deleteAccessKey: { deletedAccessKeyId: old.accessKeyId },
    })
    expect(await refusalOf(oldApplication.request('{ viewer { arn } }'))).toMatchObject({
      extensions: { code: 'InvalidClientTokenId' },
    })
    expect(await newApplication.request('{ user { tags { key } accessKeys { accessKeyId } } }')).toEqual({
      user: { tags: [], accessKeys: [{ accessKeyId: fresh.accessKeyId }] },
    })
    expect(await refusalOf(newApplication.request(DELETE_KEY, remove))).toMatchObject({
      message: expect.stringMatching(/^The Access Key with id AKIA\w+ cannot be found\.?$/),
      extensions: { code: 'NoSuchEntity' },
    })
  })

  test('cannot delete a key that is still active where the console would not', async () => {
    const me = await signIn(await newColleague(MANAGE_OWN, variable))
    const { accessKeyId } = credentialsOf(await me.request<CreatedKey>(CREATE_KEY, { input: {} }))
    expect(await refusalOf(me.request(DELETE_KEY, { input: { accessKeyId, requireInactive: true } }))).toMatchObject({
      extensions: { code: 'DeleteConflict' },
    })
    await me.request(DELETE_KEY, { input: { accessKeyId } })
  })
})

describe('keys that are made at once', () => {
  const allow = [{ action: 'iam:*' }]

  test('are two, however many were asked for', async () => {
    const { ask, id } = await account.user({ name: 'Impatient', allow, accessKeys: 1 })
    const asked = await Promise.all(
      Array.from({ length: 10 }, () => ask('mutation { createAccessKey(input: {}) { accessKey { accessKeyId } } }')),
    )
    expect(asked.filter(({ codes }) => codes.length === 0)).toHaveLength(1)
    const refused = asked.filter(({ codes }) => codes.length > 0)
    expect(refused.flatMap(({ codes }) => codes)).toEqual(Array(9).fill('LimitExceeded'))
    expect(await installation.db.accessKey.count({ where: { userId: id } })).toBe(2)
  })

  test('are two for a user who had none, asked for by somebody else', async () => {
    const { id } = await account.createTestUser({ name: 'Pampered', accessKeys: 0 })
    const asked = await Promise.all(
      Array.from({ length: 10 }, () =>
        root.request(CREATE_KEY, { input: { userName: 'Pampered' } }).then(
          () => 'made',
          () => 'refused',
        ),
      ),
    )
    expect(asked.filter((outcome) => outcome === 'made')).toHaveLength(2)
    expect(await installation.db.accessKey.count({ where: { userId: id } })).toBe(2)
  })

  test('with one client token are one, with one secret', async () => {
    const { ask, id } = await account.user({ name: 'Careful', allow })
    const create = () =>
      ask('mutation { createAccessKey(input: { clientToken: "once" }) { secretAccessKey accessKey { accessKeyId } } }')
    const asked = await Promise.all(Array.from({ length: 5 }, create))
    expect(new Set(asked.map(({ data }) => JSON.stringify(data))).size).toBe(1)
    expect(asked.flatMap(({ errors }) => errors)).toEqual([])
    expect(await installation.db.accessKey.count({ where: { userId: id } })).toBe(2)
    // The token is its caller's own: to somebody else it says nothing.
    const other = await account.user({ name: 'Curious', allow })
    const { data, codes } = await other.ask(
      'mutation { createAccessKey(input: { userName: "Careful", clientToken: "once" }) { secretAccessKey } }',
    )
    expect([data, codes]).toEqual([{ createAccessKey: null }, ['LimitExceeded']])
  })
})
