import { issue } from '../../support/issued-certificates.ts'
import type { Play, Stage } from '../stage.ts'

const authority = issue({ name: 'Authority', ca: true })
const server = issue({ name: 'web.example.com', by: authority, until: '20270101' })
const other = issue({ name: 'other.example.com' })
const old = issue({ name: 'old.example.com', until: '20210101' })

/** As they are in a form and in XML, and as they are in JSON. */
function meetAll(standIns: Stage['standIns']): void {
  for (const text of [server, authority, other, old].flatMap(({ certificate, key }) => [certificate, key]))
    for (const form of [text, JSON.stringify(text).slice(1, -1)]) standIns.call('PEM', form)
}

export const serverCertificatesByGraphql: Play = async ({ ask, standIns }) => {
  meetAll(standIns)
  const pems = { certificateBody: server.certificate, privateKey: server.key }
  await ask('uploadServerCertificate', {
    serverCertificateName: 'Web',
    path: '/front/',
    ...pems,
    certificateChain: authority.certificate,
    tags: [{ key: 'team', value: 'red' }],
  })
  await ask('uploadServerCertificate', { serverCertificateName: 'WEB', ...pems })
  await ask('uploadServerCertificate', { serverCertificateName: 'spare', ...pems })
  await ask('uploadServerCertificate', { serverCertificateName: 'x', ...pems, privateKey: other.key })
  await ask('uploadServerCertificate', { serverCertificateName: 'x', ...pems, certificateChain: other.certificate })
  await ask('uploadServerCertificate', { serverCertificateName: 'x', ...pems, certificateBody: 'none' })
  await ask('uploadServerCertificate', {
    serverCertificateName: 'x',
    certificateBody: old.certificate,
    privateKey: old.key,
  })
  await ask('serverCertificate', { name: 'web' })
  await ask('serverCertificate', { name: 'None' })
  const page = await ask('serverCertificates', { first: 1 })
  await ask('serverCertificates', { first: 1, after: page.text('pageInfo.endCursor') })
  await ask('serverCertificates', { pathPrefix: '/front/' })
  await ask('updateServerCertificate', { serverCertificateName: 'Web', newServerCertificateName: 'Spare' })
  await ask('updateServerCertificate', {
    serverCertificateName: 'Web',
    newServerCertificateName: 'Site',
    newPath: '/site/',
  })
  await ask('tagServerCertificate', { serverCertificateName: 'Site', tags: [{ key: 'Team', value: 'blue' }] })
  await ask('serverCertificateTags', { serverCertificateName: 'Site' })
  await ask('untagServerCertificate', { serverCertificateName: 'Site', tagKeys: ['team', 'none'] })
  await ask('deleteServerCertificate', { serverCertificateName: 'Site' })
  await ask('deleteServerCertificate', { serverCertificateName: 'Site' })
}

export const serverCertificatesByAws: Play = async ({ call, standIns }) => {
  meetAll(standIns)
  const pems = { CertificateBody: server.certificate, PrivateKey: server.key }
  await call('UploadServerCertificate', {
    Path: '/front/',
    ServerCertificateName: 'Web',
    ...pems,
    CertificateChain: authority.certificate,
    Tags: [{ Key: 'team', Value: 'red' }],
  })
  await call('UploadServerCertificate', { ServerCertificateName: 'WEB', ...pems })
  await call('UploadServerCertificate', { ServerCertificateName: 'spare', ...pems })
  await call('UploadServerCertificate', { ServerCertificateName: 'x', ...pems, PrivateKey: other.key })
  await call('UploadServerCertificate', { ServerCertificateName: 'x', ...pems, PrivateKey: 'none' })
  await call('GetServerCertificate', { ServerCertificateName: 'web' })
  await call('GetServerCertificate', { ServerCertificateName: 'spare' })
  const page = await call('ListServerCertificates', { MaxItems: '1' })
  await call('ListServerCertificates', { Marker: page.text('Marker') })
  await call('ListServerCertificates', { PathPrefix: '/front/' })
  await call('UpdateServerCertificate', {
    ServerCertificateName: 'Web',
    NewPath: '/site/',
    NewServerCertificateName: 'Site',
  })
  await call('TagServerCertificate', { ServerCertificateName: 'Site', Tags: [{ Key: 'Team', Value: 'blue' }] })
  await call('ListServerCertificateTags', { ServerCertificateName: 'Site' })
  await call('UntagServerCertificate', { ServerCertificateName: 'Site', TagKeys: ['team'] })
  await call('DeleteServerCertificate', { ServerCertificateName: 'Site' })
  await call('DeleteServerCertificate', { ServerCertificateName: 'Site' })
}
