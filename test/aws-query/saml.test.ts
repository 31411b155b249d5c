import {
  CreateSAMLProviderCommand,
  GetSAMLProviderCommand,
  ListSAMLProvidersCommand,
  UpdateSAMLProviderCommand,
} from '@aws-sdk/client-iam'
import { AssumeRoleWithSAMLCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeRole } from '../access/roles/role-setup.ts'
import { trustInSaml } from '../access/saml/saml-setup.ts'
import { type Account, type Installation, openInstallation } from '../support/installation.ts'
import { newSigner, openSamlProvider } from '../support/saml-provider.ts'
import { iamOf, presentClock, stsOf } from './clients.ts'

const provider = openSamlProvider({ signer: newSigner({ curve: 'P-256' }) })
let installation: Installation
let account: Account
let PrincipalArn: string
beforeAll(async () => {
  installation = await openInstallation({ clock: presentClock() })
  account = await installation.openAccount()
  PrincipalArn = account.arn('saml-provider/Staff')
})
afterAll(() => installation.stop())

test('a provider is registered, read, listed and updated', async () => {
  const iam = iamOf(installation, account.rootKey)
  const SAMLMetadataDocument = provider.metadata({ validUntil: '2090-01-01T00:00:00Z' })
  const made = new CreateSAMLProviderCommand({ Name: 'Staff', SAMLMetadataDocument, Tags: [{ Key: 'a', Value: '1' }] })
  expect(await iam.send(made)).toMatchObject({ SAMLProviderArn: PrincipalArn, Tags: [{ Key: 'a', Value: '1' }] })
  await expect(iam.send(made)).rejects.toMatchObject({ name: 'EntityAlreadyExistsException' })
  const read = await iam.send(new GetSAMLProviderCommand({ SAMLProviderArn: PrincipalArn }))
  expect(read).toMatchObject({
    SAMLMetadataDocument,
    SAMLProviderUUID: expect.stringMatching(/^[A-Z0-9]{22}$/),
    ValidUntil: new Date('2090-01-01T00:00:00Z'),
    Tags: [{ Key: 'a', Value: '1' }],
  })
  const { SAMLProviderList } = await iam.send(new ListSAMLProvidersCommand({}))
  expect(SAMLProviderList).toEqual([
    { Arn: PrincipalArn, ValidUntil: new Date('2090-01-01T00:00:00Z'), CreateDate: read.CreateDate },
  ])
  const update = { SAMLProviderArn: PrincipalArn, SAMLMetadataDocument: provider.metadata() }
  expect(await iam.send(new UpdateSAMLProviderCommand(update))).toMatchObject({ SAMLProviderArn: PrincipalArn })
  for (const more of [
    { AssertionEncryptionMode: 'Allowed' },
    { AddPrivateKey: 'x' },
    { RemovePrivateKey: 'x' },
  ] as const)
    await expect(iam.send(new UpdateSAMLProviderCommand({ ...update, ...more }))).rejects.toMatchObject({
      message: expect.stringContaining('Member is not supported by this server'),
    })
})

test('an assertion opens a role without any key', async () => {
  const { arn: RoleArn } = await makeRole(account, { roleName: 'Portal', trust: trustInSaml(PrincipalArn) })
  const unsigned = new STSClient({ endpoint: installation.url, region: 'us-east-1', maxAttempts: 1 })
  const SAMLAssertion = provider.response(installation.clock(), { attributes: { Role: `${RoleArn},${PrincipalArn}` } })
  const asked = new AssumeRoleWithSAMLCommand({ RoleArn, PrincipalArn, SAMLAssertion })
  const { Credentials, AssumedRoleUser, ...answer } = await unsigned.send(asked)
  expect(answer).toMatchObject({
    Subject: 'jane@example.com',
    SubjectType: 'persistent',
    Issuer: provider.entityId,
    Audience: 'https://signin.aws.amazon.com/saml',
    NameQualifier: expect.stringMatching(/^[\w+/]{27}=$/),
  })
  const {
    AccessKeyId: id = '',
    SecretAccessKey: secretAccessKey = '',
    SessionToken: sessionToken = '',
  } = Credentials ?? {}
  const who = await stsOf(installation, { id, secretAccessKey, sessionToken }).send(new GetCallerIdentityCommand({}))
  expect(who.Arn).toBe(AssumedRoleUser?.Arn)

  const refused = async (text: string) =>
    await unsigned.send(new AssumeRoleWithSAMLCommand({ RoleArn, PrincipalArn, SAMLAssertion: text }))
  const status = 'urn:oasis:names:tc:SAML:2.0:status:Responder'
  await expect(refused(SAMLAssertion)).rejects.toMatchObject({ name: 'InvalidIdentityTokenException' })
  await expect(refused(provider.response(installation.clock(), { status }))).rejects.toMatchObject({
    name: 'IDPRejectedClaimException',
  })
  await expect(refused(provider.response(installation.clock(), { issuedIn: -400 }))).rejects.toMatchObject({
    name: 'ExpiredTokenException',
  })
})
