import { beforeEach, describe, expect, test } from 'vitest'
import type { User } from '../../../src/generated/prisma/client.ts'
import {
  createServiceSpecificCredential,
  type CreateServiceSpecificCredentialInput,
} from '../../../src/iam/service-credentials/create-service-credential.ts'
import { stateOf } from '../../../src/iam/service-credentials/find-service-credential.ts'
import { listServiceSpecificCredentials } from '../../../src/iam/service-credentials/read-service-credentials.ts'
import { serviceNamed } from '../../../src/iam/service-credentials/service-names.ts'
import { hashServiceSecret } from '../../../src/iam/service-credentials/service-secret.ts'
import {
  deleteServiceSpecificCredential,
  resetServiceSpecificCredential,
  updateServiceSpecificCredential,
} from '../../../src/iam/service-credentials/update-service-credential.ts'
import { deleteUser } from '../../../src/iam/users/delete-user.ts'
import { updateUser } from '../../../src/iam/users/update-user.ts'
import { auditTrail, callAs, refusal } from '../../support/call.ts'
import { freshDatabase } from '../../support/database.ts'
import { type SeededAccount, seedAccount, type TestUser } from '../../support/seed-account.ts'
import { type TestServices, testServices } from '../../support/services.ts'

const GIT = 'codecommit.amazonaws.com'
const BEDROCK = 'bedrock.amazonaws.com'
const OWN = 'git.example.com'
const NO_SERVICES = [
  'git',
  's3.amazonaws.com',
  'amazonaws.com',
  'codecommit.amazonaws.com.cn',
  '10.0.0.1',
  '-x.example.com',
  'x_y.example.com',
  'https://git.example.com',
  'git.example.com.',
  `${'x'.repeat(64)}.example.com`,
  'git.example.com\n',
  '__proto__',
  'constructor',
]
const OWN_SERVICES = [OWN, 'Registry.Intern.Example', 'xn--bcher-kva.example', '1password.example.com']
const NOT_SUPPORTED = {
  code: 'NotSupportedService',
  message: 'The specified service does not support service-specific credentials.',
}
const DAY = 24 * 60 * 60 * 1000

let services: TestServices
let account: SeededAccount
let jane: TestUser
let joe: TestUser

beforeEach(async () => {
  services = testServices(await freshDatabase())
  account = await seedAccount(services)
  jane = await account.createTestUser({ name: 'Jane', accessKeys: 0 })
  joe = await account.createTestUser({ name: 'Joe', accessKeys: 0 })
})

const call = (user: User = account.root) => callAs(services, user)
const create = async (input: Partial<CreateServiceSpecificCredentialInput> = {}) =>
  await createServiceSpecificCredential(await call(), { userName: 'Jane', serviceName: GIT, ...input })
const named = (serviceSpecificCredentialId: string, userName = 'Jane') => ({ userName, serviceSpecificCredentialId })
const update = async (id: string, status: 'ACTIVE' | 'INACTIVE' | 'EXPIRED', userName?: string) =>
  await updateServiceSpecificCredential(await call(), { ...named(id, userName), status })
const reset = async (id: string, userName?: string) =>
  await resetServiceSpecificCredential(await call(), named(id, userName))
const remove = async (id: string, userName?: string) =>
  await deleteServiceSpecificCredential(await call(), named(id, userName))
const list = async (args: object, user?: User) =>
  (await listServiceSpecificCredentials(await call(user), args, () => ({}))).edges.map(({ node }) => node.publicName)
const stored = async (id: string) =>
  await services.db.serviceSpecificCredential.findUniqueOrThrow({
    where: { accountId_id: { accountId: account.accountId, id } },
  })

const notFound = (id: string) => ({
  code: 'NoSuchEntity',
  message: `The Service Specific Credential with id ${id} cannot be found.`,
})
const expired = {
  code: 'InvalidInput',
  message: 'The service-specific credential has expired. Delete it and create another one.',
}

describe('a service-specific credential', () => {
  test('is a user name made of user and account, and a password of which only a hash is stored', async () => {
    const { credential, secret } = await create({ userName: 'JANE' })
    expect(credential).toEqual({
      accountId: account.accountId,
      id: credential.id,
      userId: jane.id,
      serviceName: GIT,
      publicName: `Jane-at-${account.accountId}`,
      apiKey: false,
      status: 'ACTIVE',
      createdAt: services.clock(),
      expiresAt: null,
    })
    expect(credential.id).toMatch(/^ACCA[A-Z2-7]{17}$/)
    expect(secret).toMatch(/^[A-Za-z\d+/]{44}$/)
    expect((await stored(credential.id)).secretHash).toBe(hashServiceSecret(secret))
    const trail = await auditTrail(services, account.accountId)
    expect(trail.at(-1)?.detail).toEqual({
      userName: 'Jane'.toUpperCase(),
      serviceName: GIT,
      credentialAgeDays: null,
      serviceSpecificCredentialId: credential.id,
    })
  })

  test.each([BEDROCK, 'logs.amazonaws.com'])('for %s is an API key that carries its alias', async (serviceName) => {
    const { credential, secret } = await create({ serviceName, credentialAgeDays: 30 })
    expect(credential).toMatchObject({ apiKey: true, publicName: `Jane-at-${account.accountId}` })
    expect(credential.expiresAt).toEqual(new Date(services.clock().getTime() + 30 * DAY))
    expect(secret).toMatch(/^ABSK[A-Za-z\d+/]+=*$/)
    expect(Buffer.from(secret.slice(4), 'base64').toString()).toMatch(
      new RegExp(`^Jane-at-${account.accountId}:[A-Za-z\\d+/]{44}$`),
    )
    expect((await stored(credential.id)).secretHash).toBe(hashServiceSecret(secret))
  })

  test('gets a suffix when its user name is taken: by the first one, by another user, by somebody called so once', async () => {
    await create()
    expect((await create()).credential.publicName).toBe(`Jane+1-at-${account.accountId}`)
    await account.createTestUser({ name: 'Jane+1', accessKeys: 0 })
    expect((await create({ userName: 'Jane+1' })).credential.publicName).toBe(`Jane+1+1-at-${account.accountId}`)
    await updateUser(await call(), { userName: 'Jane', newUserName: 'Janet' })
    await account.createTestUser({ name: 'Jane', accessKeys: 0 })
    expect((await create()).credential.publicName).toBe(`Jane+2-at-${account.accountId}`)
    expect((await create({ serviceName: OWN })).credential.publicName).toBe(`Jane-at-${account.accountId}`)
  })

  test('is one of two of a user for a service, inactive ones counted, also when ten are asked for at once', async () => {
    const { credential } = await create()
    await update(credential.id, 'INACTIVE')
    const calls = await Promise.all(Array.from({ length: 10 }, () => call()))
    const input = { userName: 'Jane', serviceName: GIT }
    const results = await Promise.allSettled(calls.map((one) => createServiceSpecificCredential(one, input)))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const full = {
      code: 'LimitExceeded',
      message: 'Cannot exceed quota for ServiceSpecificCredentialsPerService: 2',
    }
    expect(await refusal(() => create())).toEqual(full)
    expect(await refusal(() => create({ serviceName: GIT.toUpperCase() }))).toEqual(full)
    await create({ userName: 'Joe' })
    await remove(credential.id)
    await create()
  })

  test('is one of a hundred of a user for all services', async () => {
    const { accountId } = account
    await services.db.serviceSpecificCredential.createMany({
      data: Array.from({ length: 100 }, (_, n) => ({
        accountId,
        id: `ACCAFILLFILLFILLFI${n}`,
        userId: jane.id,
        serviceName: `s${n}.example.com`,
        publicName: 'x',
        apiKey: false,
        secretHash: '00'.repeat(32),
        createdAt: services.clock(),
      })),
    })
    expect(await refusal(() => create())).toEqual({
      code: 'LimitExceeded',
      message: 'Cannot exceed quota for ServiceSpecificCredentialsPerUser: 100',
    })
  })

  test('is for AWS’s services that have such credentials and for host names of the company, not for others', async () => {
    for (const serviceName of NO_SERVICES)
      expect(await refusal(() => serviceNamed(serviceName)), serviceName).toEqual(NOT_SUPPORTED)
    for (const serviceName of OWN_SERVICES)
      expect(serviceNamed(serviceName)).toEqual({
        serviceName: serviceName.toLowerCase(),
        apiKey: false,
        expires: true,
      })
    expect(await refusal(() => create({ serviceName: 's3.amazonaws.com' }))).toEqual(NOT_SUPPORTED)
    expect(await refusal(() => list({ userName: 'Jane', serviceName: 's3.amazonaws.com' }))).toEqual(NOT_SUPPORTED)
    const { credential } = await create({ serviceName: 'Registry.Example', credentialAgeDays: 36_600 })
    expect(credential).toMatchObject({ serviceName: 'registry.example', apiKey: false })
  })

  test('expires after 1 to 36600 days, where it can expire', async () => {
    for (const credentialAgeDays of [0, -1, 36_601])
      expect(await refusal(() => create({ serviceName: BEDROCK, credentialAgeDays }))).toMatchObject({
        code: 'ValidationError',
      })
    for (const serviceName of [GIT, 'cassandra.amazonaws.com'])
      expect(await refusal(() => create({ serviceName, credentialAgeDays: 1 }))).toEqual({
        code: 'InvalidInput',
        message: `Credentials for ${serviceName} cannot be created with credentialAgeDays.`,
      })
  })

  test('is never one of root, and of nobody who does not exist', async () => {
    for (const userName of ['<root_account>', 'nobody'])
      expect(await refusal(() => create({ userName }))).toMatchObject({
        code: userName === 'nobody' ? 'NoSuchEntity' : 'ValidationError',
      })
  })
})

describe('once it has expired', () => {
  test('it says so, and can only be deactivated and deleted', async () => {
    const { credential } = await create({ serviceName: OWN, credentialAgeDays: 1 })
    services.clock.advance(DAY - 1)
    expect(stateOf(await stored(credential.id), services.clock())).toBe('ACTIVE')
    services.clock.advance(1)
    expect(stateOf(await stored(credential.id), services.clock())).toBe('EXPIRED')
    expect(await refusal(() => reset(credential.id))).toEqual(expired)
    expect(await refusal(() => update(credential.id, 'ACTIVE'))).toEqual(expired)
    expect(stateOf(await update(credential.id, 'INACTIVE'), services.clock())).toBe('EXPIRED')
    await remove(credential.id)
  })
})

describe('a reset', () => {
  test('replaces the secret and nothing else', async () => {
    const { credential, secret } = await create({ serviceName: BEDROCK, credentialAgeDays: 2 })
    await update(credential.id, 'INACTIVE')
    services.clock.advance(DAY)
    const again = await reset(credential.id)
    expect(again.credential).toEqual({ ...credential, status: 'INACTIVE' })
    expect(again.secret).not.toBe(secret)
    expect((await stored(credential.id)).secretHash).toBe(hashServiceSecret(again.secret))
  })
})

describe('a status', () => {
  test('goes there and back, and is never set to expired', async () => {
    const { credential } = await create()
    expect(await update(credential.id, 'INACTIVE')).toMatchObject({ status: 'INACTIVE' })
    expect(await update(credential.id, 'ACTIVE')).toMatchObject({ status: 'ACTIVE' })
    expect(await refusal(() => update(credential.id, 'EXPIRED'))).toMatchObject({ code: 'ValidationError' })
  })
})

describe('what belongs to somebody else', () => {
  test.each([
    ['update', (id: string, userName: string) => update(id, 'INACTIVE', userName)],
    ['reset', reset],
    ['delete', remove],
  ] as const)('is as unknown as what does not exist: %s', async (_operation, work) => {
    const { credential } = await create()
    const none = 'ACCA222222222222222AB'
    expect(await refusal(() => work(credential.id, 'Joe'))).toEqual(notFound(credential.id))
    expect(await refusal(() => work(none, 'Jane'))).toEqual(notFound(none))
    expect(await refusal(() => work('short', 'Jane'))).toMatchObject({ code: 'ValidationError' })
    expect(await refusal(() => work(credential.id, 'nobody'))).toMatchObject({ code: 'NoSuchEntity' })
    expect((await stored(credential.id)).status).toBe('ACTIVE')
  })

  test('is the same in another account', async () => {
    const { credential } = await create()
    const other = await seedAccount(services, { accountId: '210987654321' })
    await other.createTestUser({ name: 'Jane', accessKeys: 0 })
    const there = await callAs(services, other.root)
    expect(await refusal(() => deleteServiceSpecificCredential(there, named(credential.id)))).toEqual(
      notFound(credential.id),
    )
  })
})

describe('a list', () => {
  test('has what the user, the caller or all users have, for one service or all', async () => {
    await create()
    await create({ serviceName: BEDROCK })
    await create({ userName: 'Joe' })
    const [janes, joes] = [jane, joe].map(({ name }) => `${name}-at-${account.accountId}`)
    expect(await list({ userName: 'jane' })).toEqual([janes, janes])
    expect(await list({}, joe)).toEqual([joes])
    expect(await list({ userName: 'Jane', serviceName: BEDROCK.toUpperCase() })).toEqual([janes])
    expect((await list({ allUsers: true, serviceName: GIT })).toSorted()).toEqual([janes, joes])
    expect(await list({ allUsers: true })).toHaveLength(3)
    expect(await list({ allUsers: false }, account.root)).toEqual([])
    expect(await refusal(() => list({ allUsers: true, userName: 'Jane' }))).toEqual({
      code: 'ValidationError',
      message: 'Either userName or allUsers can be given, not both.',
    })
  })
})

describe('a user with one', () => {
  test('cannot be deleted', async () => {
    const { credential } = await create()
    expect(await refusal(async () => await deleteUser(await call(), { userName: 'Jane' }))).toEqual({
      code: 'DeleteConflict',
      message: 'Cannot delete entity, must remove referenced objects first.',
    })
    await remove(credential.id)
    await deleteUser(await call(), { userName: 'Jane' })
  })
})
