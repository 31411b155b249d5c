import { beforeEach, describe, expect, test } from 'vitest'
import type { User } from '../../../src/generated/prisma/client.ts'
import { recordEvents } from '../../../src/iam/audit/record.ts'
import { uniqueId } from '../../../src/iam/identifiers.ts'
import {
  generateServiceLastAccessedDetails,
  type GenerateServiceAccessReportInput,
} from '../../../src/iam/service-access/generate-report.ts'
import { lastUses } from '../../../src/iam/service-access/last-uses.ts'
import {
  getServiceLastAccessedDetails,
  getServiceLastAccessedDetailsWithEntities,
  listPoliciesGrantingServiceAccess,
} from '../../../src/iam/service-access/read-reports.ts'
import { auditTrail, callAs, refusal, testPrincipal } from '../../support/call.ts'
import { freshDatabase } from '../../support/database.ts'
import { policyOf } from '../../support/installation.ts'
import { plansOf } from '../../support/plans.ts'
import { type SeededAccount, seedAccount } from '../../support/seed-account.ts'
import { type TestServices, testServices } from '../../support/services.ts'

const HOUR = 60 * 60 * 1000
const NOON = '2026-01-15T12:00:00.000Z'
const ONE = '2026-01-15T13:00:00.000Z'
const TWO = '2026-01-15T14:00:00.000Z'

let database: Awaited<ReturnType<typeof freshDatabase>>
let services: TestServices
let account: SeededAccount

beforeEach(async () => {
  database = await freshDatabase()
  services = testServices(database)
  account = await seedAccount(services)
})

const arnOf = (resource: string) => `arn:aws:iam::${account.accountId}:${resource}`
const allow = (...action: readonly string[]) => policyOf([{ action }])

/** An event of the trail, at the time of the clock. */
async function tried(principalId: string, action: string, result: 'SUCCESS' | 'DENIED' = 'SUCCESS'): Promise<void> {
  const { accountId } = account
  const event = { accountId, requestId: 'request', principalArn: 'arn', principalId, action, resource: '*', result }
  await recordEvents(services.db, services, [event])
}

async function newGroup(name: string, members: readonly User[], attached: readonly string[]) {
  const { db, clock, random } = services
  const { accountId } = account
  const at = clock()
  const id = uniqueId('AGPA', random)
  await db.group.create({ data: { accountId, id, name, nameKey: name.toLowerCase(), createdAt: at } })
  await db.groupMember.createMany({
    data: members.map((user) => ({ accountId, groupId: id, userId: user.id, addedAt: at })),
  })
  await db.groupPolicyAttachment.createMany({
    data: attached.map((policyId) => ({ accountId, groupId: id, policyId, attachedAt: at })),
  })
  return { id, arn: arnOf(`group/${name}`) }
}

async function newRole(name: string, attached: readonly string[]) {
  const { db, clock, random } = services
  const { accountId } = account
  const id = uniqueId('AROA', random)
  const row = { accountId, id, name, nameKey: name.toLowerCase(), trustPolicy: '{}', createdAt: clock() }
  await db.role.create({ data: row })
  await db.rolePolicyAttachment.createMany({
    data: attached.map((policyId) => ({ accountId, roleId: id, policyId, attachedAt: clock() })),
  })
  return { id, arn: arnOf(`role/${name}`) }
}

const roleSession = (id: string) => ({ ...testPrincipal(account.root, 0n), kind: 'role-session' as const, id })
const generate = async (input: GenerateServiceAccessReportInput, by: User = account.root) =>
  await generateServiceLastAccessedDetails(await callAs(services, by), input)
const get = async (jobId: string, by: User = account.root) =>
  await getServiceLastAccessedDetails(await callAs(services, by), { jobId })

/** What a new report says of each service: when it was last used, by whom, by how many. */
async function reported(arn: string) {
  const { jobId } = await generate({ arn })
  const { services: found } = await get(jobId)
  return Object.fromEntries(
    found.map(({ serviceNamespace, at, by, totalAuthenticatedEntities: total }) => [
      serviceNamespace,
      at && [at.toISOString(), by, total],
    ]),
  )
}

/** What a new report says of everybody who could have used a service: by name, the latest first. */
async function entitiesOf(arn: string, serviceNamespace: string) {
  const { jobId } = await generate({ arn })
  const call = await callAs(services, account.root)
  const { entities } = await getServiceLastAccessedDetailsWithEntities(call, { jobId, serviceNamespace })
  return entities.map(({ type, name, lastAuthenticated }) => [type, name, lastAuthenticated?.toISOString() ?? null])
}

describe('a report', () => {
  test('of a user lists the services that it has permissions for, own and of its groups, with its last attempt', async () => {
    const ann = await account.createTestUser({
      name: 'ann',
      policies: { own: allow('billing:Get*', 'sts:AssumeRole') },
    })
    const bob = await account.createTestUser({ name: 'bob' })
    const policy = await account.createTestPolicy({ name: 'Read', document: allow('iam:Get*') })
    await newGroup('readers', [ann], [policy.id])
    await tried(ann.id, 'iam:GetUser')
    services.clock.advance(HOUR)
    await tried(ann.id, 'iam:CreateUser', 'DENIED')
    services.clock.advance(HOUR)
    await tried(bob.id, 'iam:GetUser')
    await tried(ann.id, 'cloudtrail:LookupEvents', 'DENIED')
    expect(await reported(ann.arn)).toEqual({ billing: null, iam: [ONE, ann.arn, 1], sts: null })
    expect(await reported(bob.arn)).toEqual({})
  })

  test('calls services by the names that they have', async () => {
    const ann = await account.createTestUser({ name: 'ann', policies: { own: allow('*'), more: allow('billing:Pay') } })
    const { services: found } = await get((await generate({ arn: ann.arn })).jobId)
    expect(found.map(({ serviceName }) => serviceName)).toEqual([
      'billing',
      'AWS CloudTrail',
      'AWS Identity and Access Management',
      'Latchkey',
      'AWS Security Token Service',
    ])
  })

  test('of a role counts all of its sessions, and no role that is called alike', async () => {
    const policy = await account.createTestPolicy({ name: 'All', document: allow('iam:*') })
    const role = await newRole('deploy', [policy.id])
    const other = await newRole('deployer', [policy.id])
    await tried(`${role.id}:monday`, 'iam:GetUser')
    services.clock.advance(HOUR)
    await tried(`${role.id}:tuesday`, 'iam:ListUsers')
    services.clock.advance(HOUR)
    await tried(`${other.id}:monday`, 'iam:ListUsers')
    expect(await reported(role.arn)).toEqual({ iam: [ONE, role.arn, 1] })
  })

  test('of a group or a policy counts everybody who could have used it', async () => {
    const policy = await account.createTestPolicy({ name: 'All', document: allow('iam:*') })
    const ann = await account.createTestUser({ name: 'ann', attached: [policy.id] })
    const bob = await account.createTestUser({ name: 'bob' })
    const cyd = await account.createTestUser({ name: 'cyd', path: '/staff/' })
    const dan = await account.createTestUser({ name: 'dan', boundary: policy.id })
    const group = await newGroup('crew', [bob, cyd], [policy.id])
    const role = await newRole('deploy', [policy.id])
    for (const id of [ann.id, bob.id, `${role.id}:s`, dan.id]) {
      await tried(id, 'iam:GetUser')
      services.clock.advance(HOUR)
    }
    expect(await reported(group.arn)).toEqual({ iam: [ONE, bob.arn, 1] })
    expect(await entitiesOf(group.arn, 'iam')).toEqual([
      ['USER', 'bob', ONE],
      ['USER', 'cyd', null],
    ])
    expect(await reported(policy.arn)).toEqual({ iam: [TWO, role.arn, 3] })
    expect(await entitiesOf(policy.arn, 'IAM')).toEqual([
      ['ROLE', 'deploy', TWO],
      ['USER', 'bob', ONE],
      ['USER', 'ann', NOON],
      ['USER', 'cyd', null],
    ])
    expect(await entitiesOf(policy.arn, 'sts')).toEqual([])
  })

  test('tells of the actions that are granted when asked to', async () => {
    const ann = await account.createTestUser({ name: 'ann', policies: { own: allow('iam:GetUser*', 'billing:*') } })
    await tried(ann.id, 'iam:GetUser')
    services.clock.advance(HOUR)
    await tried(ann.id, 'iam:DeleteUser')
    const { jobId } = await generate({ arn: ann.arn, granularity: 'ACTION_LEVEL' })
    const { jobType, services: found } = await get(jobId)
    expect(jobType).toBe('ACTION_LEVEL')
    expect(found).toMatchObject([
      { serviceNamespace: 'billing', trackedActions: null },
      {
        serviceNamespace: 'iam',
        at: new Date(ONE),
        trackedActions: [
          { actionName: 'GetUser', at: new Date(NOON), by: ann.arn },
          { actionName: 'GetUserPolicy', at: null, by: null },
        ],
      },
    ])
    const plain = await get((await generate({ arn: ann.arn })).jobId)
    expect(plain.jobType).toBe('SERVICE_LEVEL')
    expect(plain.services.map(({ trackedActions }) => trackedActions)).toEqual([null, null])
  })

  test('stays as it was made', async () => {
    const ann = await account.createTestUser({ name: 'ann', policies: { own: allow('iam:*') } })
    const { jobId } = await generate({ arn: ann.arn })
    const before = await get(jobId)
    await tried(ann.id, 'iam:GetUser')
    expect(await get(jobId)).toEqual(before)
  })

  test('is for its maker alone, and for a day', async () => {
    const ann = await account.createTestUser({ name: 'ann', policies: { own: allow('iam:*') } })
    const { jobId } = await generate({ arn: ann.arn }, ann)
    const missing = { code: 'NoSuchEntity', message: `The report with job id ${jobId} cannot be found.` }
    expect(await get(jobId.toUpperCase(), ann)).toMatchObject({ arn: ann.arn, createdAt: new Date(NOON) })
    expect(await refusal(() => get(jobId))).toEqual(missing)
    const session = { ...(await callAs(services, account.root)), principal: roleSession('AROAROLE:one') }
    const { jobId: ofSession } = await generateServiceLastAccessedDetails(session, { arn: ann.arn })
    await getServiceLastAccessedDetails(session, { jobId: ofSession })
    const another = { ...session, principal: roleSession('AROAROLE:two') }
    expect((await refusal(() => getServiceLastAccessedDetails(another, { jobId: ofSession }))).code).toBe(
      'NoSuchEntity',
    )
    services.clock.advance(24 * HOUR - 1)
    await get(jobId, ann)
    services.clock.advance(1)
    expect(await refusal(() => get(jobId, ann))).toEqual(missing)
    const { jobId: next } = await generate({ arn: ann.arn })
    expect((await services.db.serviceAccessReport.findMany()).map(({ id }) => id)).toEqual([next])
  })

  test('is one of ten thousand of its account', async () => {
    const { db, clock } = services
    const { accountId } = account
    const ann = await account.createTestUser({ name: 'ann' })
    const { jobId: first } = await generate({ arn: ann.arn })
    await db.$executeRaw`
      insert into service_access_report (account_id, id, principal_id, arn, granularity, created_at, content)
      select ${accountId}, ('ffffffff-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'x', '', 'SERVICE_LEVEL', ${clock()}, ''
      from generate_series(1, 9998) n`
    await generate({ arn: ann.arn })
    await get(first)
    await generate({ arn: ann.arn })
    expect((await refusal(() => get(first))).code).toBe('NoSuchEntity')
    expect(await db.serviceAccessReport.count({ where: { accountId } })).toBe(10_000)
  })

  test('is paid for: what is looked up, and what is kept', async () => {
    const { accountId } = account
    const ann = await account.createTestUser({ name: 'ann', policies: { own: allow('iam:*') } })
    const budget = services.budgets.of({ kind: 'principal', id: `${accountId} ${accountId}` })
    for (const cost of ['policyBytes', 'rows', 'recordBytes'] as const) {
      const left = budget.left(cost)
      budget.draw(cost, left)
      await expect(generate({ arn: ann.arn })).rejects.toMatchObject({ code: 'Throttling' })
      budget.giveBack(cost, left)
      await generate({ arn: ann.arn })
      expect(budget.left(cost)).toBeLessThan(left)
    }
  })

  test('is refused for what is not there or no identity, and that is recorded', async () => {
    const { accountId } = account
    await account.createTestUser({ name: 'ann' })
    const refused = async (arn: string) => (await refusal(() => generate({ arn }))).code
    expect(await refused(arnOf('user/nobody'))).toBe('NoSuchEntity')
    expect(await refused(arnOf('user/Ann'))).toBe('NoSuchEntity')
    expect(await refused(arnOf('policy/none'))).toBe('NoSuchEntity')
    expect(await refused('arn:aws:iam::999999999999:user/ann')).toBe('NoSuchEntity')
    expect(await refused(arnOf('root'))).toBe('InvalidInput')
    expect(await refused(arnOf('mfa/ann-phone'))).toBe('InvalidInput')
    expect(await refused('arn')).toBe('ValidationError')
    const trail = await auditTrail(services, accountId)
    expect(trail.map(({ result, errorCode }) => [result, errorCode])).toEqual([
      ...Array.from({ length: 4 }, () => ['FAILURE', 'NoSuchEntity']),
      ...Array.from({ length: 2 }, () => ['FAILURE', 'InvalidInput']),
      ['FAILURE', 'ValidationError'],
    ])
    await generate({ arn: arnOf('user/ann') })
    expect((await auditTrail(services, accountId)).at(-1)).toMatchObject({
      result: 'SUCCESS',
      detail: { arn: arnOf('user/ann'), granularity: 'SERVICE_LEVEL' },
    })
  })

  test('is not found by what is no job id', async () => {
    expect(await refusal(() => get('x'.repeat(36)))).toMatchObject({ code: 'NoSuchEntity' })
    expect(await refusal(() => get('x'))).toMatchObject({ code: 'ValidationError' })
  })
})

const managed = ({ arn }: { arn: string }) => [arn.split('/').at(-1), 'MANAGED', arn, null, null]

describe('the policies that grant access to a service', () => {
  test('are those of a user and its groups, without boundaries', async () => {
    const all = await account.createTestPolicy({ name: 'All', document: allow('*') })
    const some = await account.createTestPolicy({ name: 'Some', document: allow('iam:Get*') })
    const ann = await account.createTestUser({
      name: 'ann',
      policies: { own: allow('billing:Pay') },
      attached: [some.id],
      boundary: all.id,
    })
    await newGroup('crew', [ann], [all.id])
    const { db, clock } = services
    const { id: groupId, accountId } = await db.group.findFirstOrThrow()
    const document = JSON.stringify(allow('sts:*'))
    await db.groupPolicy.create({
      data: { accountId, groupId, name: 'Sts', nameKey: 'sts', document, updatedAt: clock() },
    })
    const call = await callAs(services, account.root)
    const list = async (arn: string, ...serviceNamespaces: readonly string[]) => {
      const budget = services.budgets.of({ kind: 'principal', id: 'somebody' })
      const found = await listPoliciesGrantingServiceAccess(call, { arn, serviceNamespaces }, budget)
      return found.map(({ serviceNamespace, policies }) => [
        serviceNamespace,
        ...policies.map((one) => Object.values(one)),
      ])
    }
    expect(await list(ann.arn, 'sts', 'iam', 'billing', 'sts')).toEqual([
      ['sts', ['Sts', 'INLINE', null, 'GROUP', 'crew'], managed(all)],
      ['iam', managed(some), managed(all)],
      ['billing', ['own', 'INLINE', null, 'USER', 'ann'], managed(all)],
    ])
    expect(await list(arnOf('group/crew'), 'sts')).toEqual([
      ['sts', ['Sts', 'INLINE', null, 'GROUP', 'crew'], managed(all)],
    ])
    expect(await list((await newRole('deploy', [some.id])).arn, 'sts', 'iam')).toEqual([
      ['sts'],
      ['iam', managed(some)],
    ])
    expect((await refusal(() => list(some.arn, 'iam'))).code).toBe('InvalidInput')
    expect((await refusal(() => list(ann.arn))).code).toBe('ValidationError')
    expect((await refusal(() => list(ann.arn, 'i:am'))).code).toBe('ValidationError')
    const many = Array.from({ length: 201 }, (_, n) => `s${n}`)
    expect((await refusal(() => list(ann.arn, ...many))).code).toBe('ValidationError')
  })
})

test('the trail is looked into by index alone, however long it is', async () => {
  const { accountId } = account
  await services.db.$executeRaw`
    insert into audit_event (account_id, id, at, request_id, principal_arn, principal_id, action, resource, result)
    select ${accountId}, ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, to_timestamp(n), 'r', 'a',
      case n % 3 when 0 then 'AIDA' || n % 7 when 1 then 'AROA' || n % 7 || ':' || n else 'AIDAX' end,
      'iam:' || case when n % 3 = 2 then n % 50 else n % 5 end, '*', 'SUCCESS'
    from generate_series(1, 20000) n`
  await services.db.$executeRaw`analyze audit_event`
  const owners = ['AIDA1', 'AROA3', 'AIDAX', 'AIDANOBODY']
  const newest = await services.db.$queryRaw<{ ownerId: string; action: string; at: Date }[]>`
    select split_part(principal_id, ':', 1) as "ownerId", action, max(at) as at from audit_event
    where split_part(principal_id, ':', 1) = any(${owners}) group by 1, 2`
  expect(new Set(await lastUses(services.db, accountId, owners))).toEqual(new Set(newest))
  const plan = await plansOf(database.pool, () => lastUses(services.db, accountId, owners))
  expect(plan).toContain('audit_event_account_id_owner_action_id_idx')
  expect(plan).not.toMatch(/Seq Scan on audit_event|audit_event_(?!account_id_owner)\w+/)
})
