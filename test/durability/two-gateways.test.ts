import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createBearerFetch, createSigningFetch } from '../../src/client/index.ts'
import { policyOf } from '../support/installation.ts'
import { createScratchDatabase, type ScratchDatabase } from './scratch-postgresql.ts'
import { freePort, type ServerProcess, startServer } from './server-process.ts'

const POSTGRESQL = process.env.TEST_DATABASE_URL
const TIMEOUT = 240_000
const ROUNDS = 20
const ACCOUNT_ID = '123456789012'
const ROOT = { rootEmail: 'root@example.com', password: 'a password of the tests' }
const PASSWORD = 'Correct-Horse-7'

interface Answer {
  readonly codes: readonly string[]
  /** What stands at a path of the data. */
  at(path: string): unknown
}

/** Asks one of the two gateways: the first, the second, the first… */
type Ask = (gateway: number, query: string, variables?: Readonly<Record<string, unknown>>) => Promise<Answer>

/** Somebody who may, and how that is ended. */
interface Standing {
  readonly ask: Ask
  /** What is allowed before and refused afterwards. */
  readonly query: string
  /** On one gateway, as an administrator or as oneself. */
  readonly end: (gateway: number) => Promise<unknown>
  readonly code: 'AccessDenied' | 'InvalidClientTokenId'
}

describe.runIf(POSTGRESQL)('two gateways on one PostgreSQL', () => {
  const folders: string[] = []
  let scratch: ScratchDatabase
  let servers: readonly ServerProcess[] = []
  let admin: Ask

  beforeAll(async () => {
    scratch = await createScratchDatabase(POSTGRESQL ?? '', 'gateways')
    const env = {
      DATABASE_URL: scratch.url,
      LATCHKEY_ACCOUNT_ID: ACCOUNT_ID,
      LATCHKEY_ROOT_EMAIL: ROOT.rootEmail,
      LATCHKEY_ROOT_PASSWORD: ROOT.password,
      LATCHKEY_MASTER_KEY: '0f'.repeat(32),
      // Where tokens are from and for: the same whichever gateway issues them.
      LATCHKEY_PUBLIC_URL: 'http://127.0.0.1:4000',
    }
    const start = async (): Promise<ServerProcess> => {
      const folder = mkdtempSync(path.join(tmpdir(), 'latchkey-'))
      folders.push(folder)
      const port = await freePort()
      const server = await startServer({ ...env, LATCHKEY_DATA_DIR: folder, PORT: String(port) })
      // What it says of itself is the public address.
      return { ...server, url: `http://127.0.0.1:${port}` }
    }
    servers = [await start()]
    servers = [...servers, await start()]
    const root = bearing(await signIn(0, ROOT))
    const key = await root(0, CREATE_KEY, { input: {} })
    admin = signing(key)
  }, TIMEOUT)

  afterAll(async () => {
    for (const server of servers) await server.end('SIGKILL')
    await scratch?.drop()
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  }, TIMEOUT)

  const asking =
    (send: typeof fetch): Ask =>
    async (gateway, query, variables = {}) => {
      const response = await send(`${servers[gateway % 2]!.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      })
      const { data, errors = [] }: { data?: unknown; errors?: { extensions: { code: string } }[] } =
        await response.json()
      return {
        codes: errors.map(({ extensions }) => extensions.code),
        at: (place) => place.split('.').reduce<unknown>((value, key) => Reflect.get(Object(value), key), data),
      }
    }

  const signing = (made: Answer, under = 'createAccessKey'): Ask => {
    const sessionToken = made.at(`${under}.sessionToken`)
    return asking(
      createSigningFetch({
        accessKeyId: String(made.at(`${under}.accessKey.accessKeyId`) ?? made.at(`${under}.accessKeyId`)),
        secretAccessKey: String(made.at(`${under}.secretAccessKey`)),
        ...(typeof sessionToken === 'string' && { sessionToken }),
      }),
    )
  }
  const bearing = (signedIn: Answer) =>
    asking(createBearerFetch({ accessToken: String(signedIn.at('signIn.accessToken')) }))
  const signIn = (gateway: number, input: object) => asking(fetch)(gateway, SIGN_IN, { input })

  /** A change that must work. */
  async function change(gateway: number, name: string, input: object): Promise<Answer> {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`
    const answer = await admin(gateway, `mutation ($input: ${type}!) { ${name}(input: $input) { __typename } }`, {
      input,
    })
    expect([name, answer.codes]).toEqual([name, []])
    return answer
  }

  let named = 0
  const newName = (kind: string) => `${kind}-${++named}`
  const MAY = policyOf([{ action: 'iam:GetUser' }])
  const ME = '{ user { name } }'

  /** A user with a key; `may`: with an inline policy to look at users. */
  async function person(gateway: number, may: boolean): Promise<{ userName: string; accessKeyId: string; ask: Ask }> {
    const userName = newName('person')
    await change(gateway, 'createUser', { userName })
    if (may) await change(gateway, 'putUserPolicy', { userName, policyName: 'may', policyDocument: MAY })
    const made = await admin(gateway, CREATE_KEY, { input: { userName } })
    return { userName, accessKeyId: String(made.at('createAccessKey.accessKey.accessKeyId')), ask: signing(made) }
  }

  async function managedPolicy(gateway: number, document: object): Promise<string> {
    const policyName = newName('policy')
    await change(gateway, 'createPolicy', { policyName, policyDocument: document })
    return `arn:aws:iam::${ACCOUNT_ID}:policy/${policyName}`
  }

  async function signedIn(gateway: number) {
    const { userName, accessKeyId } = await person(gateway, true)
    await change(gateway, 'createLoginProfile', { userName, password: PASSWORD })
    const ask = bearing(await signIn(gateway, { account: ACCOUNT_ID, userName, password: PASSWORD }))
    return { userName, accessKeyId, ask }
  }

  const WAYS: Readonly<Record<string, (gateway: number) => Promise<Standing>>> = {
    'a key that is deactivated': async (gateway) => {
      const { ask, ...key } = await person(gateway, true)
      const end = (on: number) => change(on, 'updateAccessKey', { ...key, status: 'INACTIVE' })
      return { ask, query: ME, end, code: 'InvalidClientTokenId' }
    },
    'a key that is deleted': async (gateway) => {
      const { ask, ...key } = await person(gateway, true)
      return { ask, query: ME, end: (on) => change(on, 'deleteAccessKey', key), code: 'InvalidClientTokenId' }
    },
    'a policy that is detached': async (gateway) => {
      const { userName, ask } = await person(gateway, false)
      const attachment = { userName, policyArn: await managedPolicy(gateway, MAY) }
      await change(gateway, 'attachUserPolicy', attachment)
      return { ask, query: ME, end: (on) => change(on, 'detachUserPolicy', attachment), code: 'AccessDenied' }
    },
    'a policy whose default version is another': async (gateway) => {
      const { userName, ask } = await person(gateway, false)
      const policyArn = await managedPolicy(gateway, MAY)
      await change(gateway, 'attachUserPolicy', { userName, policyArn })
      const policyDocument = policyOf([{ action: 's3:GetObject' }])
      const end = (on: number) => change(on, 'createPolicyVersion', { policyArn, policyDocument, setAsDefault: true })
      return { ask, query: ME, end, code: 'AccessDenied' }
    },
    'an inline policy that is deleted': async (gateway) => {
      const { userName, ask } = await person(gateway, true)
      const end = (on: number) => change(on, 'deleteUserPolicy', { userName, policyName: 'may' })
      return { ask, query: ME, end, code: 'AccessDenied' }
    },
    'a group that is left': async (gateway) => {
      const { userName, ask } = await person(gateway, false)
      const groupName = newName('group')
      await change(gateway, 'createGroup', { groupName })
      await change(gateway, 'putGroupPolicy', { groupName, policyName: 'may', policyDocument: MAY })
      await change(gateway, 'addUserToGroup', { groupName, userName })
      const end = (on: number) => change(on, 'removeUserFromGroup', { groupName, userName })
      return { ask, query: ME, end, code: 'AccessDenied' }
    },
    'a permissions boundary that is set': async (gateway) => {
      const { userName, ask } = await person(gateway, true)
      const permissionsBoundary = await managedPolicy(gateway, policyOf([{ action: 's3:GetObject' }]))
      const end = (on: number) => change(on, 'putUserPermissionsBoundary', { userName, permissionsBoundary })
      return { ask, query: ME, end, code: 'AccessDenied' }
    },
    'a session that is signed out of': async (gateway) => {
      const { ask } = await signedIn(gateway)
      const end = (on: number) => ask(on, 'mutation { signOut { signedOut } }')
      return { ask, query: ME, end, code: 'InvalidClientTokenId' }
    },
    'a password that somebody else set': async (gateway) => {
      const { userName, ask } = await signedIn(gateway)
      const end = (on: number) => change(on, 'updateLoginProfile', { userName, password: 'Another-Horse-8' })
      return { ask, query: ME, end, code: 'InvalidClientTokenId' }
    },
    'a user that is deleted': async (gateway) => {
      const { userName, accessKeyId, ask } = await signedIn(gateway)
      const end = async (on: number) => {
        await change(on, 'deleteAccessKey', { userName, accessKeyId })
        await change(on, 'deleteUserPolicy', { userName, policyName: 'may' })
        await change(on, 'deleteLoginProfile', { userName })
        await change(on, 'deleteUser', { userName })
      }
      return { ask, query: ME, end, code: 'InvalidClientTokenId' }
    },
    'the sessions of a role that are revoked': async (gateway) => {
      const { userName, ask: assume } = await person(gateway, true)
      const roleName = newName('role')
      const roleArn = `arn:aws:iam::${ACCOUNT_ID}:role/${roleName}`
      const trust = {
        Version: '2012-10-17',
        Statement: {
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${ACCOUNT_ID}:user/${userName}` },
          Action: 'sts:AssumeRole',
        },
      }
      await change(gateway, 'createRole', { roleName, assumeRolePolicyDocument: trust })
      const policyDocument = policyOf([{ action: 'iam:ListUsers' }])
      await change(gateway, 'putRolePolicy', { roleName, policyName: 'may', policyDocument })
      const assumed = await assume(gateway, ASSUME, { input: { roleArn, roleSessionName: 'gateways' } })
      return {
        ask: signing(assumed, 'assumeRole'),
        query: '{ users(first: 1) { edges { cursor } } }',
        end: (on) => change(on, 'revokeRoleSessions', { roleName }),
        code: 'InvalidClientTokenId',
      }
    },
  }

  test.each(Object.keys(WAYS))(
    '%s on one is refused by the other on the next request',
    async (way) => {
      for (const gateway of [0, 1]) {
        const { ask, query, end, code } = await WAYS[way]!(gateway)
        // Both have seen it work, and remember what they remember.
        for (const one of [gateway, gateway + 1]) expect((await ask(one, query)).codes).toEqual([])
        await end(gateway)
        for (const one of [gateway + 1, gateway]) expect((await ask(one, query)).codes).toEqual([code])
      }
    },
    TIMEOUT,
  )

  test(
    `what one gives and takes counts on the other at once, ${ROUNDS} times in turn`,
    async () => {
      const { userName, ask } = await person(0, false)
      const attachment = { userName, policyArn: await managedPolicy(0, MAY) }
      const heard: unknown[] = []
      for (let round = 0; round < ROUNDS; round++) {
        const [here, there] = [round, round + 1]
        await change(here, 'attachUserPolicy', attachment)
        const given = await ask(there, ME)
        await change(there, 'detachUserPolicy', attachment)
        const taken = await ask(here, ME)
        heard.push([...given.codes, given.at('user.name'), ...taken.codes])
      }
      expect(heard).toEqual(Array.from({ length: ROUNDS }, () => [userName, 'AccessDenied']))
    },
    TIMEOUT,
  )

  test(
    `what one wrote the other reads, ${ROUNDS} times in turn`,
    async () => {
      const { userName } = await person(0, false)
      const read: unknown[] = []
      for (let round = 0; round < ROUNDS; round++) {
        await change(round, 'tagUser', { userName, tags: [{ key: 'round', value: String(round) }] })
        const query = 'query ($name: String) { user(name: $name) { tags { value } } }'
        read.push((await admin(round + 1, query, { name: userName })).at('user.tags.0.value'))
      }
      expect(read).toEqual(Array.from({ length: ROUNDS }, (_, round) => String(round)))
    },
    TIMEOUT,
  )
})

const CREATE_KEY = `mutation ($input: CreateAccessKeyInput!) {
  createAccessKey(input: $input) { secretAccessKey accessKey { accessKeyId } }
}`
const SIGN_IN = 'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }'
const ASSUME = `mutation ($input: AssumeRoleInput!) {
  assumeRole(input: $input) { accessKeyId secretAccessKey sessionToken }
}`
