import { beforeEach, describe, expect, test } from 'vitest'
import { createRole } from '../../../src/iam/roles/create-role.ts'
import { createVirtualMfaDevice } from '../../../src/iam/mfa/create-virtual-mfa-device.ts'
import { summarizeAccount } from '../../../src/iam/reports/summarize-account.ts'
import { statementsOf } from '../../graphql/statements.ts'
import { callAs } from '../../support/call.ts'
import { freshDatabase, type TestDatabase } from '../../support/database.ts'
import { type SeededAccount, seedAccount } from '../../support/seed-account.ts'
import { type TestServices, testServices } from '../../support/services.ts'

const TRUST =
  '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole"}}'
const DOCUMENT = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' } }

let database: TestDatabase
let services: TestServices
let account: SeededAccount

beforeEach(async () => {
  database = await freshDatabase()
  services = testServices(database)
  account = await seedAccount(services)
})

const summary = async () => (await summarizeAccount({ db: database.db, principal: account })).summary
const policy = (name: string) => account.createTestPolicy({ name, document: DOCUMENT })

/** A bit of everything, and a second account that must not be counted. */
async function fill() {
  const [attached, limiting] = [await policy('Attached'), await policy('Limiting')]
  await policy('Idle')
  const alice = await account.createTestUser({ name: 'alice', attached: [attached.id], boundary: limiting.id })
  await account.createTestUser({ name: 'bob', attached: [attached.id] })
  for (const name of ['one', 'two', 'three'])
    await createRole(await callAs(services, account.root), { roleName: name, assumeRolePolicyDocument: TRUST })
  const { accountId } = account
  await database.db.group.create({
    data: { accountId, id: 'AGPA1', name: 'crew', nameKey: 'crew', createdAt: services.clock() },
  })
  for (const virtualMfaDeviceName of ['used', 'waiting'])
    await createVirtualMfaDevice(await callAs(services, account.root), { virtualMfaDeviceName })
  await database.db.mfaDevice.updateMany({
    where: { name: 'used' },
    data: { userId: alice.id, enabledAt: services.clock() },
  })
  await database.db.serverCertificate.create({
    data: {
      accountId: account.accountId,
      id: 'ASCA1',
      name: 'web',
      nameKey: 'web',
      certificateBody: '',
      privateKey: new Uint8Array(1),
      sealedBy: '',
      createdAt: services.clock(),
      expiresAt: services.clock(),
    },
  })
  const others = await seedAccount(services, { accountId: '210987654321' })
  await others.createTestUser({ name: 'stranger' })
  await others.createTestPolicy({ name: 'Theirs', document: DOCUMENT })
}

const QUOTAS_OF_AWS = {
  usersQuota: 5000,
  groupsQuota: 300,
  rolesQuota: 1000,
  policiesQuota: 1500,
  policyVersionsInUseQuota: 10_000,
  instanceProfilesQuota: 1000,
  serverCertificatesQuota: 20,
  userPolicySizeQuota: 2048,
  groupPolicySizeQuota: 5120,
  rolePolicySizeQuota: 10_240,
  policySizeQuota: 6144,
  assumeRolePolicySizeQuota: 2048,
  groupsPerUserQuota: 10,
  accessKeysPerUserQuota: 2,
  signingCertificatesPerUserQuota: 2,
  attachedPoliciesPerUserQuota: 10,
  attachedPoliciesPerGroupQuota: 10,
  attachedPoliciesPerRoleQuota: 10,
  versionsPerPolicyQuota: 5,
  globalEndpointTokenVersion: 1,
}

const NOTHING = {
  users: 0,
  groups: 0,
  roles: 0,
  policies: 0,
  policyVersionsInUse: 0,
  instanceProfiles: 0,
  serverCertificates: 0,
  providers: 0,
  mfaDevices: 0,
  mfaDevicesInUse: 0,
  accountMfaEnabled: 0,
  accountAccessKeysPresent: 0,
  accountPasswordPresent: 0,
  accountSigningCertificatesPresent: 0,
}

describe('the summary of an account', () => {
  test('has every entry of the SummaryMap, also of an account that has nothing', async () => {
    expect(await summary()).toEqual({ ...NOTHING, ...QUOTAS_OF_AWS })
  })

  test('counts what there is, of this account only', async () => {
    await fill()
    expect(await summary()).toEqual({
      ...NOTHING,
      ...QUOTAS_OF_AWS,
      users: 2,
      groups: 1,
      roles: 3,
      policies: 3,
      policyVersionsInUse: 2,
      serverCertificates: 1,
      mfaDevices: 2,
      mfaDevicesInUse: 1,
    })
  })

  test('says what the root user has', async () => {
    const { accountId, root } = account
    const at = { createdAt: services.clock(), passwordChangedAt: services.clock() }
    await database.db.loginProfile.create({ data: { accountId, userId: root.id, passwordHash: 'hash', ...at } })
    await account.createTestAccessKey(root.id)
    await account.createTestAccessKey(root.id)
    await createVirtualMfaDevice(await callAs(services, root), { virtualMfaDeviceName: 'root' })
    await database.db.mfaDevice.updateMany({ data: { userId: root.id, enabledAt: services.clock() } })
    expect(await summary()).toMatchObject({
      users: 0,
      accountMfaEnabled: 1,
      accountAccessKeysPresent: 1,
      accountPasswordPresent: 1,
    })
  })

  test('costs the same few statements whatever the account holds', async () => {
    const few = (await statementsOf(database.pool, summary)).length
    await fill()
    expect(await statementsOf(database.pool, summary)).toHaveLength(few)
    expect(few).toBeLessThanOrEqual(4)
  })
})
