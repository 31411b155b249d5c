import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sealSession } from '../../../src/authn/session-token/index.ts'
import { signAccessToken } from '../../../src/authn/jwt/index.ts'
import {
  type Account,
  at,
  type Installation,
  openInstallation,
  PUBLIC_URL,
  textAt,
} from '../../support/installation.ts'
import { statementsOf } from '../../graphql/statements.ts'
import { assume, enter, makeRole, trustOf } from './role-setup.ts'

let installation: Installation
let account: Account

beforeAll(async () => {
  installation = await openInstallation()
  account = await installation.openAccount()
})

afterAll(() => installation.stop())

describe('a list of roles', () => {
  test('costs no statement per row, its trust policies and tags included', async () => {
    const lister = await account.user({
      name: 'Lister',
      allow: [
        { action: 'iam:ListRoles' },
        { action: ['iam:ListRoleTags'], when: { StringEquals: { 'aws:ResourceTag/team': 'red' } } },
      ],
    })
    const query = '{ roles { edges { node { name assumeRolePolicyDocument tags { key } } } } }'
    const cost = async () => {
      await lister.ask(query)
      const statements = await statementsOf(installation.pool, async () => void (await lister.ask(query)))
      return statements.filter((text) => !text.includes('audit_event')).length
    }
    const make = (roleName: string, team: string) =>
      makeRole(account, { roleName, trust: trustOf({ who: lister.arn }), tags: [{ key: 'team', value: team }] })
    await make('one', 'red')
    await make('two', 'blue')
    const few = await cost()
    for (let n = 0; n < 10; n++) await make(`more-${n}`, n % 2 === 0 ? 'red' : 'blue')
    expect(await cost()).toBe(few)

    const answer = await lister.ask(query)
    expect(at(answer, 'roles.edges.1.node')).toMatchObject({
      name: 'more-1',
      tags: null,
      assumeRolePolicyDocument: { Statement: [{ Principal: { AWS: lister.arn } }] },
    })
    expect(at(answer, 'roles.edges.0.node.tags')).toEqual([{ key: 'team' }])
    expect(answer.errors.map(({ extensions }) => extensions.authz?.action)).toEqual(
      Array.from({ length: 6 }, () => 'iam:ListRoleTags'),
    )
  })
})

describe('a session’s credentials', () => {
  test('belong together: neither another token nor another key, nor a bearer token without what is sealed', async () => {
    const user = await account.user({ name: 'Mixer' })
    const role = await makeRole(account, { roleName: 'Mixed', trust: trustOf({ who: user.arn }) })
    const [one, two] = [await assume(user.ask, { roleArn: role.arn }), await assume(user.ask, { roleArn: role.arn })]
    const mixed = installation.signs({
      accessKeyId: textAt(one, 'assumeRole.accessKeyId'),
      secretAccessKey: textAt(one, 'assumeRole.secretAccessKey'),
      sessionToken: textAt(two, 'assumeRole.sessionToken'),
    })
    expect((await mixed('{ viewer { arn } }')).codes).toEqual(['InvalidClientTokenId'])

    const now = Math.floor(installation.clock().getTime() / 1000)
    const claims = {
      iss: PUBLIC_URL,
      aud: PUBLIC_URL,
      sub: role.roleId,
      jti: textAt(one, 'assumeRole.accessKeyId'),
      iat: now,
      exp: now + 3600,
      account: account.accountId,
      kind: 'role' as const,
      credential: 'SESSION' as const,
    }
    const key = await installation.application.signingKeys.current()
    const { current: currentKeyId, keys } = installation.masterKey.deriveKeys('access-tokens')
    const tokenSeals = { currentKeyId, keys }
    const bears = async (more: object) =>
      (await installation.bears(signAccessToken(key, { ...claims, ...more }, tokenSeals))('{ viewer { arn } }')).codes
    const sealedElsewhere = sealSession(
      {
        kind: 'role',
        accessKeyId: claims.jti,
        secretAccessKey: 'none',
        accountId: account.accountId,
        userId: user.id,
        issuingAccessKeyId: null,
        issuedAt: installation.clock(),
        expiresAt: new Date((now + 3600) * 1000),
        mfaAt: null,
        sourceIdentity: null,
        role: { roleId: role.roleId, sessionName: 'admin', policies: [], policyArns: [], tags: [] },
      },
      { currentKeyId: 'k', keys: new Map([['k', new Uint8Array(32)]]) },
      installation.services.random,
    )
    expect(await bears({ session_token: textAt(one, 'assumeRole.sessionToken') })).toEqual([])
    expect(await bears({})).toEqual(['InvalidClientTokenId'])
    expect(await bears({ session_token: textAt(two, 'assumeRole.sessionToken') })).toEqual(['InvalidClientTokenId'])
    expect(await bears({ session_token: sealedElsewhere })).toEqual(['InvalidClientTokenId'])
  })

  test('keep what they carry to themselves', async () => {
    const user = await account.user({ name: 'Discreet' })
    const trust = trustOf({ who: user.arn, action: ['sts:AssumeRole', 'sts:TagSession'] })
    const role = await makeRole(account, { roleName: 'Discreet', trust })
    const tags = [{ key: 'patient', value: 'number-nine' }]
    const { accessToken, answer } = await enter(installation, user.ask, { roleArn: role.arn, tags })
    const claims = Buffer.from(accessToken.split('.')[1]!, 'base64url').toString()
    expect(claims).not.toContain('number-nine')
    expect(claims).not.toContain(textAt(answer, 'assumeRole.secretAccessKey'))
    expect(JSON.stringify(await account.trail())).not.toContain(textAt(answer, 'assumeRole.secretAccessKey'))
    expect(installation.logged()).not.toContain(textAt(answer, 'assumeRole.secretAccessKey'))
  })
})
