import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Account, at, type Installation, openInstallation } from '../support/installation.ts'

let installation: Installation
let account: Account

beforeAll(async () => {
  installation = await openInstallation()
})
beforeEach(async () => {
  account = await installation.openAccount()
})
afterAll(() => installation.stop())

const DECISION = `query ($id: ID!) {
  decision(id: $id) {
    id allowed effect reason principal action resource mfaRequired message missingContextValues
    context { key values }
    statements {
      layer policy policyArn policyType sid effect line column matched failed
      conditions { operator key policyValues resolvedValues requestValues result failure }
    }
  }
}`

test('a denial can be explained afterwards, with what was known then', async () => {
  const user = await account.user({
    name: 'Curious',
    tags: { team: 'red' },
    policies: {
      mine: {
        Version: '2012-10-17',
        Statement: [
          { Sid: 'own', Effect: 'Allow', Action: 'iam:GetUser', Resource: 'arn:aws:iam::*:user/${aws:username}' },
          {
            Sid: 'team',
            Effect: 'Allow',
            Action: 'iam:Get*',
            Resource: '*',
            Condition: { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } },
          },
          { Effect: 'Allow', Action: 's3:*', Resource: '*' },
        ],
      },
    },
  })
  await account.createTestUser({ name: 'Other', tags: { team: 'blue' }, accessKeys: 0 })
  const { errors } = await user.ask('{ user(name: "Other") { name } }')
  const id = errors[0]?.extensions.authz?.decisionId
  expect((await user.ask(DECISION, { id })).codes).toEqual(['AccessDenied'])

  const answer = await account.root(DECISION, { id })
  expect(answer.errors).toEqual([])
  expect(at(answer, 'decision')).toMatchObject({
    id,
    allowed: false,
    effect: 'IMPLICIT_DENY',
    reason: 'NO_IDENTITY_POLICY',
    principal: user.arn,
    action: 'iam:GetUser',
    resource: account.arn('user/Other'),
    mfaRequired: false,
    message: errors[0]?.message,
    missingContextValues: [],
    statements: [
      {
        layer: 'identity',
        policy: 'mine',
        policyArn: null,
        policyType: 'user-inline',
        sid: 'own',
        effect: 'Allow',
        line: 1,
        column: 38,
        matched: false,
        failed: ['resource'],
        conditions: [],
      },
      {
        sid: 'team',
        matched: false,
        failed: ['condition'],
        conditions: [
          {
            operator: 'StringEquals',
            key: 'aws:ResourceTag/team',
            policyValues: ['${aws:PrincipalTag/team}'],
            resolvedValues: ['red'],
            requestValues: ['blue'],
            result: false,
            failure: 'NO_VALUE_MATCHED',
          },
        ],
      },
    ],
  })
  expect(at(answer, 'decision.context')).toEqual(
    expect.arrayContaining([
      { key: 'aws:username', values: ['Curious'] },
      { key: 'aws:PrincipalTag/team', values: ['red'] },
      { key: 'aws:ResourceTag/team', values: ['blue'] },
      { key: 'aws:SourceIp', values: ['127.0.0.1'] },
    ]),
  )
})

test('a change that was allowed can be explained by the decision that its audit event names', async () => {
  const user = await account.user({ name: 'Maker', allow: [{ action: 'iam:CreateUser' }] })
  expect((await user.ask('mutation { createUser(input: { userName: "new" }) { user { name } } }')).errors).toEqual([])
  const event = (await account.trail()).find(({ action }) => action === 'iam:CreateUser')
  const answer = await account.root(DECISION, { id: event?.decisionId })
  expect(at(answer, 'decision')).toMatchObject({
    allowed: true,
    effect: 'ALLOW',
    reason: null,
    message: null,
    resource: account.arn('user/new'),
    statements: [{ policy: 'allowed', matched: true, failed: [] }],
  })
})

test('decisions of other accounts, and what is no id, do not exist', async () => {
  const user = await account.user({ name: 'Denied' })
  const { errors } = await user.ask('{ user { name } }')
  const other = await installation.openAccount()
  const missing = { message: 'The decision with this id cannot be found.', extensions: { code: 'NoSuchEntity' } }
  for (const id of [errors[0]?.extensions.authz?.decisionId, '00000000-0000-4000-8000-000000000000', 'x\u0000'])
    expect((await other.root(DECISION, { id })).errors).toMatchObject([missing])
})

test('what was decided three months ago is forgotten', async () => {
  const user = await account.user({ name: 'Denied' })
  const { errors } = await user.ask('{ user { name } }')
  const id = errors[0]?.extensions.authz?.decisionId
  installation.clock.advance(91 * 86_400_000)
  expect((await account.root(DECISION, { id })).errors).toEqual([])
  await user.ask('{ user { name } }')
  expect((await account.root(DECISION, { id })).codes).toEqual(['NoSuchEntity'])
})

test('a record stays small, whatever policies and requests hold', async () => {
  const statements = Array.from({ length: 300 }, (_, n) => ({
    Effect: 'Allow',
    Action: 'iam:GetUser',
    Resource: '*',
    Condition: { StringEquals: { 'aws:PrincipalTag/x': [`${n}-${'v'.repeat(900)}`] } },
  }))
  const user = await account.user({
    name: 'Wordy',
    policies: { long: { Version: '2012-10-17', Statement: statements } },
  })
  const { errors } = await user.ask('{ user { name } }')
  const { rows } = await installation.pool.query<{ size: number }>(
    'select length(trace::text) as size from decision_record where id = $1',
    [errors[0]?.extensions.authz?.decisionId],
  )
  expect(rows[0]?.size).toBeLessThan(200_000)
})

test('viewer.can explains itself to who may decode', async () => {
  const user = await account.user({
    name: 'Asking',
    allow: [{ action: 'sts:DecodeAuthorizationMessage' }, { action: 's3:GetObject', on: 'arn:aws:s3:::mine/*' }],
  })
  const answer =
    await user.ask(`{ viewer { can(checks: [{ action: "s3:GetObject", resource: "arn:aws:s3:::other/x" }]) {
    allowed statements { policy matched failed }
  } } }`)
  expect(at(answer, 'viewer.can')).toEqual([
    { allowed: false, statements: [{ policy: 'allowed', matched: false, failed: ['resource'] }] },
  ])
})
