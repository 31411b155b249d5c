import { CERTIFICATES } from '../../support/certificates.ts'
import type { Play } from '../stage.ts'

const UNKNOWN = 'NOBODYHASTHISCERTIFICATE23456777'

export const signingCertificatesByGraphql: Play = async ({ ask, as, root }) => {
  for (const userName of ['Bot', 'Other']) await as(root).ask('createUser', { userName }, { select: '{ user { id } }' })
  const upload = (certificateBody: string, userName = 'Bot') =>
    ask('uploadSigningCertificate', { userName, certificateBody })
  const made = await upload(CERTIFICATES.alice)
  const certificateId = made.text('certificate.certificateId')
  await upload(CERTIFICATES.alice, 'Other')
  await upload(CERTIFICATES.bob, 'Nobody-there')
  await upload(CERTIFICATES.expired)
  await upload(CERTIFICATES.future)
  await upload(CERTIFICATES.short)
  await upload('hello')
  await upload(CERTIFICATES.bob)
  await upload(CERTIFICATES.carol)
  const own = await ask('uploadSigningCertificate', { certificateBody: CERTIFICATES.carol })
  await ask('signingCertificates', { userName: 'bot' })
  await ask('signingCertificates', {})
  await ask('signingCertificates', { userName: 'Nobody-there' })
  await ask('updateSigningCertificate', { userName: 'Bot', certificateId, status: 'INACTIVE' })
  await ask('updateSigningCertificate', { userName: 'Other', certificateId, status: 'ACTIVE' })
  await ask('updateSigningCertificate', { certificateId: UNKNOWN, status: 'ACTIVE' })
  await ask('deleteUser', { userName: 'Bot' })
  await ask('deleteSigningCertificate', { userName: 'Other', certificateId })
  await ask('deleteSigningCertificate', { userName: 'Bot', certificateId })
  await ask('deleteSigningCertificate', { userName: 'Bot', certificateId })
  await ask('deleteSigningCertificate', { certificateId: 'short' })
  await ask('deleteSigningCertificate', { certificateId: own.text('certificate.certificateId') })
}

export const signingCertificatesByAws: Play = async ({ call, as, root }) => {
  for (const UserName of ['Bot', 'Other']) await as(root).call('CreateUser', { UserName })
  const upload = (CertificateBody: string, UserName = 'Bot') =>
    call('UploadSigningCertificate', { UserName, CertificateBody })
  const made = await upload(CERTIFICATES.alice)
  const CertificateId = made.text('CertificateId')
  await upload(CERTIFICATES.alice, 'Other')
  await upload(CERTIFICATES.expired)
  await upload(CERTIFICATES.future)
  await upload('hello')
  await upload(CERTIFICATES.bob)
  await upload(CERTIFICATES.carol)
  await as(root).call('UploadSigningCertificate', { CertificateBody: CERTIFICATES.carol })
  await as(root).call('GetAccountSummary')
  await as(root).call('ListSigningCertificates')
  const page = await call('ListSigningCertificates', { UserName: 'Bot', MaxItems: '1' })
  await call('ListSigningCertificates', { UserName: 'Bot', Marker: page.text('Marker') })
  await call('ListSigningCertificates', { UserName: 'Other' })
  await call('UpdateSigningCertificate', { UserName: 'Bot', CertificateId, Status: 'Inactive' })
  await call('UpdateSigningCertificate', { UserName: 'Bot', CertificateId, Status: 'Expired' })
  await call('UpdateSigningCertificate', { UserName: 'Other', CertificateId, Status: 'Active' })
  await call('DeleteUser', { UserName: 'Bot' })
  await call('DeleteSigningCertificate', { UserName: 'Other', CertificateId })
  await call('DeleteSigningCertificate', { UserName: 'Bot', CertificateId })
  await call('DeleteSigningCertificate', { UserName: 'Bot', CertificateId })
}
