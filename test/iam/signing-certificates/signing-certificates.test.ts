import { generateKeyPairSync } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import type { CredentialStatus, User } from '../../../src/generated/prisma/client.ts'
import { acceptCertificate, readCertificate } from '../../../src/iam/signing-certificates/certificate-material.ts'
import { deleteSigningCertificate } from '../../../src/iam/signing-certificates/delete-signing-certificate.ts'
import { listSigningCertificates } from '../../../src/iam/signing-certificates/read-signing-certificates.ts'
import { updateSigningCertificate } from '../../../src/iam/signing-certificates/update-signing-certificate.ts'
import { uploadSigningCertificate } from '../../../src/iam/signing-certificates/upload-signing-certificate.ts'
import { summarizeAccount } from '../../../src/iam/reports/summarize-account.ts'
import { HOSTILE } from '../../support/hostile-certificates.ts'
import { auditTrail, callAs, refusal } from '../../support/call.ts'
import { CERTIFICATES } from '../../support/certificates.ts'
import { freshDatabase } from '../../support/database.ts'
import { type SeededAccount, seedAccount, type TestUser } from '../../support/seed-account.ts'
import { type TestServices, testServices } from '../../support/services.ts'

const NOW = new Date('2026-01-15T12:00:00Z')
const accepting = async (body: string, now = NOW) => (await refusal(() => acceptCertificate(body, now))).code
const bytesOf = (pem: string) => Buffer.from(pem.trim().split('\n').slice(1, -1).join(''), 'base64')
const pemOf = (der: Buffer) =>
  `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replaceAll(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`

describe('reading a certificate', () => {
  test.each([
    ['an RSA key', CERTIFICATES.alice],
    ['a key on a curve', CERTIFICATES.bob],
    ['an Ed25519 key', CERTIFICATES.carol],
    ['white space around it', `\n${CERTIFICATES.bob}\n\n`],
    ['lines that end as on Windows', CERTIFICATES.bob.replaceAll('\n', '\r\n')],
  ])('takes one with %s', (_, body) => {
    expect(acceptCertificate(body, NOW)).toMatchObject({ expiresAt: new Date('2099-01-01T00:00:00Z') })
  })

  test('says whom it is about, and is the same however it is laid out', () => {
    const { subject, digest } = acceptCertificate(CERTIFICATES.alice, NOW)
    expect(subject).toBe('CN=alice, O=Example')
    const inOneLine = `-----BEGIN CERTIFICATE-----\n${bytesOf(CERTIFICATES.alice).toString('base64')}\n-----END CERTIFICATE-----`
    expect(acceptCertificate(inOneLine, NOW).digest).toBe(digest)
  })

  test.each([
    ['nothing that is known', 'hello'],
    ['an expired one', CERTIFICATES.expired],
    ['two of them', CERTIFICATES.alice + CERTIFICATES.bob],
    ['a text before it', `Certificate:\n${CERTIFICATES.alice}`],
    ['one that is cut off', pemOf(bytesOf(CERTIFICATES.alice).subarray(0, -1))],
    ['one with something behind it', pemOf(Buffer.concat([bytesOf(CERTIFICATES.alice), Buffer.of(0)]))],
    ['what is no base64', CERTIFICATES.alice.replace('MII', '_II')],
    ['a private key', generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
  ])('refuses %s as malformed', async (_, body) => {
    expect(await accepting(body)).toBe('MalformedCertificate')
  })

  test('takes one until the moment at which it expires', async () => {
    acceptCertificate(CERTIFICATES.until2027, new Date('2026-12-31T23:59:59Z'))
    expect(await accepting(CERTIFICATES.until2027, new Date('2027-01-01T00:00:00Z'))).toBe('MalformedCertificate')
  })

  test.each([
    ['one that is not good yet', CERTIFICATES.future],
    ['one with a short key', CERTIFICATES.short],
    ['one whose own signature is wrong', pemOf(forged(bytesOf(CERTIFICATES.carol)))],
  ])('refuses %s as invalid', async (_, body) => {
    expect(await accepting(body)).toBe('InvalidCertificate')
  })
})

/** The last byte is part of the signature. */
function forged(der: Buffer): Buffer {
  return Buffer.concat([der.subarray(0, -1), Buffer.of((der.at(-1) ?? 0) ^ 1)])
}

let services: TestServices
let account: SeededAccount
let alice: TestUser
let bob: TestUser

const upload = async (caller: User, certificateBody: string, userName?: string) =>
  await uploadSigningCertificate(await callAs(services, caller, 'iam:UploadSigningCertificate'), {
    userName,
    certificateBody,
  })
const update = async (caller: User, certificateId: string, status: CredentialStatus) =>
  await updateSigningCertificate(await callAs(services, caller, 'iam:UpdateSigningCertificate'), {
    certificateId,
    status,
  })
const remove = async (caller: User, certificateId: string, userName?: string) =>
  await deleteSigningCertificate(await callAs(services, caller, 'iam:DeleteSigningCertificate'), {
    userName,
    certificateId,
  })
const list = async (caller: User, userName?: string) =>
  await listSigningCertificates(await callAs(services, caller, 'iam:ListSigningCertificates'), { userName })
const notFound = (id: string) => ({
  code: 'NoSuchEntity',
  message: `The Certificate with id ${id} cannot be found.`,
})
const DUPLICATE = {
  code: 'DuplicateCertificate',
  message: 'The certificate is already associated with a user of the account.',
}
const TOO_MANY = { code: 'LimitExceeded', message: 'Cannot exceed quota for SigningCertificatesPerUser: 2' }

describe('the signing certificates of an account', () => {
  beforeEach(async () => {
    services = testServices(await freshDatabase())
    account = await seedAccount(services)
    alice = await account.createTestUser({ name: 'Alice', accessKeys: 0 })
    bob = await account.createTestUser({ name: 'Bob', accessKeys: 0 })
  })

  test('are given to the caller when nobody is named, active at once', async () => {
    const certificate = await upload(alice, CERTIFICATES.alice)
    expect(certificate).toEqual({
      id: certificate.id,
      userName: 'Alice',
      body: CERTIFICATES.alice,
      status: 'ACTIVE',
      uploadedAt: services.clock(),
      subject: 'CN=alice, O=Example',
      expiresAt: new Date('2099-01-01T00:00:00Z'),
    })
    expect(certificate.id).toMatch(/^[A-Z2-7]{32}$/)
    expect(await list(alice)).toEqual([certificate])
    expect(await list(bob, 'aLICE')).toEqual([certificate])
    expect(await list(bob)).toEqual([])
  })

  test('are each of one user: the same one is refused for all others of the account, and not elsewhere', async () => {
    const { id } = await upload(alice, CERTIFICATES.alice)
    expect(await refusal(() => upload(alice, CERTIFICATES.alice))).toEqual(DUPLICATE)
    expect(await refusal(() => upload(alice, CERTIFICATES.alice.replaceAll('\n', '\r\n'), 'Bob'))).toEqual(DUPLICATE)
    const stranger = (await seedAccount(services, { accountId: '222222222222' })).root
    await upload(stranger, CERTIFICATES.alice)
    await remove(alice, id)
    await upload(bob, CERTIFICATES.alice)
  })

  test('are two at most for each user, inactive ones included', async () => {
    const { id } = await upload(alice, CERTIFICATES.alice)
    await upload(alice, CERTIFICATES.bob)
    await update(alice, id, 'INACTIVE')
    expect(await refusal(() => upload(alice, CERTIFICATES.carol))).toEqual(TOO_MANY)
    await upload(bob, CERTIFICATES.carol)
    await remove(alice, id)
    await upload(alice, CERTIFICATES.alice)
  })

  test("of the root user are its own: no name leads to them, and the account's summary tells of them", async () => {
    const present = async () => {
      const call = await callAs(services, account.root)
      return (await summarizeAccount(call)).summary.accountSigningCertificatesPresent
    }
    expect(await present()).toBe(0)
    const { id } = await upload(account.root, CERTIFICATES.alice)
    expect(await present()).toBe(1)
    expect(await refusal(() => remove(alice, id))).toEqual(notFound(id))
    await remove(account.root, id)
    expect(await present()).toBe(0)
  })

  test('of another user are as unknown as those that do not exist', async () => {
    const { id } = await upload(alice, CERTIFICATES.alice)
    for (const of of [id, 'NOBODYHASTHISCERTIFICATE23456777']) {
      expect(await refusal(() => update(bob, of, 'INACTIVE'))).toEqual(notFound(of))
      expect(await refusal(() => remove(bob, of))).toEqual(notFound(of))
      expect(await refusal(() => remove(alice, of, 'Bob'))).toEqual(notFound(of))
    }
    expect(await list(alice)).toMatchObject([{ id, status: 'ACTIVE' }])
  })

  test('that have expired since are listed as they were, and can be deactivated and deleted', async () => {
    const { id } = await upload(alice, CERTIFICATES.until2027)
    services.clock.set('2028-01-01T00:00:00Z')
    expect(await list(alice)).toMatchObject([{ id, status: 'ACTIVE', expiresAt: new Date('2027-01-01T00:00:00Z') }])
    expect((await update(alice, id, 'INACTIVE')).status).toBe('INACTIVE')
    expect((await remove(alice, id)).id).toBe(id)
    expect(await refusal(() => remove(alice, id))).toEqual(notFound(id))
  })

  test('are recorded with id and subject and without the text', async () => {
    const { id } = await upload(alice, CERTIFICATES.alice)
    await refusal(() => upload(alice, '-----BEGIN PRIVATE KEY-----'))
    const trail = await auditTrail(services, account.accountId)
    expect(trail).toMatchObject([
      { result: 'SUCCESS', detail: { userName: 'Alice', certificateId: id, subject: 'CN=alice, O=Example' } },
      { result: 'FAILURE', errorCode: 'MalformedCertificate', detail: { userName: 'Alice', subject: null } },
    ])
    expect(JSON.stringify(trail.map(({ detail }) => detail))).not.toContain('BEGIN')
  })
})

test.each([
  ['infinity', 'MalformedCertificate'],
  ['badPoint', 'MalformedCertificate'],
  ['brokenRsa', 'MalformedCertificate'],
  ['unknownAlgorithm', 'MalformedCertificate'],
  ['unknownCurve', 'MalformedCertificate'],
  ['exponentOfOne', 'InvalidCertificate'],
] as const)('a certificate with a hostile key is refused, and does not end the process: %s', async (what, code) => {
  expect(await accepting(HOSTILE[what])).toBe(code)
})

test('a subject may be empty, and shows no marks that turn what is read', () => {
  expect(readCertificate(HOSTILE.emptySubject).subject).toBe('')
  expect(readCertificate(HOSTILE.turnedSubject).subject).toBe('CN=a\uFFFDgnp.\uFFFDx')
})
