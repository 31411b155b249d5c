import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Account, type Installation, openInstallation } from '../../support/installation.ts'
import { assume, enter, makeRole, must, trustOf } from './role-setup.ts'

let installation: Installation
let account: Account
let bots = 0

beforeAll(async () => {
  installation = await openInstallation()
  account = await installation.openAccount()
})

afterAll(() => installation.stop())

/** A bot that may act on behalf of people of the company, and of nobody else. */
async function botAndRole() {
  const n = ++bots
  const bot = await account.user({ name: `slack-bot-${n}` })
  const roleName = `SlackActions-${n}`
  const role = await makeRole(account, {
    roleName,
    path: '/bots/',
    trust: trustOf({
      who: bot.arn,
      action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
      when: { StringLike: { 'sts:SourceIdentity': '*@example.com' } },
    }),
    allow: [{ action: ['iam:CreateUser', 'iam:GetUser'], on: account.arn('user/slack/*') }],
  })
  const as = (sourceIdentity: string) =>
    enter(installation, bot.ask, { roleArn: role.arn, roleSessionName: `req-${n}`, sourceIdentity })
  return { bot, role, roleName, as, session: `arn:aws:sts::${account.accountId}:assumed-role/${roleName}/req-${n}` }
}

describe('a bot that acts for people', () => {
  test('leaves a trail of bot, human and decision', async () => {
    const { bot, role, as, session } = await botAndRole()
    const { ask, accessKeyId } = await as('ann@example.com')
    await must(ask, 'createUser', { userName: 'newcomer', path: '/slack/' })
    installation.clock.advance(1_000)
    const refused = await ask('mutation { deleteUser(input: { userName: "newcomer" }) { userName } }')
    expect(refused.codes).toEqual(['AccessDenied'])

    const trail = await account.trail()
    expect(
      trail.find(({ action, principalArn }) => action === 'sts:AssumeRole' && principalArn === bot.arn),
    ).toMatchObject({
      accessKeyId: bot.accessKeys[0]!.id,
      resource: role.arn,
      sourceIdentity: 'ann@example.com',
      result: 'SUCCESS',
      decisionId: expect.any(String),
      detail: { accessKeyId, assumedRoleArn: session },
    })
    expect(trail.filter(({ principalArn }) => principalArn === session)).toMatchObject([
      {
        action: 'iam:CreateUser',
        result: 'SUCCESS',
        principalId: `${role.roleId}:${session.split('/').at(-1)}`,
        sourceIdentity: 'ann@example.com',
        accessKeyId,
        resource: account.arn('user/slack/newcomer'),
        decisionId: expect.any(String),
      },
      {
        action: 'iam:DeleteUser',
        result: 'DENIED',
        sourceIdentity: 'ann@example.com',
        decisionId: refused.errors[0]?.extensions.authz?.decisionId,
      },
    ])
  })

  test('must say for whom, and for somebody of the company', async () => {
    const { bot, role } = await botAndRole()
    const message = `User: ${bot.arn} is not authorized to perform: sts:AssumeRole on resource: ${role.arn}`
    for (const sourceIdentity of [undefined, 'ann@elsewhere.example'])
      expect((await assume(bot.ask, { roleArn: role.arn, sourceIdentity })).errors).toMatchObject([{ message }])
    expect((await account.trail()).filter(({ principalArn }) => principalArn === bot.arn)).toMatchObject([
      { action: 'sts:AssumeRole', result: 'DENIED', resource: role.arn },
      { action: 'sts:AssumeRole', result: 'DENIED', resource: role.arn },
    ])
  })

  test('is known to the end as the role session, by either form of its credentials', async () => {
    const { role, as, session } = await botAndRole()
    const { ask, bearer, answer } = await as('ann@example.com')
    const who = {
      viewer: {
        arn: session,
        userId: `${role.roleId}:${session.split('/').at(-1)}`,
        user: null,
        credential: 'SESSION',
        sourceIdentity: 'ann@example.com',
        mfaAuthenticatedAt: null,
      },
    }
    const query = '{ viewer { arn userId user { name } credential sourceIdentity mfaAuthenticatedAt } }'
    expect((await ask(query)).data).toEqual(who)
    expect((await bearer(query)).data).toEqual(who)
    expect(answer.data).toMatchObject({
      assumeRole: {
        assumedRoleUser: { arn: session, assumedRoleId: who.viewer.userId },
        sourceIdentity: 'ann@example.com',
        packedPolicySize: null,
      },
    })
  })

  test('loses the session when it expires', async () => {
    const { as } = await botAndRole()
    const { ask, bearer } = await as('ann@example.com')
    installation.clock.advance(3_599_000)
    expect((await ask('{ viewer { arn } }')).errors).toEqual([])
    installation.clock.advance(1_000)
    expect((await ask('{ viewer { arn } }')).codes).toEqual(['ExpiredToken'])
    expect((await bearer('{ viewer { arn } }')).codes).toEqual(['ExpiredToken'])
  })

  test('loses the session when the role’s sessions are revoked, and may start another', async () => {
    const { as, roleName } = await botAndRole()
    const { ask, bearer } = await as('ann@example.com')
    await must(account.root, 'revokeRoleSessions', { roleName })
    expect((await ask('{ viewer { arn } }')).codes).toEqual(['InvalidClientTokenId'])
    expect((await bearer('{ viewer { arn } }')).codes).toEqual(['InvalidClientTokenId'])
    const next = await as('ann@example.com')
    expect((await next.ask('{ viewer { arn } }')).errors).toEqual([])
  })

  test('loses the session with its role, also when the role is made again', async () => {
    const { as, roleName, bot } = await botAndRole()
    const { ask } = await as('ann@example.com')
    await must(account.root, 'deleteRolePolicy', { roleName, policyName: 'allowed' })
    await must(account.root, 'deleteRole', { roleName })
    expect((await ask('{ viewer { arn } }')).codes).toEqual(['InvalidClientTokenId'])
    await makeRole(account, { roleName, path: '/bots/', trust: trustOf({ who: bot.arn }) })
    expect((await ask('{ viewer { arn } }')).codes).toEqual(['InvalidClientTokenId'])
  })

  test('loses one session by signing out of it', async () => {
    const { as } = await botAndRole()
    const [one, other] = [await as('ann@example.com'), await as('bob@example.com')]
    expect((await one.ask('mutation { signOut { signedOut } }')).data).toEqual({ signOut: { signedOut: true } })
    expect((await one.ask('{ viewer { arn } }')).codes).toEqual(['InvalidClientTokenId'])
    expect((await one.bearer('{ viewer { arn } }')).codes).toEqual(['InvalidClientTokenId'])
    expect((await other.ask('{ viewer { arn } }')).errors).toEqual([])
  })

  test('feels a change of the role’s policies at the next request', async () => {
    const { as, roleName } = await botAndRole()
    const { ask } = await as('ann@example.com')
    const create = (userName: string) =>
      ask('mutation ($input: CreateUserInput!) { createUser(input: $input) { user { name } } }', {
        input: { userName, path: '/slack/' },
      })
    expect((await create(`before-${roleName}`)).codes).toEqual([])
    await must(account.root, 'deleteRolePolicy', { roleName, policyName: 'allowed' })
    expect((await create(`after-${roleName}`)).codes).toEqual(['AccessDenied'])
  })

  test('shows up as the last use of the role', async () => {
    const { as, roleName } = await botAndRole()
    const query = `{ role(name: "${roleName}") { lastUsed { at region } } }`
    expect((await account.root(query)).data).toEqual({ role: { lastUsed: { at: null, region: null } } })
    await (await as('ann@example.com')).ask('{ viewer { arn } }')
    await installation.application.lastUsed.flush()
    expect((await account.root(query)).data).toEqual({
      role: { lastUsed: { at: installation.clock().toISOString(), region: 'us-east-1' } },
    })
  })
})
