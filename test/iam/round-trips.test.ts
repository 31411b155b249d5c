import { beforeAll, describe, expect, test } from 'vitest'
import { type Account, type Installation, openInstallation, textAt, type TestCaller } from '../support/installation.ts'
import { type RoundTrip, roundTripsOf } from '../support/round-trips.ts'

let installation: Installation
let account: Account
let caller: TestCaller
let trips: RoundTrip[]
const known: Record<string, string> = {}

const policy = (...statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statement })

beforeAll(async () => {
  installation = await openInstallation()
  trips = roundTripsOf(installation.pool)
  account = await installation.openAccount()
  caller = await account.user({ name: 'alice', allow: [{ action: '*', on: '*' }] })
  await account.createTestUser({ name: 'bob', accessKeys: 0 })
  const trusts = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: account.arn('user/alice') } }
  const made = await account.root(
    `mutation ($trust: PolicyDocument!, $policy: PolicyDocument!) {
      createRole(input: { roleName: "r", assumeRolePolicyDocument: $trust }) { role { arn } }
      createPolicy(input: { policyName: "p", policyDocument: $policy }) { policy { arn } }
    }`,
    { trust: policy(trusts), policy: policy({ Effect: 'Allow', Action: 's3:*', Resource: '*' }) },
  )
  expect(made.text).not.toContain('"errors"')
})

/** What a change waits for: before its transaction, in it, and after it. */
interface Expected {
  readonly before: number
  readonly within: number
  readonly after: number
}

interface Case extends Expected {
  readonly field: string
  /** One field, by the number of the time that it is asked. */
  readonly mutation: (n: number) => string
  /** Puts back what the change has done, so that it can be done once more. */
  readonly undo?: string
  /** A text of the answer that `mutation` and `undo` of this and of later cases find in `known`. */
  readonly keeps?: string
}

const CASES: readonly Case[] = [
  {
    field: 'tagUser',
    mutation: (n) => `tagUser(input: { userName: "bob", tags: [{ key: "a", value: "${n}" }] }) { user { name } }`,
    before: 3,
    within: 3,
    after: 1,
  },
  {
    field: 'createUser',
    mutation: (n) => `createUser(input: { userName: "u${n}" }) { user { name } }`,
    before: 2,
    within: 4,
    after: 1,
  },
  {
    field: 'attachUserPolicy',
    mutation: () =>
      `attachUserPolicy(input: { userName: "bob", policyArn: "${account.arn('policy/p')}" }) { user { name } }`,
    undo: 'detachUserPolicy(input: { userName: "bob", policyArn: "POLICY" }) { user { name } }',
    before: 3,
    within: 6,
    after: 1,
  },
  {
    field: 'createAccessKey',
    mutation: () =>
      `createAccessKey(input: { userName: "bob", description: "d" }) { accessKey { accessKeyId } secretAccessKey }`,
    keeps: 'createAccessKey.accessKey.accessKeyId',
    before: 3,
    within: 5,
    after: 1,
  },
  {
    field: 'updateAccessKey',
    mutation: (n) =>
      `updateAccessKey(input: { userName: "bob", accessKeyId: "${known.createAccessKey}", status: ${n % 2 ? 'INACTIVE' : 'ACTIVE'} }) { accessKey { status } }`,
    before: 3,
    within: 4,
    after: 1,
  },
  {
    field: 'assumeRole',
    mutation: (n) =>
      `assumeRole(input: { roleArn: "${account.arn('role/r')}", roleSessionName: "s${n}" }) { assumedRoleUser { arn } }`,
    before: 2,
    within: 2,
    after: 1,
  },
]

/** Asks once, and answers what was asked of the database meanwhile. */
async function asked({ field, mutation, keeps }: Case, n: number): Promise<readonly RoundTrip[]> {
  trips.length = 0
  const answer = await caller.ask(`mutation { ${mutation(n)} }`)
  const made = [...trips]
  expect(answer.errors).toEqual([])
  if (keeps !== undefined) known[field] = textAt(answer, keeps)
  return made
}

function counted(made: readonly RoundTrip[]): Expected {
  const begin = made.findIndex(({ statements }) => statements.some((text) => text.startsWith('BEGIN')))
  const end = made.findIndex(({ statements }) => statements.includes('COMMIT'))
  return { before: begin, within: end - begin + 1, after: made.length - end - 1 }
}

describe('what a change asks of the database, beside itself', () => {
  test.each(CASES)('$field: $before before its transaction, $within in it, $after after it', async (one) => {
    await asked(one, 1)
    if (one.undo !== undefined) await caller.ask(`mutation { ${one.undo.replace('POLICY', account.arn('policy/p'))} }`)
    const { before, within, after } = one
    expect(counted(await asked(one, 2))).toEqual({ before, within, after })
  })
})

test('the lock of the account comes before all else, with the first statement of the work; the event goes with the COMMIT', async () => {
  const made = await asked(CASES[0]!, 3)
  const begin = made.findIndex(({ statements }) => statements[0]?.startsWith('BEGIN'))
  expect(made[begin]?.statements).toEqual([
    'BEGIN ISOLATION LEVEL READ COMMITTED',
    expect.stringMatching(/ update account set policy_epoch = policy_epoch \+ 1 /),
    expect.stringMatching(/^SELECT .* FROM "public"."user"/),
  ])
  expect(made[begin + 2]?.statements).toEqual([expect.stringMatching(/insert into "audit_event"/), 'COMMIT'])
})
