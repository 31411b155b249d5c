import { beforeEach, describe, expect, test } from 'vitest'
import {
  listServerCertificates,
  listServerCertificateTags,
} from '../../../src/iam/server-certificates/read-server-certificates.ts'
import {
  tagServerCertificate,
  untagServerCertificate,
} from '../../../src/iam/server-certificates/tag-server-certificate.ts'
import {
  deleteServerCertificate,
  updateServerCertificate,
  type UpdateServerCertificateInput,
} from '../../../src/iam/server-certificates/update-server-certificate.ts'
import {
  uploadServerCertificate,
  type UploadServerCertificateInput,
} from '../../../src/iam/server-certificates/upload-server-certificate.ts'
import { auditTrail, callAs, refusal } from '../../support/call.ts'
import { issue } from '../../support/issued-certificates.ts'
import { freshDatabase } from '../../support/database.ts'
import { type SeededAccount, seedAccount } from '../../support/seed-account.ts'
import { type TestServices, testServices } from '../../support/services.ts'

const { certificate: certificateBody, key: privateKey } = issue({ name: 'web.example.com', until: '20270101' })

let services: TestServices
let account: SeededAccount

beforeEach(async () => {
  services = testServices(await freshDatabase())
  account = await seedAccount(services)
})

const call = () => callAs(services, account.root)
const upload = async (serverCertificateName: string, more: Partial<UploadServerCertificateInput> = {}) =>
  await uploadServerCertificate(await call(), { serverCertificateName, certificateBody, privateKey, ...more })
const update = async (input: UpdateServerCertificateInput) => await updateServerCertificate(await call(), input)
const remove = async (serverCertificateName: string) =>
  await deleteServerCertificate(await call(), { serverCertificateName })
const list = async (args: object = {}) =>
  (await listServerCertificates(await call(), args, () => ({}))).edges.map(({ node }) => node.name)
const notFound = (name: string) => ({
  code: 'NoSuchEntity',
  message: `The Server Certificate with name ${name} cannot be found.`,
})
const taken = (name: string) => ({
  code: 'EntityAlreadyExists',
  message: `The Server Certificate with name ${name} already exists.`,
})

describe('a server certificate', () => {
  test('is stored with its key sealed to its row, and handed out without', async () => {
    const made = await upload('Web', { path: '/front/', tags: [{ key: 'team', value: 'red' }] })
    const { accountId } = account
    expect(made).toEqual({
      accountId,
      id: made.id,
      name: 'Web',
      nameKey: 'web',
      path: '/front/',
      certificateBody,
      certificateChain: null,
      createdAt: services.clock(),
      expiresAt: new Date('2027-01-01T00:00:00Z'),
    })
    expect(made.id).toMatch(/^ASCA[A-Z2-7]{17}$/)
    const row = await services.db.serverCertificate.findFirstOrThrow()
    const sealed = { ciphertext: row.privateKey, keyId: row.sealedBy }
    const opened = services.secrets.open(sealed, `server-certificate:${accountId}:${made.id}`)
    expect(Buffer.from(opened).toString()).toBe(privateKey)
    expect(() => services.secrets.open(sealed, `server-certificate:${accountId}:ASCAOTHER`)).toThrow()
    const trail = await auditTrail(services, accountId)
    expect(trail.at(-1)?.detail).toEqual({
      serverCertificateName: 'Web',
      serverCertificateId: made.id,
      path: '/front/',
      expiration: '2027-01-01T00:00:00.000Z',
      tags: ['team=red'],
    })
  })

  test('has a name of its own in any case, and is one of twenty', async () => {
    await upload('Web')
    expect(await refusal(() => upload('WEB'))).toEqual(taken('WEB'))
    for (let n = 2; n <= 20; n++) await upload(`web-${n}`)
    expect(await refusal(() => upload('web-21'))).toEqual({
      code: 'LimitExceeded',
      message: 'Cannot exceed quota for ServerCertificatesPerAccount: 20',
    })
    await remove('web-20')
    await upload('web-21')
  })

  test('is renamed and moved, into a free name only', async () => {
    const { id } = await upload('Web')
    await upload('Other')
    expect(await refusal(() => update({ serverCertificateName: 'web', newServerCertificateName: 'OTHER' }))).toEqual(
      taken('OTHER'),
    )
    expect(
      await update({ serverCertificateName: 'web', newServerCertificateName: 'Front', newPath: '/f/' }),
    ).toMatchObject({ id, name: 'Front', path: '/f/', certificateBody })
    expect(await refusal(() => update({ serverCertificateName: 'web' }))).toEqual(notFound('web'))
    expect(await update({ serverCertificateName: 'front' })).toMatchObject({ name: 'Front', path: '/f/' })
  })

  test('is deleted once, with its tags', async () => {
    await upload('Web', { tags: [{ key: 'team', value: 'red' }] })
    expect(await remove('WEB')).not.toHaveProperty('privateKey')
    expect(await refusal(() => remove('Web'))).toEqual(notFound('Web'))
    expect(await services.db.serverCertificateTag.count()).toBe(0)
  })

  test('has tags whose keys differ in case, at most fifty', async () => {
    const serverCertificateName = 'Web'
    await upload(serverCertificateName, { tags: [{ key: 'team', value: 'red' }] })
    await tagServerCertificate(await call(), { serverCertificateName, tags: [{ key: 'Team', value: 'blue' }] })
    const tags = async () =>
      (await listServerCertificateTags(await call(), { serverCertificateName })).map(
        ({ key, value }) => `${key}=${value}`,
      )
    expect(new Set(await tags())).toEqual(new Set(['Team=blue', 'team=red']))
    const many = Array.from({ length: 49 }, (_, n) => ({ key: `k${n}`, value: '' }))
    const more = async () => await tagServerCertificate(await call(), { serverCertificateName, tags: many })
    expect(await refusal(more)).toMatchObject({ code: 'LimitExceeded' })
    await untagServerCertificate(await call(), { serverCertificateName, tagKeys: ['team', 'none'] })
    await more()
  })

  test('is listed by name and path, and in its own account only', async () => {
    await upload('web', { path: '/front/' })
    await upload('Api', { path: '/back/' })
    expect(await list()).toEqual(['Api', 'web'])
    expect(await list({ pathPrefix: '/front' })).toEqual(['web'])
    expect(await list({ first: 1 })).toEqual(['Api'])
    const other = await seedAccount(services, { accountId: '210987654321' })
    const there = await callAs(services, other.root)
    expect((await listServerCertificates(there, {}, () => ({}))).edges).toEqual([])
    expect(await refusal(() => deleteServerCertificate(there, { serverCertificateName: 'web' }))).toEqual(
      notFound('web'),
    )
  })

  test('is refused for a bad parameter before anything is read of it', async () => {
    for (const more of [{ certificateBody: '' }, { privateKey: 'x'.repeat(16_385) }, { path: 'front' }])
      expect(await refusal(() => upload('Web', more))).toMatchObject({ code: 'ValidationError' })
    expect(await refusal(() => upload('no good'))).toMatchObject({ code: 'ValidationError' })
  })
})
