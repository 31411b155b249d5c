import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  type Account,
  type Answer,
  type Ask,
  type Installation,
  openInstallation,
  textAt,
} from '../support/installation.ts'

let installation: Installation
let account: Account
let decoder: Ask

beforeAll(async () => {
  installation = await openInstallation()
})

afterAll(() => installation.stop())

beforeEach(async () => {
  account = await installation.openAccount()
  decoder = (await account.user({ name: 'Decoder', allow: [{ action: 'sts:DecodeAuthorizationMessage' }] })).ask
})

const decode = (ask: Ask, encodedMessage: string) =>
  ask('query ($message: String!) { decodeAuthorizationMessage(encodedMessage: $message) }', { message: encodedMessage })
const decoded = async (message: string): Promise<unknown> =>
  JSON.parse(textAt(await decode(decoder, message), 'decodeAuthorizationMessage'))
const decisionIdOf = ({ errors }: Answer) => errors[0]!.extensions.authz!.decisionId
const value = (text: string) => ({ value: text })
const INVALID = {
  message: 'Message is not valid',
  extensions: { code: 'InvalidAuthorizationMessageException' },
}

describe('the message behind an AccessDenied', () => {
  test('tells of an implicit deny who asked for what, and in which context', async () => {
    const alice = await account.user({ name: 'Alice', path: '/staff/', tags: { team: 'red' } })
    const message = await decoded(decisionIdOf(await alice.ask('{ user { name } }')))
    expect(message).toEqual({
      allowed: false,
      explicitDeny: false,
      matchedStatements: { items: [] },
      failures: { items: [] },
      context: {
        principal: { id: alice.id, arn: alice.arn },
        action: 'iam:GetUser',
        resource: alice.arn,
        conditions: { items: expect.any(Array) },
      },
    })
    expect(message).toMatchObject({
      context: {
        conditions: {
          items: expect.arrayContaining([
            { key: 'aws:username', values: { items: [value('Alice')] } },
            { key: 'aws:PrincipalTag/team', values: { items: [value('red')] } },
          ]),
        },
      },
    })
  })

  test('tells of an explicit deny the statements that deny, and no other', async () => {
    const alice = await account.user({
      name: 'Alice',
      policies: {
        mixed: {
          Version: '2012-10-17',
          Statement: [
            { Sid: 'Most', Effect: 'Allow', Action: '*', Resource: '*' },
            {
              Sid: 'NotOutside',
              Effect: 'Deny',
              Action: ['iam:Get*', 'iam:List*'],
              Resource: 'arn:aws:iam::*:user/${aws:username}',
              Condition: { NotIpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '192.168.0.0/16'] } },
            },
            { Sid: 'Elsewhere', Effect: 'Deny', Action: 's3:*', Resource: '*' },
          ],
        },
      },
    })
    expect(await decoded(decisionIdOf(await alice.ask('{ user { name } }')))).toMatchObject({
      allowed: false,
      explicitDeny: true,
      matchedStatements: {
        items: [
          {
            statementId: 'NotOutside',
            effect: 'DENY',
            principals: { items: [value(alice.id)] },
            principalGroups: { items: [] },
            actions: { items: [value('iam:Get*'), value('iam:List*')] },
            resources: { items: [value('arn:aws:iam::*:user/${aws:username}')] },
            conditions: {
              items: [{ key: 'aws:SourceIp', values: { items: [value('10.0.0.0/8'), value('192.168.0.0/16')] } }],
            },
          },
        ],
      },
    })
  })

  test('is there for a change that was allowed too, by the id in the trail', async () => {
    await account.root('mutation { createUser(input: { userName: "new" }) { user { name } } }')
    const event = (await account.trail()).find(({ action }) => action === 'iam:CreateUser')
    expect(await decoded(event!.decisionId!)).toMatchObject({
      allowed: true,
      explicitDeny: false,
      context: { principal: { id: account.accountId }, action: 'iam:CreateUser', resource: account.arn('user/new') },
    })
  })

  test('is nobody else’s: one of another account looks like one that there is not', async () => {
    const others = await installation.openAccount()
    const stranger = await others.user({ name: 'Stranger' })
    const foreign = decisionIdOf(await stranger.ask('{ user { name } }'))
    for (const message of [foreign, '00000000-0000-4000-8000-000000000000', 'not a message', 'a\nb'])
      expect((await decode(decoder, message)).errors).toMatchObject([INVALID])
    expect((await decode(others.root, foreign)).errors).toEqual([])
  })

  test.each([
    ['', 'greater than or equal to 1'],
    ['x'.repeat(10_241), 'less than or equal to 10240'],
  ])('has 1 to 10240 characters (case %#)', async (message, limit) => {
    expect((await decode(decoder, message)).errors).toMatchObject([
      {
        message: expect.stringMatching(
          new RegExp(`at 'encodedMessage' failed to satisfy constraint: Member must have length ${limit}$`),
        ),
        extensions: { code: 'ValidationError' },
      },
    ])
  })
})
