import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Account, at, type Installation, openInstallation, policyOf } from '../support/installation.ts'
import { contentOf } from '../support/world.ts'

let installation: Installation
let account: Account

beforeAll(async () => {
  installation = await openInstallation()
  account = await installation.openAccount()
})

afterAll(() => installation.stop())

let named = 0
const newName = (what: string) => `${what}-${++named}`
const CREATE_KEY = 'mutation { createAccessKey(input: {}) { accessKey { accessKeyId } } }'

async function userWithPolicy(actions: string | readonly string[]) {
  const policy = await account.createTestPolicy({ name: newName('may'), document: policyOf([{ action: actions }]) })
  const user = await account.user({ name: newName('user'), attached: [policy.id] })
  const detach = () =>
    account.root('mutation ($input: DetachUserPolicyInput!) { detachUserPolicy(input: $input) { __typename } }', {
      input: { userName: user.name, policyArn: policy.arn },
    })
  return { user, policy, detach }
}

/** An installation beside ours that does something once between the gate's decision and the change that it let through. */
async function interrupted(interrupt: () => Promise<unknown>): Promise<Installation> {
  let done = false
  const { db } = installation
  // The last moment before the transaction begins: none holds the embedded connection then.
  const hooked = new Proxy(db, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name)
      if (name !== '$transaction' || typeof member !== 'function') return member
      return async (...args: unknown[]) => {
        if (!done) {
          done = true
          await interrupt()
        }
        return await Reflect.apply(member, target, args)
      }
    },
  })
  return await openInstallation({
    beside: { database: { ...installation.database, db: hooked }, clock: installation.clock },
  })
}

describe('a permission that is taken away', () => {
  test('is refused at the very next request, and at that of another server on the same database', async () => {
    const other = await openInstallation({ beside: { database: installation.database, clock: installation.clock } })
    const { user, detach } = await userWithPolicy('iam:GetUser')
    const [key] = user.accessKeys
    const askOther = other.signs({ accessKeyId: key!.id, secretAccessKey: key!.secretAccessKey })
    for (const ask of [user.ask, askOther]) expect((await ask('{ user { name } }')).codes).toEqual([])
    await detach()
    for (const ask of [user.ask, askOther]) expect((await ask('{ user { name } }')).codes).toEqual(['AccessDenied'])
    await other.stop()
  })

  test.each([
    [
      'a new default version',
      'mutation ($arn: ARN!, $document: PolicyDocument!) { createPolicyVersion(input: { policyArn: $arn, policyDocument: $document, setAsDefault: true }) { versionId } }',
    ],
  ])('by %s is refused at the very next request', async (_how, mutation) => {
    const { user, policy } = await userWithPolicy('iam:GetUser')
    expect((await user.ask('{ user { name } }')).codes).toEqual([])
    await account.root(mutation, { arn: policy.arn, document: policyOf([{ action: 's3:*' }]) })
    expect((await user.ask('{ user { name } }')).codes).toEqual(['AccessDenied'])
  })

  test('by a tag is refused at the very next request', async () => {
    const user = await account.user({
      name: newName('tagged'),
      tags: { team: 'red' },
      allow: [{ action: 'iam:GetUser', when: { StringEquals: { 'aws:PrincipalTag/team': 'red' } } }],
    })
    expect((await user.ask('{ user { name } }')).codes).toEqual([])
    await account.root(
      'mutation ($name: String!) { tagUser(input: { userName: $name, tags: [{ key: "Team", value: "blue" }] }) { __typename } }',
      { name: user.name },
    )
    expect((await user.ask('{ user { name } }')).codes).toEqual(['AccessDenied'])
  })

  test('with the user or the key ends the credential itself', async () => {
    const user = await account.user({ name: newName('gone'), allow: [{ action: '*' }] })
    const [key] = user.accessKeys
    await account.root(
      'mutation ($name: String!, $id: ID!) { updateAccessKey(input: { userName: $name, accessKeyId: $id, status: INACTIVE }) { __typename } }',
      { name: user.name, id: key!.id },
    )
    const refused = await user.ask('{ viewer { arn } }')
    expect([refused.status, refused.errors[0]?.message, refused.codes]).toEqual([
      403,
      'The security token included in the request is invalid.',
      ['InvalidClientTokenId'],
    ])
  })

  test('between the decision and the change stops the change', async () => {
    const { user, detach } = await userWithPolicy('iam:CreateAccessKey')
    const other = await interrupted(detach)
    const [key] = user.accessKeys
    const ask = other.signs({ accessKeyId: key!.id, secretAccessKey: key!.secretAccessKey })
    const { codes, errors, data } = await ask(CREATE_KEY)
    expect([codes, data]).toEqual([['AccessDenied'], { createAccessKey: null }])
    expect(await installation.db.accessKey.count({ where: { userId: user.id } })).toBe(1)
    const denial = (await account.trail()).find(
      ({ decisionId }) => decisionId === errors[0]?.extensions.authz?.decisionId,
    )
    expect(denial).toMatchObject({ result: 'DENIED', action: 'iam:CreateAccessKey', principalArn: user.arn })
    await other.stop()
  })

  test('from the signing key itself, between the decision and the change, stops the change', async () => {
    const user = await account.user({ name: newName('rotated'), allow: [{ action: '*' }] })
    const [key] = user.accessKeys
    const other = await interrupted(() =>
      account.root(
        'mutation ($name: String!, $id: ID!) { deleteAccessKey(input: { userName: $name, accessKeyId: $id }) { __typename } }',
        { name: user.name, id: key!.id },
      ),
    )
    const ask = other.signs({ accessKeyId: key!.id, secretAccessKey: key!.secretAccessKey })
    expect((await ask(CREATE_KEY)).codes).toEqual(['InvalidClientTokenId'])
    expect(await installation.db.accessKey.count({ where: { userId: user.id } })).toBe(0)
    await other.stop()
  })
})

test('a change of something else in between is decided anew and goes through', async () => {
  const { user } = await userWithPolicy('iam:CreateAccessKey')
  const other = await interrupted(() =>
    account.root('mutation ($name: String!) { createUser(input: { userName: $name }) { __typename } }', {
      name: newName('else'),
    }),
  )
  const [key] = user.accessKeys
  const ask = other.signs({ accessKeyId: key!.id, secretAccessKey: key!.secretAccessKey })
  expect((await ask(CREATE_KEY)).codes).toEqual([])
  expect(await installation.db.accessKey.count({ where: { userId: user.id } })).toBe(2)
  await other.stop()
})

describe('the mutations of one document', () => {
  test('are each decided on what the one before left', async () => {
    const { user, policy } = await userWithPolicy(['iam:DetachUserPolicy', 'iam:CreateUser', 'iam:GetUser'])
    const { data, errors } = await user.ask(
      `mutation ($name: String!, $arn: ARN!) {
        before: createUser(input: { userName: "${newName('before')}" }) { user { path } }
        detachUserPolicy(input: { userName: $name, policyArn: $arn }) { user { name tags { key } } }
        after: createUser(input: { userName: "never" }) { user { path } }
      }`,
      { name: user.name, arn: policy.arn },
    )
    expect(data).toEqual({
      before: { user: { path: '/' } },
      // Even what the mutation itself answers is decided on the new state.
      detachUserPolicy: { user: { name: user.name, tags: null } },
      after: null,
    })
    expect(errors.map(({ path, extensions }) => [path?.join('.'), extensions.code])).toEqual([
      ['detachUserPolicy.user.tags', 'AccessDenied'],
      ['after', 'AccessDenied'],
    ])
    expect(await installation.db.user.count({ where: { accountId: account.accountId, name: 'never' } })).toBe(0)
  })

  test('stop when one of them ends the credential', async () => {
    const user = await account.user({ name: newName('suicidal'), allow: [{ action: '*' }] })
    const { data, codes } = await user.ask(
      `mutation ($id: ID!) {
        deleteAccessKey(input: { accessKeyId: $id }) { deletedAccessKeyId }
        createUser(input: { userName: "never" }) { user { name } }
      }`,
      { id: user.accessKeys[0]!.id },
    )
    expect(data).toEqual({ deleteAccessKey: { deletedAccessKeyId: user.accessKeys[0]!.id }, createUser: null })
    expect(codes).toEqual(['InvalidClientTokenId'])
  })
})

describe('the audit trail', () => {
  test('names who did what on what, with which decision', async () => {
    const user = await account.user({ name: newName('auditor'), allow: [{ action: 'iam:CreateUser' }] })
    const made = newName('made')
    const { requestId } = await user.ask(`mutation { createUser(input: { userName: "${made}" }) { user { name } } }`)
    const event = (await account.trail()).find((one) => one.requestId === requestId)
    expect(event).toMatchObject({
      result: 'SUCCESS',
      errorCode: null,
      action: 'iam:CreateUser',
      resource: account.arn(`user/${made}`),
      principalArn: user.arn,
      principalId: user.id,
      accessKeyId: user.accessKeys[0]!.id,
      mfa: false,
      sourceIp: '127.0.0.1',
      userAgent: 'tests',
      decisionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
  })

  test('has the attempts that IAM refused, with their code', async () => {
    const user = await account.user({ name: newName('greedy'), allow: [{ action: '*' }], accessKeys: 2 })
    const { requestId, codes } = await user.ask(CREATE_KEY)
    expect(codes).toEqual(['LimitExceeded'])
    expect((await account.trail()).filter((one) => one.requestId === requestId)).toMatchObject([
      { result: 'FAILURE', errorCode: 'LimitExceeded', action: 'iam:CreateAccessKey', principalArn: user.arn },
    ])
  })

  test('has an event for every change, or there is no change', async () => {
    const user = await account.user({ name: newName('unrecorded'), allow: [{ action: '*' }] })
    await installation.pool.query(`
      create function refuse_event() returns trigger language plpgsql as $$ begin raise exception 'no more events'; end $$;
      create trigger refuse_event before insert on audit_event for each row execute function refuse_event()`)
    try {
      const before = await contentOf(installation, account.accountId)
      const { codes } = await user.ask(CREATE_KEY)
      expect(codes).toEqual(['InternalFailure'])
      expect(await contentOf(installation, account.accountId)).toEqual(before)
    } finally {
      await installation.pool.query('drop trigger refuse_event on audit_event; drop function refuse_event()')
    }
    expect((await user.ask(CREATE_KEY)).codes).toEqual([])
  })

  test('has one event for a denial, however often the field stands in the request', async () => {
    const user = await account.user({ name: newName('stubborn') })
    const answer = await user.ask('{ a: user { name } b: user { name } c: users { edges { cursor } } }')
    expect(answer.codes).toEqual(['AccessDenied', 'AccessDenied', 'AccessDenied'])
    expect(at(answer, 'a')).toBeNull()
    const events = (await account.trail()).filter(({ requestId }) => requestId === answer.requestId)
    expect(events.map(({ action }) => action).toSorted()).toEqual(['iam:GetUser', 'iam:ListUsers'])
    const ids = new Set(answer.errors.map(({ extensions }) => extensions.authz?.decisionId))
    expect(new Set(events.map(({ decisionId }) => decisionId))).toEqual(ids)
  })
})
