import { AssumeRoleWithWebIdentityCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeRole } from '../access/roles/role-setup.ts'
import { register, trustInProvider } from '../access/web-identity/web-identity-setup.ts'
import { type Account, type Installation, openInstallation } from '../support/installation.ts'
import { type IdentityProvider, openIdentityProvider } from '../support/identity-provider.ts'
import { presentClock, stsOf } from './clients.ts'

let provider: IdentityProvider
let installation: Installation
let account: Account
let RoleArn: string
let unsigned: STSClient
beforeAll(async () => {
  provider = await openIdentityProvider()
  installation = await openInstallation({ fetchDocument: provider.fetchDocument, clock: presentClock() })
  account = await installation.openAccount()
  const trust = trustInProvider(await register(account, provider.issuer))
  RoleArn = (await makeRole(account, { roleName: 'Portal', trust, allow: [{ action: 'iam:ListUsers' }] })).arn
  unsigned = new STSClient({ endpoint: installation.url, region: 'us-east-1', maxAttempts: 1 })
})
afterAll(async () => {
  await installation.stop()
  await provider.stop()
})

test('a token of an identity provider opens a role without any key', async () => {
  const WebIdentityToken = provider.token(installation.clock())
  const asked = new AssumeRoleWithWebIdentityCommand({ RoleArn, RoleSessionName: 'jane', WebIdentityToken })
  const { Credentials, AssumedRoleUser, Audience, Provider } = await unsigned.send(asked)
  expect({ Audience, Provider, arn: AssumedRoleUser?.Arn }).toEqual({
    Audience: 'portal',
    Provider: account.arn(`oidc-provider/${provider.address}`),
    arn: `arn:aws:sts::${account.accountId}:assumed-role/Portal/jane`,
  })
  const {
    AccessKeyId: id = '',
    SecretAccessKey: secretAccessKey = '',
    SessionToken: sessionToken = '',
  } = Credentials ?? {}
  const who = await stsOf(installation, { id, secretAccessKey, sessionToken }).send(new GetCallerIdentityCommand({}))
  expect(who.Arn).toBe(AssumedRoleUser?.Arn)
})

test('what a token states of tags and source identity becomes the session’s', async () => {
  const trust = trustInProvider(account.arn(`oidc-provider/${provider.address}`))
  const actions = ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession', 'sts:SetSourceIdentity']
  const statement = { ...Reflect.get(trust, 'Statement'), Action: actions }
  const { arn } = await makeRole(account, { roleName: 'Tagged', trust: { ...trust, Statement: statement } })
  const WebIdentityToken = provider.token(installation.clock(), {
    'https://aws.amazon.com/tags': { principal_tags: { team: ['red'] }, transitive_tag_keys: ['team'] },
    'https://aws.amazon.com/source_identity': 'jane',
  })
  const asked = { RoleSessionName: 'jane', WebIdentityToken }
  expect(await unsigned.send(new AssumeRoleWithWebIdentityCommand({ ...asked, RoleArn: arn }))).toMatchObject({
    SourceIdentity: 'jane',
    PackedPolicySize: 3,
  })
  await expect(unsigned.send(new AssumeRoleWithWebIdentityCommand({ ...asked, RoleArn }))).rejects.toMatchObject({
    name: 'AccessDenied',
    message: 'Not authorized to perform sts:SetSourceIdentity',
  })
})

test('what is no token is refused by the name that the SDK knows', async () => {
  const asked = new AssumeRoleWithWebIdentityCommand({ RoleArn, RoleSessionName: 'jane', WebIdentityToken: 'no token' })
  await expect(unsigned.send(asked)).rejects.toMatchObject({ name: 'InvalidIdentityTokenException' })
})
