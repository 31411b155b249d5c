import { beforeEach, describe, expect, test } from 'vitest'
import type { CredentialSource } from '../../src/authn/credential-source.ts'
import { createCredentialSource, FIND_ACCESS_KEY, FIND_SESSION } from '../../src/store/credential-source.ts'
import { statementsOf } from '../graphql/statements.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { type SeededAccount, seedAccount, type TestUser } from '../support/seed-account.ts'
import { type TestServices, testServices } from '../support/services.ts'

let database: TestDatabase
let services: TestServices
let account: SeededAccount
let alice: TestUser
let source: CredentialSource

beforeEach(async () => {
  database = await freshDatabase()
  services = testServices(database)
  account = await seedAccount(services)
  alice = await account.createTestUser({ name: 'Alice', path: '/ops/', passwordHash: 'hash' })
  source = createCredentialSource({ pool: database.pool, secrets: services.secrets })
})

const owner = () => ({
  accountId: account.accountId,
  userId: alice.id,
  userName: 'Alice',
  path: '/ops/',
  root: false,
  epoch: 0n,
})

describe('findAccessKey', () => {
  test('answers the owner, the opened secret and the epoch', async () => {
    const [key] = alice.accessKeys
    expect(await source.findAccessKey(key!.id)).toEqual({
      ...owner(),
      active: true,
      secretAccessKey: key!.secretAccessKey,
    })
  })

  test('sees a deactivation, a new epoch and a deletion at once', async () => {
    const { id } = alice.accessKeys[0]!
    await source.findAccessKey(id)
    await database.db.accessKey.update({ where: { id }, data: { status: 'INACTIVE' } })
    await database.db.account.update({
      where: { id: account.accountId },
      data: { policyEpoch: 9_007_199_254_740_993n },
    })
    expect(await source.findAccessKey(id)).toMatchObject({ active: false, epoch: 9_007_199_254_740_993n })
    await database.db.accessKey.delete({ where: { id } })
    expect(await source.findAccessKey(id)).toBeNull()
  })

  test('knows a key of the root user', async () => {
    const key = await account.createTestAccessKey(account.accountId)
    expect(await source.findAccessKey(key.id)).toMatchObject({ root: true, userId: account.accountId })
  })

  test('refuses a secret that was copied from another row, even one that was opened before', async () => {
    const other = await account.createTestAccessKey(alice.id)
    await source.findAccessKey(other.id)
    await database.db.accessKey.update({ where: { id: alice.accessKeys[0]!.id }, data: { secret: other.secret } })
    await expect(source.findAccessKey(alice.accessKeys[0]!.id)).rejects.toThrow('cannot be opened')
  })

  test.each(['', 'AKIANOBODY', 'akia\0', "' or 1=1 --", 'é'.repeat(5_000)])('answers null for %j', async (id) => {
    expect(await source.findAccessKey(id)).toBeNull()
  })
})

const query = (changes = {}) => ({
  accountId: account.accountId,
  userId: alice.id,
  sessionId: 'session-1',
  issuingAccessKeyId: null,
  tokenKeyId: null,
  ...changes,
})
const session = () => ({
  accountId: account.accountId,
  id: 'session-1',
  userId: alice.id,
  kind: 'PASSWORD' as const,
  issuedAt: services.clock(),
  expiresAt: new Date('2026-01-15T20:00:00Z'),
})

describe('findSession', () => {
  test('of a user without such a row answers the owner and no row', async () => {
    expect(await source.findSession(query())).toEqual({
      ...owner(),
      row: null,
      sessionsValidFrom: null,
      passwordResetRequired: false,
      passwordExpiresAt: null,
      issuingKeyActive: null,
      tokenKeyStands: null,
    })
  })

  test('answers the row, its revocation, sign-out-everywhere and a pending reset', async () => {
    const { db } = database
    const where = { accountId_userId: { accountId: account.accountId, userId: alice.id } }
    await db.session.create({ data: { ...session(), mfaAuthenticatedAt: services.clock() } })
    expect(await source.findSession(query())).toMatchObject({
      row: {
        kind: 'PASSWORD',
        issuedAt: services.clock(),
        expiresAt: session().expiresAt,
        mfaAuthenticatedAt: services.clock(),
        accessKeyId: null,
        revoked: false,
      },
    })
    await db.session.updateMany({ data: { revokedAt: services.clock() } })
    await db.user.updateMany({ where: { id: alice.id }, data: { sessionsValidFrom: services.clock() } })
    await db.loginProfile.update({ where, data: { passwordResetRequired: true } })
    expect(await source.findSession(query())).toMatchObject({
      row: { revoked: true },
      sessionsValidFrom: services.clock(),
      passwordResetRequired: true,
    })
  })

  test("does not take another user's row or key for the caller's", async () => {
    const bob = await account.createTestUser({ name: 'bob' })
    await database.db.session.create({ data: session() })
    const issuingAccessKeyId = alice.accessKeys[0]!.id
    expect(await source.findSession(query({ userId: bob.id, issuingAccessKeyId }))).toMatchObject({
      userId: bob.id,
      row: null,
      issuingKeyActive: false,
    })
  })

  test('says whether the issuing key still stands', async () => {
    const { id } = alice.accessKeys[0]!
    const issuing = async () => (await source.findSession(query({ issuingAccessKeyId: id })))?.issuingKeyActive
    expect(await issuing()).toBe(true)
    await database.db.accessKey.update({ where: { id }, data: { status: 'INACTIVE' } })
    expect(await issuing()).toBe(false)
    await database.db.accessKey.delete({ where: { id } })
    expect(await issuing()).toBe(false)
  })

  test('says whether the key that signed a token is still there', async () => {
    const now = services.clock()
    const key = { publicKey: '', privateKey: new Uint8Array(1), sealedBy: 'k', createdAt: now, signsFrom: now }
    await database.db.signingKey.create({ data: { id: 'kid-1', ...key } })
    const asked = query({ tokenKeyId: 'kid-1' })
    const standing = async () => (await source.findSession(asked))?.tokenKeyStands
    expect(await standing()).toBe(true)
    await database.db.signingKey.deleteMany()
    expect(await standing()).toBe(false)
  })

  test('answers null for a user that is gone, and for one of another account', async () => {
    expect(await source.findSession(query({ userId: 'AIDANOBODY' }))).toBeNull()
    expect(await source.findSession(query({ accountId: '999999999999' }))).toBeNull()
    expect(await source.findSession(query({ accountId: 'longer than twelve characters' }))).toBeNull()
  })
})

describe('questions of the same moment', () => {
  test('each get their own answer, in one statement for keys and one for sessions', async () => {
    const bob = await account.createTestUser({ name: 'bob' })
    await database.db.session.create({ data: session() })
    const keys = [bob, alice, bob].map(({ accessKeys }) => accessKeys[0]!.id)
    let answers: readonly ({ readonly userName: string } | null)[] = []
    const texts = await statementsOf(database.pool, async () => {
      answers = await Promise.all([
        source.findAccessKey(keys[0]!),
        source.findAccessKey('AKIAUNKNOWNUNKNOWN77'),
        source.findAccessKey(keys[1]!),
        source.findAccessKey('AKIA\0'),
        source.findAccessKey(keys[2]!),
        source.findSession(query({ userId: bob.id })),
        source.findSession(query({ userId: 'AIDANOBODY' })),
        source.findSession(query({ issuingAccessKeyId: keys[1]! })),
      ])
    })
    expect(answers.map((answer) => answer && answer.userName)).toEqual([
      'bob',
      null,
      'Alice',
      null,
      'bob',
      'bob',
      null,
      'Alice',
    ])
    expect(answers.slice(5).map((answer) => answer && 'row' in answer && answer.row !== null)).toEqual([
      false,
      null,
      true,
    ])
    expect(texts).toEqual([FIND_ACCESS_KEY.text, FIND_SESSION.text])
  })
})
