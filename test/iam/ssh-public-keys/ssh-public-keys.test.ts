import { beforeEach, describe, expect, test } from 'vitest'
import type { CredentialStatus } from '../../../src/generated/prisma/client.ts'
import { deleteSshPublicKey } from '../../../src/iam/ssh-public-keys/delete-ssh-public-key.ts'
import { getSshPublicKey, listSshPublicKeys } from '../../../src/iam/ssh-public-keys/read-ssh-public-keys.ts'
import { updateSshPublicKey } from '../../../src/iam/ssh-public-keys/update-ssh-public-key.ts'
import { uploadSshPublicKey } from '../../../src/iam/ssh-public-keys/upload-ssh-public-key.ts'
import { auditTrail, callAs, epochOf, refusal } from '../../support/call.ts'
import { freshDatabase } from '../../support/database.ts'
import { type SeededAccount, seedAccount, type TestUser } from '../../support/seed-account.ts'
import { type TestServices, testServices } from '../../support/services.ts'
import { SSH_KEYS } from '../../support/ssh-keys.ts'

let services: TestServices
let account: SeededAccount
let alice: TestUser

beforeEach(async () => {
  services = testServices(await freshDatabase())
  account = await seedAccount(services)
  alice = await account.createTestUser({ name: 'Alice', accessKeys: 0 })
  await account.createTestUser({ name: 'Bob', accessKeys: 0 })
})

const call = (action: string) => callAs(services, alice, `iam:${action}`)
const upload = async (sshPublicKeyBody: string, userName = 'Alice') =>
  await uploadSshPublicKey(await call('UploadSSHPublicKey'), { userName, sshPublicKeyBody })
const update = async (sshPublicKeyId: string, status: CredentialStatus, userName = 'Alice') =>
  await updateSshPublicKey(await call('UpdateSSHPublicKey'), { userName, sshPublicKeyId, status })
const remove = async (sshPublicKeyId: string, userName = 'Alice') =>
  await deleteSshPublicKey(await call('DeleteSSHPublicKey'), { userName, sshPublicKeyId })
const get = async (sshPublicKeyId: string, userName = 'Alice') =>
  await getSshPublicKey(await call('GetSSHPublicKey'), { userName, sshPublicKeyId, encoding: 'SSH' })
const list = async (userName?: string) =>
  (await listSshPublicKeys(await call('ListSSHPublicKeys'), { userName })).map(({ id }) => id)
const notFound = (id: string) => ({
  code: 'NoSuchEntity',
  message: `The Public Key with id ${id} cannot be found.`,
})
const DUPLICATE = {
  code: 'DuplicateSSHPublicKey',
  message: 'The SSH public key is already associated with the user Alice.',
}
const SIXTH = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINJeDSujmwoL2DvHILKRuBEcyoaRWf2u6VxbtoL+Xp2q sixth@example.com'
const TOO_MANY = { code: 'LimitExceeded', message: 'Cannot exceed quota for SSHPublicKeysPerUser: 5' }

describe('uploading an SSH public key', () => {
  test('gives it to the user that is named, in any case, active at once', async () => {
    const key = await upload(SSH_KEYS.rsa.line, 'aLICE')
    expect(key).toEqual({
      id: key.id,
      userName: 'Alice',
      status: 'ACTIVE',
      uploadedAt: services.clock(),
      body: SSH_KEYS.rsa.line,
      fingerprint: SSH_KEYS.rsa.fingerprint,
    })
    expect(key.id).toMatch(/^APKA[A-Z2-7]{16}$/)
    expect(await get(key.id)).toEqual(key)
  })

  test.each([
    ['with another comment', SSH_KEYS.rsa.line.replace('@example.com', '@home')],
    ['in PEM', SSH_KEYS.rsa.pem],
  ])('refuses the same key for the same user, also %s', async (_, again) => {
    const { id } = await upload(SSH_KEYS.rsa.line)
    await update(id, 'INACTIVE')
    expect(await refusal(() => upload(again))).toEqual(DUPLICATE)
    expect((await upload(again, 'Bob')).userName).toBe('Bob')
    await remove(id)
    await upload(again)
  })

  test('refuses the sixth key, also when one is inactive', async () => {
    const [rsa, ...others] = Object.values(SSH_KEYS)
    const { id } = await upload(rsa?.line ?? '')
    await update(id, 'INACTIVE')
    for (const { line } of others) await upload(line)
    const full = await list()
    expect(await refusal(() => upload(SIXTH))).toEqual(TOO_MANY)
    expect(await list()).toEqual(full)
    await remove(id)
    await upload(SIXTH)
  })

  test('does not find users that do not exist', async () => {
    expect((await refusal(() => upload(SSH_KEYS.rsa.line, 'nobody'))).code).toBe('NoSuchEntity')
  })

  test.each([
    ['UnrecognizedPublicKeyEncoding', 'hello'],
    ['InvalidPublicKey', 'ssh-rsa AAAA'],
    ['ValidationError', ''],
    ['ValidationError', 'x'.repeat(16_385)],
    ['ValidationError', '鍵'],
  ])('answers %s, and keeps nothing', async (code, body) => {
    expect((await refusal(() => upload(body))).code).toBe(code)
    expect(await list()).toEqual([])
  })

  test('is recorded with id and fingerprint and without the text, and bumps the policy epoch', async () => {
    const before = await epochOf(services, account.accountId)
    const { id, fingerprint } = await upload(SSH_KEYS.p256.line)
    expect(await epochOf(services, account.accountId)).toBe(before + 1n)
    await refusal(() => upload('-----BEGIN OPENSSH PRIVATE KEY-----'))
    const trail = await auditTrail(services, account.accountId)
    expect(trail).toMatchObject([
      { result: 'SUCCESS', detail: { userName: 'Alice', sshPublicKeyId: id, fingerprint } },
      { result: 'FAILURE', errorCode: 'UnrecognizedPublicKeyEncoding', detail: { userName: 'Alice' } },
    ])
    expect(JSON.stringify(trail.map(({ detail }) => detail))).not.toContain('PRIVATE')
  })
})

describe('a key of another user', () => {
  test('is as unknown as one that does not exist', async () => {
    const { id } = await upload(SSH_KEYS.rsa.line)
    const unknown = 'APKAQAAAAAAAAAAAAAAA'
    for (const of of [id, unknown]) {
      expect(await refusal(() => get(of, 'Bob'))).toEqual(notFound(of))
      expect(await refusal(() => update(of, 'INACTIVE', 'Bob'))).toEqual(notFound(of))
      expect(await refusal(() => remove(of, 'Bob'))).toEqual(notFound(of))
    }
    expect((await get(id)).status).toBe('ACTIVE')
  })

  test('of another account is, too', async () => {
    const { id } = await upload(SSH_KEYS.rsa.line)
    const stranger = await (await seedAccount(services, { accountId: '222222222222' })).createTestUser({
      name: 'Alice',
      accessKeys: 0,
    })
    const there = await callAs(services, stranger, 'iam:DeleteSSHPublicKey')
    expect(await refusal(() => deleteSshPublicKey(there, { userName: 'Alice', sshPublicKeyId: id }))).toEqual(
      notFound(id),
    )
  })
})

describe('listing SSH public keys', () => {
  test('gives those of the user that is named, or of the caller, oldest first', async () => {
    const { id: first } = await upload(SSH_KEYS.p521.line)
    services.clock.advance(1)
    const { id: second } = await upload(SSH_KEYS.p256.line)
    const { id: bobs } = await upload(SSH_KEYS.p256.line, 'Bob')
    expect(await list()).toEqual([first, second])
    expect(await list('bob')).toEqual([bobs])
    expect((await refusal(() => list('nobody'))).code).toBe('NoSuchEntity')
  })
})

describe('changing the status of a key', () => {
  test('takes the status that it has already, and every other', async () => {
    const { id } = await upload(SSH_KEYS.rsa.line)
    for (const status of ['ACTIVE', 'INACTIVE', 'INACTIVE', 'ACTIVE'] as const) {
      expect((await update(id, status)).status).toBe(status)
      expect((await get(id)).status).toBe(status)
    }
  })
})

describe('deleting a key', () => {
  test('takes an active one away, once', async () => {
    const { id } = await upload(SSH_KEYS.rsa.line)
    expect(await remove(id)).toMatchObject({ id, userName: 'Alice' })
    expect(await refusal(() => remove(id))).toEqual(notFound(id))
    expect(await list()).toEqual([])
  })
})
