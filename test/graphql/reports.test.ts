import { afterAll, beforeAll, expect, test } from 'vitest'
import { at, type Installation, openInstallation, policyOf } from '../support/installation.ts'
import { statementsOf } from './statements.ts'
import { openWorld, type World } from '../support/world.ts'

const DAY = 24 * 60 * 60 * 1000

let installation: Installation
let world: World

beforeAll(async () => {
  installation = await openInstallation()
  world = await openWorld(installation)
})

afterAll(() => installation.stop())

test('a report is made after its answer, and read as it was made', async () => {
  const { root } = await installation.openAccount()
  const generate = 'mutation { generateCredentialReport { state description } }'
  const read = '{ credentialReport { content reportFormat generatedAt } }'
  expect((await root(read)).codes).toEqual(['ReportNotPresent'])
  expect((await root(generate)).data).toMatchObject({ generateCredentialReport: { state: 'STARTED' } })
  await installation.application.credentialReports.settled()
  expect((await root(generate)).data).toEqual({ generateCredentialReport: { state: 'COMPLETE', description: null } })
  expect((await root(read)).data).toEqual({
    credentialReport: {
      content: expect.stringMatching(/^user,arn,.*\n<root_account>,.*[^\n]$/s),
      reportFormat: 'text/csv',
      generatedAt: installation.clock().toISOString(),
    },
  })
})

test('beginning a report is an event of the trail', async () => {
  const account = await installation.openAccount()
  await account.root('mutation { generateCredentialReport { state } }')
  await installation.application.credentialReports.settled()
  expect(await account.trail()).toMatchObject([
    { action: 'iam:GenerateCredentialReport', resource: '*', result: 'SUCCESS' },
  ])
})

const DETAILS = `{
  accountAuthorizationDetails {
    userDetailList { edges { node {
      userName arn path groupList permissionsBoundary tags { key value }
      userPolicyList { policyName policyDocument } attachedManagedPolicies { policyName policyArn }
    } } }
    groupDetailList { edges { node {
      groupName arn groupPolicyList { policyName policyDocument } attachedManagedPolicies { policyArn }
    } } }
    roleDetailList { edges { node {
      roleName arn assumeRolePolicyDocument lastUsedAt rolePolicyList { policyName } attachedManagedPolicies { policyArn }
    } } }
    policies { edges { node {
      policyName attachmentCount permissionsBoundaryUsageCount defaultVersionId
      policyVersionList { versionId isDefaultVersion document } tags { key value }
    } } }
  }
}`

test('one permission opens everything that decides, documents and all', async () => {
  const account = await installation.openAccount()
  const { accountId, arn } = account
  const { db, clock } = installation
  const createdAt = clock()
  const managed = await account.createTestPolicy({
    name: 'Managed',
    path: '/shared/',
    document: policyOf([{ action: 's3:GetObject' }]),
  })
  const second = JSON.stringify(policyOf([{ action: 's3:PutObject' }]))
  await db.policy.update({
    where: { accountId_id: { accountId, id: managed.id } },
    data: { latestVersion: 2, versions: { create: { number: 2, document: second, createdAt } } },
  })
  await db.policyTag.createMany({
    data: ['team', 'Team'].map((key) => ({ accountId, policyId: managed.id, key, value: 'red' })),
  })
  await account.createTestPolicy({ name: 'Loose', document: policyOf([{ action: 's3:ListBucket' }]) })
  const target = await account.createTestUser({
    name: 'Target',
    path: '/staff/',
    tags: { team: 'red' },
    policies: { inline: policyOf([{ action: 's3:*' }]) },
    attached: [managed.id],
    boundary: managed.id,
  })
  await db.group.create({
    data: {
      accountId,
      id: 'AGPA1',
      name: 'Staff',
      nameKey: 'staff',
      path: '/',
      createdAt,
      members: { create: { userId: target.id, addedAt: createdAt } },
      inlinePolicies: {
        create: { name: 'g', nameKey: 'g', document: '{"Version":"2012-10-17"}', updatedAt: createdAt },
      },
      attachedPolicies: { create: { policyId: managed.id, attachedAt: createdAt } },
    },
  })
  await db.role.create({
    data: {
      accountId,
      id: 'AROA1',
      name: 'Robot',
      nameKey: 'robot',
      // Principals are stored by their unique ids.
      trustPolicy: JSON.stringify(trusting(target.id)),
      createdAt,
      inlinePolicies: { create: { name: 'r', nameKey: 'r', document: '{}', updatedAt: createdAt } },
      attachedPolicies: { create: { policyId: managed.id, attachedAt: createdAt } },
    },
  })
  const reader = await account.user({ name: 'Reader', allow: [{ action: 'iam:GetAccountAuthorizationDetails' }] })
  const answer = await reader.ask(DETAILS)
  expect(answer.errors).toEqual([])
  const inline = [{ policyName: 'inline', policyDocument: policyOf([{ action: 's3:*' }]) }]
  expect(at(answer, 'accountAuthorizationDetails.userDetailList.edges')).toContainEqual({
    node: {
      userName: 'Target',
      arn: target.arn,
      path: '/staff/',
      groupList: ['Staff'],
      permissionsBoundary: managed.arn,
      tags: [{ key: 'team', value: 'red' }],
      userPolicyList: inline,
      attachedManagedPolicies: [{ policyName: 'Managed', policyArn: managed.arn }],
    },
  })
  expect(answer.data).toMatchObject({
    accountAuthorizationDetails: {
      groupDetailList: {
        edges: [
          {
            node: {
              groupName: 'Staff',
              arn: arn('group/Staff'),
              groupPolicyList: [{ policyName: 'g', policyDocument: { Version: '2012-10-17' } }],
              attachedManagedPolicies: [{ policyArn: managed.arn }],
            },
          },
        ],
      },
      roleDetailList: {
        edges: [
          {
            node: {
              roleName: 'Robot',
              arn: arn('role/Robot'),
              assumeRolePolicyDocument: trusting(target.arn),
              lastUsedAt: null,
              rolePolicyList: [{ policyName: 'r' }],
            },
          },
        ],
      },
      policies: {
        edges: [
          { node: { policyName: 'Loose', attachmentCount: 0 } },
          {
            node: {
              policyName: 'Managed',
              attachmentCount: 3,
              permissionsBoundaryUsageCount: 1,
              defaultVersionId: 'v1',
              tags: [
                { key: 'Team', value: 'red' },
                { key: 'team', value: 'red' },
              ],
              policyVersionList: [
                { versionId: 'v2', isDefaultVersion: false, document: policyOf([{ action: 's3:PutObject' }]) },
                { versionId: 'v1', isDefaultVersion: true, document: policyOf([{ action: 's3:GetObject' }]) },
              ],
            },
          },
        ],
      },
    },
  })
  expect(JSON.stringify(answer.data)).not.toContain('<root_account>')
})

test('what is not asked for is not read, and a page is one statement', async () => {
  const query =
    '{ accountAuthorizationDetails { userDetailList(first: 1) { pageInfo { hasNextPage } edges { node { userName } } } } }'
  await world.account.root(query)
  const statements = await statementsOf(installation.pool, async () => {
    const answer = await world.account.root(query)
    expect(at(answer, 'accountAuthorizationDetails.userDetailList.pageInfo.hasNextPage')).toBe(true)
  })
  expect(statements.filter((text) => /user_policy|"role"|group_policy|policy_version/.test(text))).toHaveLength(1)
})

test('a bad page of one list leaves the others theirs', async () => {
  const { data, codes } = await world.account.root(
    '{ accountAuthorizationDetails { userDetailList(first: 0) { edges { cursor } } policies { edges { node { policyName } } } } }',
  )
  expect(codes).toEqual(['ValidationError'])
  expect(data).toMatchObject({
    accountAuthorizationDetails: { userDetailList: null, policies: { edges: expect.any(Array) } },
  })
})

test('unused keys and passwords are those of so many days, never-used ones from their beginning', async () => {
  const account = await installation.openAccount()
  const { accountId, rootKey } = account
  const { db, clock } = installation
  const daysAgo = (days: number) => new Date(clock().getTime() - days * DAY)
  const people = await Promise.all(
    ['old', 'fresh', 'used', 'off', 'without'].map((name) =>
      account.createTestUser({ name, ...(name !== 'without' && { passwordHash: 'x' }) }),
    ),
  )
  const [old, fresh, used, off] = people
  const key = (user: typeof old, data: object) => db.accessKey.update({ where: { id: user!.accessKeys[0]!.id }, data })
  const password = (user: typeof old, passwordChangedAt: Date, passwordLastUsedAt: Date | null) =>
    db.user.update({
      where: { accountId_id: { accountId, id: user!.id } },
      data: { passwordLastUsedAt, loginProfile: { update: { passwordChangedAt } } },
    })
  await key(old, { createdAt: daysAgo(91) })
  await key(fresh, { createdAt: daysAgo(200), lastUsedAt: daysAgo(89) })
  await key(used, { createdAt: daysAgo(200), lastUsedAt: daysAgo(90) })
  await key(off, { createdAt: daysAgo(200), status: 'INACTIVE' })
  await password(old, daysAgo(91), null)
  await password(fresh, daysAgo(200), daysAgo(89))
  await password(used, daysAgo(1), daysAgo(90))
  await password(off, daysAgo(89), null)

  const { data, errors } = await account.root(`{
    unusedAccessKeys(days: 90) { edges { node { accessKeyId userName userArn createdAt lastUsedAt } } }
    unusedPasswords(days: 90) { edges { node { userName userArn passwordChangedAt passwordLastUsedAt } } }
    all: unusedAccessKeys(days: 0, first: 1) { pageInfo { hasNextPage endCursor } }
  }`)
  expect(errors).toEqual([])
  const keys = [
    { user: old, createdAt: daysAgo(91), lastUsedAt: null },
    { user: used, createdAt: daysAgo(200), lastUsedAt: daysAgo(90).toISOString() },
  ].map(({ user, createdAt, lastUsedAt }) => ({
    accessKeyId: user!.accessKeys[0]!.id,
    userName: user!.name,
    userArn: user!.arn,
    createdAt: createdAt.toISOString(),
    lastUsedAt,
  }))
  expect(data).toMatchObject({
    unusedAccessKeys: { edges: keys.toSorted(byId).map((node) => ({ node })) },
    unusedPasswords: {
      edges: [
        {
          node: {
            userName: 'old',
            userArn: old!.arn,
            passwordChangedAt: daysAgo(91).toISOString(),
            passwordLastUsedAt: null,
          },
        },
        { node: { userName: 'used', passwordLastUsedAt: daysAgo(90).toISOString() } },
      ],
    },
    all: { pageInfo: { hasNextPage: true } },
  })
  // Root's key is one of them once it is old enough: it had better be deleted.
  clock.advance(DAY)
  const later = await account.root('{ unusedAccessKeys(days: 1) { edges { node { userName userArn accessKeyId } } } }')
  expect(later.text).toContain(rootKey.id)
  expect(later.text).toContain(`"userArn":"arn:aws:iam::${accountId}:root"`)
  expect((await account.root('{ unusedAccessKeys(days: -1) { edges { cursor } } }')).codes).toEqual(['ValidationError'])
})

function trusting(principal: string): object {
  const statement = { Effect: 'Allow', Principal: { AWS: principal }, Action: 'sts:AssumeRole' }
  return { Version: '2012-10-17', Statement: [statement] }
}

function byId(a: { accessKeyId: string }, b: { accessKeyId: string }): number {
  return a.accessKeyId < b.accessKeyId ? -1 : 1
}

test('another account sees nothing of it', async () => {
  const stranger = await installation.openAccount()
  const { data } = await stranger.root(
    `{
      accountAuthorizationDetails { userDetailList { edges { cursor } } policies { edges { cursor } } }
      unusedPasswords(days: 0) { edges { cursor } }
      credentialReport { content }
    }`,
  )
  expect(data).toEqual({
    accountAuthorizationDetails: { userDetailList: { edges: [] }, policies: { edges: [] } },
    unusedPasswords: { edges: [] },
    credentialReport: null,
  })
})
