import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Account, type Answer, at, type Installation, openInstallation } from '../support/installation.ts'

let installation: Installation
let account: Account
let users = 0

beforeAll(async () => {
  installation = await openInstallation()
  account = await installation.openAccount()
  await account.createTestUser({ name: 'Target', path: '/staff/', tags: { team: 'red' }, accessKeys: 0 })
})

afterAll(() => installation.stop())

const oneOrMore = <T>(of: fc.Arbitrary<T>) => fc.oneof(of, fc.array(of, { minLength: 1, maxLength: 3 }))
const action = fc.constantFrom('iam:GetUser', 'IAM:get*', 'iam:List*', 'iam:*', '*', 's3:*', 'iam:GetAccountSummary')
const resource = fc.constantFrom(
  '*',
  'arn:aws:iam::*:user/*',
  'arn:aws:iam::*:user/staff/*',
  'arn:aws:iam::*:user/staff/Target',
  'arn:aws:iam::*:user/${aws:username}',
  'arn:aws:iam::*:user/${aws:PrincipalTag/home}/*',
  'arn:aws:iam::*:role/*',
)
const condition = fc.dictionary(
  fc.constantFrom('StringEquals', 'StringLikeIfExists', 'StringNotEquals', 'ForAllValues:StringLike'),
  fc.dictionary(
    fc.constantFrom('aws:username', 'aws:PrincipalTag/home', 'aws:ResourceTag/team', 'aws:TagKeys'),
    fc.constantFrom('staff', 'red', '${aws:PrincipalTag/home}', '*', 'nobody'),
    { minKeys: 1, maxKeys: 2 },
  ),
  { maxKeys: 1 },
)
const presence = fc.constantFrom<object>(
  {},
  { Bool: { 'aws:MultiFactorAuthPresent': 'false' } },
  { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
  { Null: { 'aws:TokenIssueTime': 'true' } },
  { IpAddress: { 'aws:SourceIp': '127.0.0.0/8' } },
)
const statement = fc
  .record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    Action: oneOrMore(action),
    Resource: oneOrMore(resource),
    Condition: fc.tuple(condition, presence).map(([one, other]) => ({ ...one, ...other })),
  })
  .map(({ Condition, ...rest }) => (Object.keys(Condition).length === 0 ? rest : { ...rest, Condition }))
const document = fc
  .array(statement, { minLength: 1, maxLength: 3 })
  .map((Statement) => ({ Version: '2012-10-17', Statement }))

/** What is asked by a field, with the action and the resource that the field is judged on. */
const questions = (name: string) =>
  [
    { field: '{ user(name: "Target") { name } }', action: 'iam:GetUser', resource: 'user/staff/Target', tagged: true },
    { field: '{ user { name } }', action: 'iam:GetUser', resource: `user/${name}`, tagged: false },
    { field: '{ users { edges { cursor } } }', action: 'iam:ListUsers', resource: 'user/', tagged: false },
    {
      field: '{ users(pathPrefix: "/staff/") { edges { cursor } } }',
      action: 'iam:ListUsers',
      resource: 'user/staff/',
      tagged: false,
    },
    { field: '{ account { id } }', action: 'iam:GetAccountSummary', resource: null, tagged: false },
  ].map((one) => ({ ...one, resource: one.resource === null ? '*' : account.arn(one.resource) }))

const SIMULATE = `query ($input: SimulatePrincipalPolicyInput!) { simulatePrincipalPolicy(input: $input) { evalDecision } }`
const CAN = 'query ($checks: [AccessCheck!]!) { viewer { can(checks: $checks) { effect } } }'

const effectsOf = (answer: Answer, path: string, field: string): unknown[] => {
  const list = at(answer, path)
  return Array.isArray(list) ? list.map((one: object) => Reflect.get(one, field)) : [answer.text]
}

function live({ errors }: Answer): unknown {
  return errors.length === 0 ? 'ALLOW' : errors[0]?.extensions.authz?.effect
}

const key = (contextKeyName: string, ...contextKeyValues: string[]) => ({ contextKeyName, contextKeyValues })

test('the simulator, viewer.can and the gate give one answer, whatever the policies', async () => {
  const seen = new Set<unknown>()
  await fc.assert(
    fc.asyncProperty(
      fc.array(document, { minLength: 1, maxLength: 2 }),
      fc.option(document, { nil: null }),
      fc.option(document, { nil: null }),
      async (inline, managed, boundary) => {
        const name = `user-${++users}`
        const policyOf = async (kind: string, text: object | null) =>
          text === null ? null : (await account.createTestPolicy({ name: `${kind}-${users}`, document: text })).id
        const attached = await policyOf('managed', managed)
        const limit = await policyOf('boundary', boundary)
        const user = await account.user({
          name,
          tags: { home: 'staff' },
          policies: Object.fromEntries(inline.map((text, i) => [`p${i}`, text])),
          ...(attached !== null && { attached: [attached] }),
          ...(limit !== null && { boundary: limit }),
        })
        const asked = questions(name)
        const checks = asked.map((one) => ({ action: one.action, resource: one.resource }))
        const said = effectsOf(await user.ask(CAN, { checks }), 'viewer.can', 'effect')
        for (const [i, one] of asked.entries()) {
          const input = {
            policySourceArn: user.arn,
            actionNames: [one.action],
            resourceArns: [one.resource],
            contextEntries: [
              key('aws:username', name),
              key('aws:PrincipalTag/home', 'staff'),
              key('aws:SourceIp', '127.0.0.1'),
              ...(one.tagged ? [key('aws:ResourceTag/team', 'red')] : []),
              ...(one.resource === user.arn ? [key('aws:ResourceTag/home', 'staff')] : []),
            ],
          }
          const simulated = effectsOf(
            await account.root(SIMULATE, { input }),
            'simulatePrincipalPolicy',
            'evalDecision',
          )
          const passed = live(await user.ask(one.field))
          seen.add(passed)
          expect([said[i], simulated[0]], `${one.action} on ${one.resource}`).toEqual([passed, passed])
        }
      },
    ),
    { numRuns: 40, seed: 20_260_115 },
  )
  expect(seen).toEqual(new Set(['ALLOW', 'IMPLICIT_DENY', 'EXPLICIT_DENY']))
})
