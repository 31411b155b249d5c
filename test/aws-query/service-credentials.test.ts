import {
  CreateServiceSpecificCredentialCommand,
  DeleteServerCertificateCommand,
  DeleteServiceSpecificCredentialCommand,
  GetServerCertificateCommand,
  type IAMClient,
  KeyPairMismatchException,
  ListServerCertificatesCommand,
  ListServiceSpecificCredentialsCommand,
  NoSuchEntityException,
  ResetServiceSpecificCredentialCommand,
  ServiceNotSupportedException,
  UpdateServiceSpecificCredentialCommand,
  UploadServerCertificateCommand,
} from '@aws-sdk/client-iam'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { issue } from '../support/issued-certificates.ts'
import { type Account, type Installation, openInstallation } from '../support/installation.ts'
import { iamOf, presentClock } from './clients.ts'

let installation: Installation
let account: Account
let root: IAMClient
beforeAll(async () => {
  installation = await openInstallation({ clock: presentClock() })
  account = await installation.openAccount()
  root = iamOf(installation, account.rootKey)
})
afterAll(() => installation.stop())

test('the SDK makes, lists by pages, resets, deactivates and deletes service-specific credentials', async () => {
  const { name: UserName } = await account.user({ name: 'Jane', accessKeys: 0 })
  const create = async (ServiceName: string, CredentialAgeDays?: number) =>
    (await root.send(new CreateServiceSpecificCredentialCommand({ UserName, ServiceName, CredentialAgeDays })))
      .ServiceSpecificCredential
  const git = await create('codecommit.amazonaws.com')
  expect(git).toMatchObject({
    UserName,
    ServiceName: 'codecommit.amazonaws.com',
    ServiceUserName: `Jane-at-${account.accountId}`,
    Status: 'Active',
    CreateDate: expect.any(Date),
  })
  expect(git).not.toHaveProperty('ServiceCredentialSecret')
  const bedrock = await create('bedrock.amazonaws.com', 2)
  expect(bedrock).toMatchObject({
    ServiceCredentialAlias: `Jane-at-${account.accountId}`,
    ServiceCredentialSecret: expect.stringMatching(/^ABSK/),
    ExpirationDate: expect.any(Date),
  })
  expect(bedrock).not.toHaveProperty('ServicePassword')
  await expect(create('s3.amazonaws.com')).rejects.toThrow(ServiceNotSupportedException)

  const seen: (string | undefined)[] = []
  let Marker: string | undefined
  do {
    const page = await root.send(new ListServiceSpecificCredentialsCommand({ AllUsers: true, MaxItems: 1, Marker }))
    seen.push(...(page.ServiceSpecificCredentials ?? []).map((one) => one.ServiceSpecificCredentialId))
    ;({ Marker } = page)
  } while (Marker !== undefined)
  expect(seen).toHaveLength(2)
  expect(new Set(seen)).toEqual(new Set([git, bedrock].map((one) => one?.ServiceSpecificCredentialId)))

  const ServiceSpecificCredentialId = git?.ServiceSpecificCredentialId
  const named = { UserName, ServiceSpecificCredentialId }
  const again = await root.send(new ResetServiceSpecificCredentialCommand(named))
  expect(again.ServiceSpecificCredential?.ServicePassword).not.toBe(git?.ServicePassword)
  await root.send(new UpdateServiceSpecificCredentialCommand({ ...named, Status: 'Inactive' }))
  const list = new ListServiceSpecificCredentialsCommand({ UserName, ServiceName: 'codecommit.amazonaws.com' })
  expect((await root.send(list)).ServiceSpecificCredentials).toMatchObject([
    { ServiceSpecificCredentialId, Status: 'Inactive' },
  ])
  await root.send(new DeleteServiceSpecificCredentialCommand(named))
  await expect(root.send(new DeleteServiceSpecificCredentialCommand(named))).rejects.toThrow(NoSuchEntityException)
})

test('a user with only the permissions for its own service-specific credentials has them without a name, and no others', async () => {
  const action = ['iam:ListServiceSpecificCredentials', 'iam:ResetServiceSpecificCredential']
  const joe = await account.user({ name: 'Joe', allow: [{ action, on: account.arn('user/Joe') }] })
  const iam = iamOf(installation, joe.accessKeys[0]!)
  const made = await root.send(
    new CreateServiceSpecificCredentialCommand({ UserName: 'Joe', ServiceName: 'git.example.com' }),
  )
  const ServiceSpecificCredentialId = made.ServiceSpecificCredential?.ServiceSpecificCredentialId
  const own = await iam.send(new ListServiceSpecificCredentialsCommand({}))
  expect(own.ServiceSpecificCredentials).toMatchObject([{ UserName: 'Joe', ServiceSpecificCredentialId }])
  await iam.send(new ResetServiceSpecificCredentialCommand({ ServiceSpecificCredentialId }))
  for (const asked of [{ AllUsers: true }, { UserName: 'Jane' }])
    await expect(iam.send(new ListServiceSpecificCredentialsCommand(asked))).rejects.toMatchObject({
      name: 'AccessDenied',
    })
})

test('the SDK uploads, reads, lists and deletes server certificates, and never sees a private key again', async () => {
  const authority = issue({ name: 'Authority', ca: true })
  const server = issue({ name: 'web.example.com', by: authority, until: '20980101' })
  const upload = (PrivateKey: string) =>
    root.send(
      new UploadServerCertificateCommand({
        ServerCertificateName: 'Web',
        Path: '/front/',
        CertificateBody: server.certificate,
        CertificateChain: authority.certificate,
        PrivateKey,
        Tags: [{ Key: 'team', Value: 'red' }],
      }),
    )
  await expect(upload(authority.key)).rejects.toThrow(KeyPairMismatchException)
  const { ServerCertificateMetadata: metadata, Tags } = await upload(server.key)
  expect(metadata).toMatchObject({
    ServerCertificateName: 'Web',
    Arn: account.arn('server-certificate/front/Web'),
    ServerCertificateId: expect.stringMatching(/^ASCA/),
    Expiration: new Date('2098-01-01T00:00:00Z'),
  })
  expect(Tags).toEqual([{ Key: 'team', Value: 'red' }])
  const read = await root.send(new GetServerCertificateCommand({ ServerCertificateName: 'web' }))
  expect(read.ServerCertificate).toEqual({
    ServerCertificateMetadata: metadata,
    CertificateBody: server.certificate,
    CertificateChain: authority.certificate,
    Tags,
  })
  const { ServerCertificateMetadataList: listed } = await root.send(new ListServerCertificatesCommand({}))
  expect(listed).toEqual([metadata])
  await root.send(new DeleteServerCertificateCommand({ ServerCertificateName: 'Web' }))
  const left = await root.send(new ListServerCertificatesCommand({ PathPrefix: '/front/' }))
  expect(left.ServerCertificateMetadataList).toEqual([])
})
