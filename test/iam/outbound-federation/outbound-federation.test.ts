import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { attempt, enter, makeRole, must, trustOf } from '../../access/roles/role-setup.ts'
import {
  type Account,
  type Ask,
  at,
  type Installation,
  openInstallation,
  PUBLIC_URL,
  textAt,
} from '../../support/installation.ts'

let installation: Installation
let account: Account
let named = 0

beforeAll(async () => {
  installation = await openInstallation({ monotonic: () => installation.clock().getTime() })
  account = await enabled()
})
afterAll(() => installation.stop())

const ENABLE = 'mutation { enableOutboundWebIdentityFederation { issuerIdentifier } }'
const DISABLE = 'mutation { disableOutboundWebIdentityFederation { issuerIdentifier } }'
const INFO = '{ outboundWebIdentityFederation { issuerIdentifier jwtVendingEnabled } }'
const HOUR = 3600_000
const DAY = 24 * HOUR
const AUDIENCE = 'https://api.example.com'
const OURS = 'https://sts.amazonaws.com/'

async function enabled() {
  const opened = await installation.openAccount()
  expect((await opened.root(ENABLE)).codes).toEqual([])
  return opened
}

const asker = (tags: Readonly<Record<string, string>> = {}, of: Account = account) =>
  of.user({
    name: `asker-${++named}`,
    path: '/staff/',
    tags,
    allow: [{ action: ['sts:GetWebIdentityToken', 'sts:TagGetWebIdentityToken'] }],
  })

const asked = { audience: [AUDIENCE], signingAlgorithm: 'ES384' }

async function tokenOf(ask: Ask, input: object = {}): Promise<string> {
  const answer = await must(ask, 'getWebIdentityToken', { ...asked, ...input }, 'webIdentityToken expiresAt')
  return textAt(answer, 'getWebIdentityToken.webIdentityToken')
}

/** Why it is refused. */
const refusal = async (ask: Ask, input: object = {}) =>
  (await attempt(ask, 'getWebIdentityToken', { ...asked, ...input })).codes

/** Where tests find what is published under the public address. */
const here = (address: string) => address.replace(PUBLIC_URL, installation.url)

const read = async (address: string) => (await fetch(here(address))).json()

/** Verifies a token as a stranger does: who only knows the issuer. */
async function verified(token: string, audience = AUDIENCE) {
  const { iss = '' } = decodeJwt(token)
  const { issuer, jwks_uri: keys } = await read(`${iss}/.well-known/openid-configuration`)
  expect(issuer).toBe(iss)
  const remote = createRemoteJWKSet(new URL(here(keys)))
  return await jwtVerify(token, remote, { issuer, audience, currentDate: installation.clock() })
}

const kidsOf = async (issuer: string) => {
  const { keys }: { keys: { kid: string }[] } = await read(`${issuer}/.well-known/jwks.json`)
  return keys.map(({ kid }) => kid)
}

const manyTags = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ key: `key${at}`, value: 'v'.repeat(200) }))

const documentsOf = async () => {
  const { issuerIdentifier } = Object(at(await account.root(INFO), 'outboundWebIdentityFederation'))
  return here(`${issuerIdentifier}/.well-known/`)
}

describe('a token', () => {
  test.each(['RS256', 'ES384'])('signed with %s verifies with what its issuer publishes', async (signingAlgorithm) => {
    const user = await asker({ team: 'red' })
    const token = await tokenOf(user.ask, { signingAlgorithm, tags: [{ key: 'job', value: '7' }] })
    const { payload, protectedHeader } = await verified(token)
    const arn = account.arn(`user/staff/${user.name}`)
    const now = Math.floor(installation.clock().getTime() / 1000)
    expect(protectedHeader).toEqual({ alg: signingAlgorithm, typ: 'JWT', kid: expect.any(String) })
    expect(payload).toEqual({
      iss: expect.stringMatching(new RegExp(`^${PUBLIC_URL}/issuers/[0-9a-f]{32}$`)),
      aud: AUDIENCE,
      sub: arn,
      iat: now,
      exp: now + 300,
      jti: expect.any(String),
      [OURS]: {
        aws_account: account.accountId,
        source_region: 'us-east-1',
        principal_id: arn,
        principal_tags: { team: 'red' },
        request_tags: { job: '7' },
      },
    })
  })

  test('for several audiences names them all', async () => {
    const token = await tokenOf((await asker()).ask, { audience: ['one', 'two'] })
    expect((await verified(token, 'two')).payload.aud).toEqual(['one', 'two'])
  })

  test('of a session of a role tells the role, what the session carries and when it ends', async () => {
    const { role, ask } = await sessionOf('Worker', {
      durationSeconds: 900,
      tags: [{ key: 'Team', value: 'blue' }],
      sourceIdentity: 'jane',
    })
    const { payload } = await verified(await tokenOf(ask))
    expect(payload.sub).toBe(role.arn)
    expect(payload[OURS]).toEqual({
      aws_account: account.accountId,
      source_region: 'us-east-1',
      principal_id: role.arn,
      original_session_exp: `${new Date(installation.clock().getTime() + 900_000).toISOString().slice(0, 19)}Z`,
      source_identity: 'jane',
      principal_tags: { site: 'north', Team: 'blue' },
    })
  })
  test('lives no longer than the session that it is asked for in', async () => {
    const { ask } = await sessionOf('Brief', { durationSeconds: 900 })
    await tokenOf(ask, { durationSeconds: 900 })
    expect(await refusal(ask, { durationSeconds: 901 })).toEqual(['SessionDurationEscalationException'])
    installation.clock.advance(1000)
    expect(await refusal(ask, { durationSeconds: 900 })).toEqual(['SessionDurationEscalationException'])
  })

  test('opens nothing here', async () => {
    const token = await tokenOf((await asker()).ask, { audience: [PUBLIC_URL], signingAlgorithm: 'RS256' })
    expect((await installation.bears(token)('{ viewer { arn } }')).codes).toEqual(['InvalidClientTokenId'])
    const input = { roleArn: account.arn('role/Worker'), roleSessionName: 'session', webIdentityToken: token }
    expect((await attempt(installation.anonymous, 'assumeRoleWithWebIdentity', input)).errors).toMatchObject([
      { message: 'Tokens of GetWebIdentityToken are for others: no role can be assumed with them.' },
    ])
  })

  test('is of one account: no other account’s keys vouch for it', async () => {
    const other = await enabled()
    const token = await tokenOf((await asker()).ask)
    const { issuerIdentifier } = Object(at(await other.root(INFO), 'outboundWebIdentityFederation'))
    expect(decodeJwt(token).iss).not.toBe(issuerIdentifier)
    const { kid } = decodeProtectedHeader(token)
    expect(await kidsOf(issuerIdentifier)).not.toContain(kid)
    expect(await kidsOf(decodeJwt(token).iss ?? '')).toContain(kid)
  })

  test('is in the trail by its id, and nowhere itself', async () => {
    const user = await asker()
    const token = await tokenOf(user.ask, { tags: [{ key: 'job', value: '7' }] })
    const events = await account.trail()
    expect(events.at(-1)).toMatchObject({
      action: 'sts:GetWebIdentityToken',
      principalArn: account.arn(`user/staff/${user.name}`),
      result: 'SUCCESS',
      detail: {
        audience: [AUDIENCE],
        durationSeconds: 300,
        signingAlgorithm: 'ES384',
        tags: ['job=7'],
        tokenId: decodeJwt(token).jti,
      },
    })
    expect(JSON.stringify(events)).not.toContain(token.split('.')[2])
  })
})

describe('who asks', () => {
  test('root is refused', async () => {
    expect(await refusal(account.root)).toEqual(['AccessDenied'])
  })

  test('sessions that a user made of a key are refused, and so are federated users', async () => {
    const user = await account.user({ name: `maker-${++named}`, allow: [{ action: 'sts:*' }] })
    const session = await must(user.ask, 'getSessionToken', {}, 'accessKeyId secretAccessKey sessionToken')
    const policy = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } }
    const guest = await must(user.ask, 'getFederationToken', { name: 'guest', policy }, 'accessToken')
    const made = Object(at(session, 'getSessionToken'))
    expect(await refusal(installation.signs(made))).toEqual(['InvalidClientTokenId'])
    expect(await refusal(installation.bears(textAt(guest, 'getFederationToken.accessToken')))).toEqual([
      'InvalidClientTokenId',
    ])
  })

  test.each([
    ['another audience beside', { audience: [AUDIENCE, 'https://other.example.com'] }],
    ['another algorithm', { signingAlgorithm: 'RS256' }],
    ['a longer life', { durationSeconds: 301 }],
    ['tags', { tags: [{ key: 'job', value: '7' }] }],
  ])('needs a policy that allows %s', async (_what, input) => {
    const limited = await account.user({
      name: `limited-${++named}`,
      allow: [
        {
          action: 'sts:GetWebIdentityToken',
          when: {
            'ForAllValues:StringEquals': { 'sts:IdentityTokenAudience': AUDIENCE },
            StringEquals: { 'sts:SigningAlgorithm': 'ES384' },
            NumericLessThanEquals: { 'sts:DurationSeconds': '300' },
          },
        },
      ],
    })
    await tokenOf(limited.ask)
    await tokenOf(limited.ask, { durationSeconds: 60 })
    expect(await refusal(limited.ask, input)).toEqual(['AccessDenied'])
  })

  test('with tags needs sts:TagGetWebIdentityToken for exactly those', async () => {
    const tagging = await account.user({
      name: `tagging-${++named}`,
      allow: [
        { action: 'sts:GetWebIdentityToken' },
        { action: 'sts:TagGetWebIdentityToken', when: { StringEquals: { 'aws:RequestTag/job': '7' } } },
      ],
    })
    await tokenOf(tagging.ask, { tags: [{ key: 'job', value: '7' }] })
    expect(await refusal(tagging.ask, { tags: [{ key: 'job', value: '8' }] })).toEqual(['AccessDenied'])
  })
})

describe('what is asked', () => {
  test.each([
    ['no audience', { audience: [] }, 'ValidationError'],
    ['eleven audiences', { audience: Array.from({ length: 11 }, String) }, 'ValidationError'],
    ['an empty audience', { audience: [''] }, 'ValidationError'],
    ['an audience that is too long', { audience: ['a'.repeat(1001)] }, 'ValidationError'],
    ['a line break in an audience', { audience: ['a\nb'] }, 'ValidationError'],
    ['too short a life', { durationSeconds: 59 }, 'ValidationError'],
    ['too long a life', { durationSeconds: 3601 }, 'ValidationError'],
    ['too many tags', { tags: manyTags(51) }, 'ValidationError'],
    ['a reserved tag', { tags: [{ key: 'aws:x', value: '' }] }, 'InvalidInput'],
    ['the same tag twice', { tags: [...manyTags(1), { key: 'KEY0', value: '' }] }, 'InvalidParameterValue'],
    ['more than a token holds', { tags: manyTags(50) }, 'JWTPayloadSizeExceededException'],
  ])('%s is refused', async (_what, input, code) => {
    expect(await refusal((await asker()).ask, input)).toEqual([code])
  })
})

describe('the issuer of an account', () => {
  test('is enabled and disabled once each, and tells nothing before', async () => {
    const fresh = await installation.openAccount()
    const user = await asker({}, fresh)
    const codes = async (query: string) => (await fresh.root(query)).codes
    expect(await codes(INFO)).toEqual(['FeatureDisabled'])
    expect(await codes(DISABLE)).toEqual(['FeatureDisabled'])
    expect(await refusal(user.ask)).toEqual(['OutboundWebIdentityFederationDisabledException'])
    expect(await codes(ENABLE)).toEqual([])
    expect(await codes(ENABLE)).toEqual(['FeatureEnabled'])
    const { issuerIdentifier } = Object(at(await fresh.root(INFO), 'outboundWebIdentityFederation'))
    expect(issuerIdentifier).not.toContain(fresh.accountId)
    expect(await codes(DISABLE)).toEqual([])
    expect(await codes(DISABLE)).toEqual(['FeatureDisabled'])
    expect(await codes(INFO)).toEqual(['FeatureDisabled'])
    expect(await refusal(user.ask)).toEqual(['OutboundWebIdentityFederationDisabledException'])
    expect(await codes(ENABLE)).toEqual([])
    expect(at(await fresh.root(INFO), 'outboundWebIdentityFederation')).toEqual({
      issuerIdentifier,
      jwtVendingEnabled: true,
    })
  })

  test('has one pair of keys, however many enable it at once', async () => {
    const fresh = await installation.openAccount()
    const answers = await Promise.all(Array.from({ length: 5 }, () => fresh.root(ENABLE)))
    expect(answers.filter(({ codes }) => codes.length === 0)).toHaveLength(1)
    expect(await installation.db.tokenIssuerKey.count({ where: { accountId: fresh.accountId } })).toBe(2)
  })

  test('vouches for tokens from before it was disabled until they expire, and no longer', async () => {
    const fresh = await enabled()
    const token = await tokenOf((await asker({}, fresh)).ask, { durationSeconds: 3600 })
    const { iss = '' } = decodeJwt(token)
    await fresh.root(DISABLE)
    installation.clock.advance(HOUR - 1000)
    await verified(token)
    installation.clock.advance(HOUR)
    expect(await kidsOf(iss)).toEqual([])
  })

  test('takes up keys of the same day again, and makes new ones later beside those that still count', async () => {
    const fresh = await enabled()
    const { ask } = await asker({}, fresh)
    const kid = async () => decodeProtectedHeader(await tokenOf(ask)).kid
    const { iss = '' } = decodeJwt(await tokenOf(ask))
    const first = await kid()
    await fresh.root(DISABLE)
    await fresh.root(ENABLE)
    expect(await kid()).toBe(first)
    installation.clock.advance(DAY)
    await fresh.root(DISABLE)
    await fresh.root(ENABLE)
    const second = await kid()
    expect(second).not.toBe(first)
    expect(await kidsOf(iss)).toEqual(expect.arrayContaining([first, second]))
    installation.clock.advance(2 * HOUR)
    expect(await kidsOf(iss)).not.toContain(first)
    await fresh.root(DISABLE)
    await fresh.root(ENABLE)
    expect(await installation.db.tokenIssuerKey.count({ where: { accountId: fresh.accountId } })).toBe(2)
  })

  test('keeps its private keys to itself', async () => {
    const { issuerIdentifier } = Object(at(await account.root(INFO), 'outboundWebIdentityFederation'))
    const { keys }: { keys: object[] } = await read(`${issuerIdentifier}/.well-known/jwks.json`)
    const members = keys.map((key) => Object.keys(key).toSorted())
    expect(members.toSorted((a, b) => a.length - b.length)).toEqual([
      ['alg', 'e', 'kid', 'kty', 'n', 'use'],
      ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'],
    ])
    const rows = await installation.db.tokenIssuerKey.findMany()
    expect(rows.length).toBeGreaterThan(1)
    // Every PKCS #8 key names its kind (RFC 5208): rsaEncryption, id-ecPublicKey.
    const kinds = ['2a864886f70d010101', '2a8648ce3d0201'].map((oid) => Buffer.from(oid, 'hex'))
    for (const { privateKey } of rows) expect(kinds.some((kind) => Buffer.from(privateKey).includes(kind))).toBe(false)
  })
})

describe('its documents', () => {
  test('may be kept for a while, set no cookie and ask for none', async () => {
    for (const name of ['openid-configuration', 'jwks.json']) {
      const answer = await fetch(`${await documentsOf()}${name}`)
      expect(answer.status).toBe(200)
      expect(answer.headers.get('cache-control')).toBe('public, max-age=300')
      expect(answer.headers.get('content-type')).toContain('application/json')
      expect(answer.headers.get('set-cookie')).toBeNull()
    }
    expect((await fetch(`${await documentsOf()}jwks.json`, { method: 'HEAD' })).status).toBe(200)
  })

  test('are read, not written', async () => {
    const answer = await fetch(`${await documentsOf()}jwks.json`, { method: 'POST' })
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
  })

  test.each(['', '0'.repeat(31), 'g'.repeat(32), '0'.repeat(33), '%2e'.repeat(10), "0'".repeat(16)])(
    'of %j are not there',
    async (id) => {
      const answer = await fetch(`${installation.url}/issuers/${id}/.well-known/jwks.json`)
      expect(answer.status).toBe(404)
    },
  )

  test('that are not there cost one address only so much', async () => {
    const statuses = []
    for (let n = 0; n < 210; n++) {
      const id = n.toString(16).padStart(32, '0')
      statuses.push((await fetch(`${installation.url}/issuers/${id}/.well-known/jwks.json`)).status)
    }
    expect(new Set(statuses)).toEqual(new Set([404, 400]))
    installation.clock.advance(HOUR)
    expect((await fetch(`${await documentsOf()}jwks.json`)).status).toBe(200)
  })
})

/** A session of a new role that may ask for tokens. */
async function sessionOf(roleName: string, input: object) {
  const may = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity']
  const role = await makeRole(account, {
    roleName,
    tags: [
      { key: 'team', value: 'red' },
      { key: 'site', value: 'north' },
    ],
    trust: trustOf({ who: account.arn('root'), action: may }),
    allow: [{ action: 'sts:GetWebIdentityToken' }],
  })
  const user = await account.user({ name: `enters-${roleName}`, allow: [{ action: may }] })
  const { ask } = await enter(installation, user.ask, { roleArn: role.arn, ...input })
  return { role, ask }
}
