import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type Account,
  type Answer,
  at,
  type Installation,
  openInstallation,
  textAt,
} from '../../support/installation.ts'
import { type IdentityProvider, openIdentityProvider } from '../../support/identity-provider.ts'
import { makeRole } from '../roles/role-setup.ts'
import { assumeWithToken, register, trustInProvider } from './web-identity-setup.ts'

let provider: IdentityProvider
let installation: Installation
let account: Account
let providerArn: string

beforeAll(async () => {
  provider = await openIdentityProvider()
  installation = await openInstallation({ fetchDocument: provider.fetchDocument })
  account = await installation.openAccount()
  providerArn = await register(account, provider.issuer)
})

afterAll(async () => {
  await installation.stop()
  await provider.stop()
})

const token = (claims: object) => provider.token(installation.clock(), claims)
const present = (webIdentityToken: string, input: { readonly roleArn: string }) =>
  assumeWithToken(installation.anonymous, { webIdentityToken, ...input })
const faultOf = ({ errors }: Answer) => errors.map(({ message, extensions }) => [extensions.code, message])
const eventOf = async ({ requestId }: Answer) => (await account.trail()).find((event) => event.requestId === requestId)
const signedIn = (answer: Answer) =>
  installation.signs({
    accessKeyId: textAt(answer, 'assumeRoleWithWebIdentity.accessKeyId'),
    secretAccessKey: textAt(answer, 'assumeRoleWithWebIdentity.secretAccessKey'),
    sessionToken: textAt(answer, 'assumeRoleWithWebIdentity.sessionToken'),
  })
const trustOf = (...statements: object[]) => ({ Version: '2012-10-17', Statement: statements })
const ACTION = 'sts:AssumeRoleWithWebIdentity'
const about = (statement: object) => ({ Principal: { Federated: providerArn }, Action: ACTION, ...statement })
const KEY = (claim: string) => `${provider.address}:${claim}`
const viewerOf = async (answer: Answer) => (await signedIn(answer)('{ users { edges { node { name } } } }')).codes
const refused = (action: string) => [['AccessDenied', `Not authorized to perform ${action}`]]
const DENIED = ['AccessDenied', `Not authorized to perform ${ACTION}`]

describe('what a token says beside who it is for', () => {
  const TAGS = 'https://aws.amazon.com/tags'
  const SOURCE_IDENTITY = 'https://aws.amazon.com/source_identity'
  let made = 0

  /** A role whose trust policy lets the provider in, with more statements about it. */
  const trusting = async (...more: readonly object[]) => {
    const trust = trustOf(...more.map(about))
    const grants = [{ action: 'iam:ListUsers', when: { StringEquals: { 'aws:PrincipalTag/team': 'red' } } }]
    const { arn } = await makeRole(account, { roleName: `Claims-${++made}`, trust, allow: grants })
    return (claimed: object) => present(token(claimed), { roleArn: arn })
  }
  const ALLOW = { Effect: 'Allow' }

  test('decides as condition keys under the provider’s address, whether the condition allows or denies', async () => {
    const allowed = await trusting({ ...ALLOW, Condition: { StringEquals: { [KEY('repository_id')]: '42' } } })
    expect(faultOf(await allowed({ repository_id: '42' }))).toEqual([])
    for (const other of [{}, { repository_id: '43' }, { repository_id: null }, { repository_id: { id: '42' } }])
      expect(faultOf(await allowed(other))).toEqual([DENIED])

    const denied = await trusting(ALLOW, {
      Effect: 'Deny',
      Condition: { StringLike: { [KEY('ref')]: 'refs/heads/*' } },
    })
    expect(faultOf(await denied({ ref: 'refs/tags/v1' }))).toEqual([])
    expect(faultOf(await denied({ ref: 'refs/heads/main' }))).toEqual([DENIED])

    const negated = await trusting(ALLOW, {
      Effect: 'Deny',
      Condition: { StringNotEquals: { [KEY('environment')]: 'production' } },
    })
    expect(faultOf(await negated({ environment: 'production' }))).toEqual([])
    for (const other of [{}, { environment: 'test' }]) expect(faultOf(await negated(other))).toEqual([DENIED])
  })

  test('is compared as text, number, truth value or list of those', async () => {
    const open = await trusting({
      ...ALLOW,
      Condition: {
        NumericLessThan: { [KEY('run_attempt')]: '3' },
        Bool: { [KEY('email_verified')]: 'true' },
        'ForAnyValue:StringEquals': { [KEY('https://idp.example.com/groups')]: ['ops', '7'] },
      },
    })
    const good = { run_attempt: 2, email_verified: true, 'https://idp.example.com/groups': ['dev', 7] }
    expect(faultOf(await open(good))).toEqual([])
    for (const change of [
      { run_attempt: 3 },
      { email_verified: false },
      { 'https://idp.example.com/groups': ['dev'] },
      { 'https://idp.example.com/groups': [] },
      { 'https://idp.example.com/groups': ['ops', { name: 'ops' }] },
    ])
      expect(faultOf(await open({ ...good, ...change }))).toEqual([DENIED])
  })

  test('takes the place of nothing that the server found out', async () => {
    const open = await trusting({
      ...ALLOW,
      Condition: {
        StringEquals: { [KEY('aud')]: 'portal', [KEY('sub')]: 'jane' },
        'ForAllValues:StringEquals': { [KEY('amr')]: ['pwd'] },
        'ForAnyValue:StringEquals': { [KEY('oaud')]: ['backend'] },
      },
    })
    expect(faultOf(await open({ azp: 'portal', aud: 'backend', amr: ['pwd'] }))).toEqual([])
    for (const claimed of [
      { oaud: 'backend' },
      { OAUD: ['backend'], AMR: 'pwd', amr: ['mfa'] },
      { sub: 'joe', Sub: 'jane', aud: 'backend', azp: 'portal', amr: ['pwd'] },
    ])
      expect(faultOf(await open(claimed))).toEqual([DENIED])
    // Keys of the server have another beginning; a port does not make one provider’s key another’s.
    const { host, port } = new URL(provider.issuer)
    expect(port).not.toBe('')
    const mfa = await trusting({ ...ALLOW, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })
    expect(faultOf(await mfa({ 'aws:MultiFactorAuthPresent': true }))).toEqual([DENIED])
    const ported = await trusting({ ...ALLOW, Condition: { StringEquals: { [KEY('8443/x:sub')]: host } } })
    expect(faultOf(await ported({ '8443/x:sub': host }))).toEqual([DENIED])
  })

  test('is refused when it cannot be compared as what it says, instead of being left out', async () => {
    const open = await trusting(ALLOW)
    const many = Object.fromEntries(Array.from({ length: 196 }, (_, n) => [`claim_${n}`, n]))
    // Beside iss, sub, aud, iat and exp.
    expect(faultOf(await open(Object.fromEntries(Object.entries(many).slice(1))))).toEqual([])
    for (const [claimed, what] of [
      [many, 'it has more than 200 claims'],
      [{ Role: 'a', role: 'b' }, 'two of its claims differ in case only: role'],
      [{ id: 2 ** 53 }, 'the number id is beyond 2^53 - 1'],
      [
        { [TAGS]: { principal_tags: { team: ['red', 'blue'] } } },
        `its claim ${TAGS} is not of the form that it must have`,
      ],
      [{ [TAGS]: 'team=red' }, `its claim ${TAGS} is not of the form that it must have`],
      [{ [SOURCE_IDENTITY]: ['jane'] }, `its claim ${SOURCE_IDENTITY} is not of the form that it must have`],
    ] as const) {
      expect(faultOf(await open(claimed))).toEqual([
        ['InvalidIdentityToken', `The ID Token provided cannot be used: ${what}.`],
      ])
    }
  })

  test('stays out of what the session may do later', async () => {
    const { arn } = await makeRole(account, {
      roleName: 'Forgetful',
      trust: trustInProvider(providerArn),
      allow: [{ action: 'iam:ListUsers', when: { StringEquals: { [KEY('environment')]: 'production' } } }],
    })
    const answer = await present(token({ environment: 'production' }), { roleArn: arn })
    expect(await viewerOf(answer)).toEqual(['AccessDenied'])
  })

  describe('as session tags and source identity', () => {
    const tags = (values: object, transitive?: readonly string[]) => ({
      [TAGS]: { principal_tags: values, ...(transitive && { transitive_tag_keys: transitive }) },
    })
    const flat = { [`${TAGS}/principal_tags/team`]: 'red', [`${TAGS}/transitive_tag_keys`]: ['team'] }

    test('becomes the session’s, where the trust policy allows it', async () => {
      const open = await trusting({ ...ALLOW, Action: [ACTION, 'sts:TagSession', 'sts:SetSourceIdentity'] })
      for (const claimed of [tags({ team: ['red'] }), tags({ team: 'red' }), flat]) {
        const answer = await open({ ...claimed, [SOURCE_IDENTITY]: 'jane' })
        expect(faultOf(answer)).toEqual([])
        expect(at(answer, 'assumeRoleWithWebIdentity')).toMatchObject({ packedPolicySize: 3, sourceIdentity: 'jane' })
        expect(await viewerOf(answer)).toEqual([])
        expect(await eventOf(answer)).toMatchObject({
          sourceIdentity: 'jane',
          detail: { tags: ['team=red'], sourceIdentity: 'jane' },
        })
      }
      expect(await viewerOf(await open(tags({ team: ['blue'] })))).toEqual(['AccessDenied'])
    })

    test('is refused where the trust policy allows only to assume the role', async () => {
      const open = await trusting(ALLOW)
      for (const claimed of [tags({ team: ['red'] }), flat])
        expect(faultOf(await open(claimed))).toEqual(refused('sts:TagSession'))
      const answer = await open({ [SOURCE_IDENTITY]: 'jane' })
      expect(faultOf(answer)).toEqual(refused('sts:SetSourceIdentity'))
      expect(await eventOf(answer)).toMatchObject({ result: 'DENIED', errorCode: 'AccessDenied' })
      expect(faultOf(await open(tags({})))).toEqual([])
    })

    test('is decided on by its values', async () => {
      const open = await trusting(
        { ...ALLOW, Condition: { StringLike: { 'sts:SourceIdentity': 'j*' } }, Action: ['sts:SetSourceIdentity'] },
        ALLOW,
        {
          ...ALLOW,
          Action: 'sts:TagSession',
          Condition: {
            StringEquals: { 'aws:RequestTag/team': ['red', 'blue'] },
            'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'], 'sts:TransitiveTagKeys': ['team'] },
          },
        },
      )
      expect(faultOf(await open({ ...tags({ team: ['red'] }, ['team']), [SOURCE_IDENTITY]: 'jane' }))).toEqual([])
      for (const claimed of [
        tags({ team: ['green'] }),
        tags({ team: ['red'], cost: ['7'] }),
        { [SOURCE_IDENTITY]: 'eve' },
      ])
        expect((await open(claimed)).codes).toEqual(['AccessDenied'])
    })

    test('follows the limits of other session tags and source identities', async () => {
      const open = await trusting({ ...ALLOW, Action: 'sts:*' })
      const codes = async (claimed: object) => (await open(claimed)).codes
      expect(await codes(tags({ ['k'.repeat(129)]: 'v' }))).toEqual(['ValidationError'])
      expect(await codes(tags({ key: 'v'.repeat(257) }))).toEqual(['ValidationError'])
      expect(await codes(tags(Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`k${n}`, 'v']))))).toEqual([
        'ValidationError',
      ])
      expect(await codes(tags({ team: 'red', Team: 'blue' }))).toEqual(['InvalidParameterValue'])
      expect(await codes(tags({ team: 'red' }, ['other']))).toEqual(['InvalidParameterValue'])
      const big = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`k${n}`, 'v'.repeat(256)]))
      expect(await codes(tags(big))).toEqual(['PackedPolicyTooLarge'])
      expect(await codes({ [SOURCE_IDENTITY]: 'j' })).toEqual(['ValidationError'])
      expect(await codes({ [SOURCE_IDENTITY]: 'jane doe' })).toEqual(['ValidationError'])
    })
  })
})
