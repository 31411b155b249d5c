import { beforeEach, expect, test } from 'vitest'
import type { BuiltInPolicy } from '../../src/iam/policies/built-in/index.ts'
import { createAccount } from '../../src/store/bootstrap.ts'
import { ensureBuiltInPolicies } from '../../src/store/built-in-policies.ts'
import { createPolicySource } from '../../src/store/policy-source.ts'
import { epochOf } from '../support/call.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { type SeededAccount, seedAccount } from '../support/seed-account.ts'
import { type TestServices, testServices } from '../support/services.ts'

let database: TestDatabase
let services: TestServices
let account: SeededAccount

beforeEach(async () => {
  database = await freshDatabase()
  services = testServices(database)
  account = await seedAccount(services)
})

const A: BuiltInPolicy = { id: 'ANPAA', name: 'A', description: 'first', version: 1, document: '{"is": "A"}' }
const B: BuiltInPolicy = { id: 'ANPAB', name: 'B', description: 'second', version: 3, document: '{"is": "B"}' }
const NEWER_A: BuiltInPolicy = { ...A, description: 'better', version: 2, document: '{"is": "a better A"}' }

const ensure = (...policies: BuiltInPolicy[]) => ensureBuiltInPolicies(services, policies)
const epoch = () => epochOf(services, account.accountId)
const rows = () =>
  services.db.policy.findMany({
    where: { accountId: account.accountId },
    orderBy: { nameKey: 'asc' },
    select: {
      id: true,
      nameKey: true,
      builtIn: true,
      path: true,
      description: true,
      defaultVersion: true,
      latestVersion: true,
      versions: { orderBy: { number: 'asc' }, select: { number: true, document: true } },
    },
  })
const row = ({ id, name, description, version, document }: BuiltInPolicy) => ({
  id,
  nameKey: `${name.toLowerCase()}:aws`,
  builtIn: true,
  path: '/',
  description,
  defaultVersion: version,
  latestVersion: version,
  versions: [{ number: version, document }],
})

test('a new account has them from the start', async () => {
  const made = await createAccount({
    ...services,
    rootEmail: 'new@example.com',
    hashPassword: async () => 'hash',
    builtInPolicies: [A, B],
  })
  expect(await services.db.policy.count({ where: { accountId: made.accountId, builtIn: true } })).toBe(2)
  expect(await ensure(A, B)).toBe(1)
})

test('accounts that have them not get them at a start, and later starts change nothing', async () => {
  const other = await seedAccount(services, { accountId: '999999999999' })
  expect(await ensure(A, B)).toBe(2)
  expect(await rows()).toEqual([row(A), row(B)])
  expect(await services.db.policy.count({ where: { accountId: other.accountId } })).toBe(2)
  const before = await epoch()
  expect(await ensure(A, B)).toBe(0)
  expect(await epoch()).toBe(before)
})

test('a newer release adds its text as a version that is in force with the next request', async () => {
  await ensure(A)
  const user = await account.createTestUser({ name: 'Bob', attached: [A.id] })
  const before = await epoch()
  expect(await ensure(NEWER_A)).toBe(1)
  expect(await rows()).toEqual([{ ...row(NEWER_A), versions: [...row(A).versions, ...row(NEWER_A).versions] }])
  const loaded = await createPolicySource(database.pool).loadPrincipal(account.accountId, user.id)
  expect(loaded?.epoch).toBe(before + 1n)
  expect(loaded?.identity).toEqual([
    { id: 'ANPAA:v2', type: 'managed', name: 'A', arn: 'arn:aws:iam::aws:policy/A', text: NEWER_A.document },
  ])
})

test('a gateway of an older release takes nothing back', async () => {
  await ensure(NEWER_A)
  expect(await ensure(A)).toBe(0)
  expect(await rows()).toEqual([row(NEWER_A)])
})

test('gateways that start at once write them once', async () => {
  await Promise.all([ensure(A, B), ensure(A, B), ensure(A, B)])
  expect(await rows()).toEqual([row(A), row(B)])
})

test('a policy of the customer may have the same name, and keeps its own ARN', async () => {
  const own = await account.createTestPolicy({ name: 'a', document: { is: 'own' } })
  await ensure(A)
  const source = createPolicySource(database.pool)
  const texts = async (...arns: string[]) => (await source.loadManaged(account.accountId, arns)).map(({ text }) => text)
  expect(await texts(own.arn)).toEqual(['{"is":"own"}'])
  expect(await texts('arn:aws:iam::aws:policy/A')).toEqual([A.document])
  expect(await texts('arn:aws:iam::aws:policy/a')).toEqual([])
  expect(await texts(`arn:aws:iam::${account.accountId}:policy/A`)).toEqual([])
})

test('the database itself keeps the keys of both kinds apart', async () => {
  const at = { createdAt: services.clock(), updatedAt: services.clock() }
  const create = (data: { nameKey: string; builtIn: boolean }) =>
    services.db.policy.create({ data: { accountId: account.accountId, id: 'ANPAX', name: 'X', ...data, ...at } })
  await expect(create({ nameKey: 'x:aws', builtIn: false })).rejects.toThrow('policy_name_key_check')
  await expect(create({ nameKey: 'x', builtIn: true })).rejects.toThrow('policy_name_key_check')
})
