import {
  CreateUserCommand,
  DeleteConflictException,
  DeleteSigningCertificateCommand,
  DeleteSSHPublicKeyCommand,
  DeleteUserCommand,
  DuplicateCertificateException,
  DuplicateSSHPublicKeyException,
  GetSSHPublicKeyCommand,
  InvalidCertificateException,
  InvalidPublicKeyException,
  ListSigningCertificatesCommand,
  ListSSHPublicKeysCommand,
  MalformedCertificateException,
  NoSuchEntityException,
  UnrecognizedPublicKeyEncodingException,
  UpdateSigningCertificateCommand,
  UpdateSSHPublicKeyCommand,
  UploadSigningCertificateCommand,
  UploadSSHPublicKeyCommand,
} from '@aws-sdk/client-iam'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CERTIFICATES } from '../support/certificates.ts'
import { type Account, type Installation, openInstallation } from '../support/installation.ts'
import { SHORT_RSA, SSH_KEYS } from '../support/ssh-keys.ts'
import { iamOf, presentClock } from './clients.ts'

let installation: Installation
let account: Account
beforeAll(async () => {
  installation = await openInstallation({ clock: presentClock() })
  account = await installation.openAccount()
})
afterAll(() => installation.stop())

describe('with the SDK', () => {
  test('an SSH public key goes from upload to deletion, with the errors that the model names', async () => {
    const iam = iamOf(installation, account.rootKey)
    await iam.send(new CreateUserCommand({ UserName: 'pusher' }))
    const upload = (SSHPublicKeyBody: string) =>
      iam.send(new UploadSSHPublicKeyCommand({ UserName: 'pusher', SSHPublicKeyBody }))
    const { SSHPublicKey: key } = await upload(SSH_KEYS.rsa.line)
    const SSHPublicKeyId = key?.SSHPublicKeyId ?? ''
    expect(key).toEqual({
      UserName: 'pusher',
      SSHPublicKeyId: expect.stringMatching(/^APKA\w{16}$/),
      Fingerprint: SSH_KEYS.rsa.fingerprint,
      SSHPublicKeyBody: SSH_KEYS.rsa.line,
      Status: 'Active',
      UploadDate: installation.clock(),
    })
    await expect(upload(SSH_KEYS.rsa.pem)).rejects.toBeInstanceOf(DuplicateSSHPublicKeyException)
    await expect(upload(SHORT_RSA)).rejects.toBeInstanceOf(InvalidPublicKeyException)
    await expect(upload('hello')).rejects.toBeInstanceOf(UnrecognizedPublicKeyEncodingException)
    const about = { UserName: 'pusher', SSHPublicKeyId }
    await iam.send(new UpdateSSHPublicKeyCommand({ ...about, Status: 'Inactive' }))
    const { SSHPublicKeys: keys, IsTruncated } = await iam.send(new ListSSHPublicKeysCommand({ UserName: 'pusher' }))
    expect(IsTruncated).toBe(false)
    expect(keys).toEqual([{ ...about, Status: 'Inactive', UploadDate: installation.clock() }])
    const pem = await iam.send(new GetSSHPublicKeyCommand({ ...about, Encoding: 'PEM' }))
    expect(pem.SSHPublicKey?.SSHPublicKeyBody).toBe(SSH_KEYS.rsa.pem)
    await expect(iam.send(new DeleteUserCommand({ UserName: 'pusher' }))).rejects.toBeInstanceOf(
      DeleteConflictException,
    )
    await iam.send(new DeleteSSHPublicKeyCommand(about))
    await expect(iam.send(new DeleteSSHPublicKeyCommand(about))).rejects.toBeInstanceOf(NoSuchEntityException)
    await iam.send(new DeleteUserCommand({ UserName: 'pusher' }))
  })

  test('a user who names nobody manages its own signing certificates, with the errors that the model names', async () => {
    const actions = ['Upload', 'List', 'Update', 'Delete'].map((verb) => `iam:${verb}SigningCertificate*`)
    const signer = await account.user({
      name: 'signer',
      allow: [{ action: actions, on: `arn:aws:iam::*:user/\${aws:username}` }],
    })
    const iam = iamOf(installation, signer.accessKeys[0]!)
    const upload = (CertificateBody: string) => iam.send(new UploadSigningCertificateCommand({ CertificateBody }))
    const { Certificate: certificate } = await upload(CERTIFICATES.alice)
    expect(certificate).toEqual({
      UserName: 'signer',
      CertificateId: expect.stringMatching(/^[A-Z2-7]{32}$/),
      CertificateBody: CERTIFICATES.alice,
      Status: 'Active',
      UploadDate: installation.clock(),
    })
    await expect(upload(CERTIFICATES.alice)).rejects.toBeInstanceOf(DuplicateCertificateException)
    await expect(upload(CERTIFICATES.expired)).rejects.toBeInstanceOf(MalformedCertificateException)
    await expect(upload(CERTIFICATES.short)).rejects.toBeInstanceOf(InvalidCertificateException)
    const { CertificateId = '' } = certificate ?? {}
    await iam.send(new UpdateSigningCertificateCommand({ CertificateId, Status: 'Inactive' }))
    const { Certificates: certificates } = await iam.send(new ListSigningCertificatesCommand({}))
    expect(certificates).toEqual([{ ...certificate, Status: 'Inactive' }])
    await iam.send(new DeleteSigningCertificateCommand({ CertificateId }))
    await expect(iam.send(new DeleteSigningCertificateCommand({ CertificateId }))).rejects.toBeInstanceOf(
      NoSuchEntityException,
    )
    await expect(iam.send(new ListSigningCertificatesCommand({ UserName: 'somebody-else' }))).rejects.toMatchObject({
      name: 'AccessDenied',
    })
  })

  test('both lists are empty for a user who has none, as tools ask before they delete the user', async () => {
    const iam = iamOf(installation, account.rootKey)
    const { name: UserName } = await account.user({ name: 'bare', accessKeys: 0 })
    const keys = await iam.send(new ListSSHPublicKeysCommand({ UserName }))
    expect(keys).toMatchObject({ SSHPublicKeys: [], IsTruncated: false })
    const certificates = await iam.send(new ListSigningCertificatesCommand({ UserName }))
    expect(certificates).toMatchObject({ Certificates: [], IsTruncated: false })
  })
})
