import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { POLICIES, USERS } from '../../src/command/seed/demonstration-company.ts'
import { SeedRefused, type Seeded, seedCompany } from '../../src/command/seed/seed-company.ts'
import { verifyPassword } from '../../src/authn/password/index.ts'
import { openDatabase } from '../../src/store/open.ts'
import { auditTrail, epochOf } from '../support/call.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { seedAccount } from '../support/seed-account.ts'
import { latchkey } from '../support/run-command.ts'
import { type TestServices, testServices } from '../support/services.ts'

const ACCOUNT_ID = '123456789012'
const DAY = 24 * 60 * 60 * 1000

describe('a company that was seeded into an empty account', () => {
  let database: TestDatabase
  let services: TestServices
  let seeded: Seeded

  beforeEach(async () => {
    database = await freshDatabase()
    services = testServices({ db: database.db })
    await seedAccount(services, { accountId: ACCOUNT_ID })
    seeded = await seedCompany({ services, pool: database.pool, accountId: ACCOUNT_ID })
  })

  test('has every user, policy, tag and attachment of the description, in their paths', async () => {
    const users = await database.db.user.findMany({
      where: { accountId: ACCOUNT_ID, root: false },
      include: { tags: true, attachedPolicies: { include: { policy: true } }, inlinePolicies: true, boundary: true },
      orderBy: { nameKey: 'asc' },
    })
    const found = users.map(({ name, path, boundary, ...user }) => ({
      name,
      path,
      tags: Object.fromEntries(
        user.tags.filter(({ key }) => !key.startsWith('AKIA')).map((tag) => [tag.key, tag.value]),
      ),
      attached: user.attachedPolicies.map(({ policy }) => policy.name),
      inline: user.inlinePolicies.map((policy) => policy.name),
      boundary: boundary?.name,
    }))
    expect(found).toEqual(
      USERS.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map(({ name, path, tags, attached, inline, boundary }) => ({
        name,
        path,
        tags,
        attached,
        inline: inline === undefined ? [] : [inline.name],
        boundary,
      })),
    )
    const policies = await database.db.policy.findMany({
      orderBy: { nameKey: 'asc' },
      select: { name: true, path: true },
    })
    expect(policies).toEqual(
      POLICIES.map(({ name, path }) => ({ name, path })).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    )
  })

  test('has keys of the described ages, states and last uses, each described by the tag of its owner', async () => {
    const today = services.clock()
    for (const { name, keys } of USERS) {
      const user = await database.db.user.findFirstOrThrow({
        where: { name },
        include: { accessKeys: { orderBy: { createdAt: 'asc' } }, tags: true },
      })
      const found = user.accessKeys.map((key) => ({
        madeDaysAgo: daysBefore(today, key.createdAt),
        status: key.status,
        usedDaysAgo: daysBefore(today, key.lastUsedAt),
        operation: key.lastUsedOperation ?? undefined,
        description: user.tags.find((tag) => tag.key === key.id)?.value,
      }))
      const described = keys.map((key) => ({
        madeDaysAgo: key.madeDaysAgo,
        status: key.deactivatedDaysAgo === undefined ? 'ACTIVE' : 'INACTIVE',
        usedDaysAgo: key.lastUsed?.daysAgo,
        operation: key.lastUsed?.operation,
        description: key.description,
      }))
      expect({ name, keys: found }).toEqual({ name, keys: described })
    }
  })

  test('shows passwords and one secret that work, and a device that nobody has', async () => {
    const profiles = await database.db.loginProfile.findMany({
      where: { user: { root: false } },
      include: { user: true },
    })
    expect(profiles.map(({ user }) => user.name).toSorted()).toEqual([...seeded.passwords.keys()].toSorted())
    for (const { user, passwordHash, passwordResetRequired } of profiles) {
      const { password: kind } = USERS.find(({ name }) => name === user.name) ?? {}
      expect([user.name, passwordResetRequired]).toEqual([user.name, kind === 'to-be-changed'])
      expect(await verifyPassword(passwordHash, seeded.passwords.get(user.name) ?? '')).toBe(true)
    }
    const { accessKeyId, secretAccessKey } = seeded.accessKey
    const key = await database.db.accessKey.findUniqueOrThrow({ where: { id: accessKeyId } })
    const sealed = { ciphertext: key.secret, keyId: key.secretKeyId }
    const opened = services.secrets.open(sealed, `access-key:${ACCOUNT_ID}:${accessKeyId}`)
    expect(Buffer.from(opened).toString()).toBe(secretAccessKey)
    expect(await database.db.mfaDevice.findMany({ select: { name: true, userId: true } })).toEqual([
      { name: 'priya', userId: null },
    ])
  })

  test('has a trail in which root did everything, one event for each change, in the order of time', async () => {
    const trail = await auditTrail(services, ACCOUNT_ID)
    expect(BigInt(trail.length)).toBe(await epochOf(services, ACCOUNT_ID))
    expect(new Set(trail.map(({ principalArn, result }) => `${principalArn} ${result}`))).toEqual(
      new Set([`arn:aws:iam::${ACCOUNT_ID}:root SUCCESS`]),
    )
    const times = trail.map(({ at }) => at.getTime())
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(trail.find(({ action }) => action === 'iam:UpdateAccessKey')?.resource).toBe(
      `arn:aws:iam::${ACCOUNT_ID}:user/hana`,
    )
  })

  test('is not seeded again', async () => {
    const again = seedCompany({ services, pool: database.pool, accountId: ACCOUNT_ID })
    await expect(again).rejects.toThrow(SeedRefused)
    expect(await database.db.user.count({ where: { root: false } })).toBe(USERS.length)
  })
})

function daysBefore(today: Date, moment: Date | null): number | undefined {
  return moment === null ? undefined : Math.round((today.getTime() - moment.getTime()) / DAY)
}

/** `latchkey seed` on the embedded database of a directory. */
function seed(dataDir: string) {
  return latchkey(['seed'], { LATCHKEY_DATA_DIR: dataDir, LATCHKEY_ACCOUNT_ID: ACCOUNT_ID })
}

test('the command makes the account, shows how to sign in, and refuses in one line when there is somebody or a server', async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'latchkey-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))

  const first = await seed(dataDir)
  expect([first.code, first.err]).toEqual([0, ''])
  expect(first.out).toContain(`Account ${ACCOUNT_ID} has ${USERS.length} users and ${POLICIES.length} policies.`)
  const shown = /^ {2}olivia .* (\S{24})$/m.exec(first.out)?.[1]
  expect(first.out).toContain(`  Account    ${ACCOUNT_ID}\n  User name  olivia\n  Password   ${shown}\n`)
  for (const { name } of USERS) expect(first.out).toMatch(new RegExp(`^  ${name} +/`, 'm'))

  expect(await seed(dataDir)).toEqual({
    code: 1,
    out: '',
    err: `latchkey seed: Nothing was seeded: Account ${ACCOUNT_ID} has ${USERS.length} users already: only an empty account is filled.\n`,
  })

  const { close } = await openDatabase({ dataDir, log: { info() {}, warn() {} } })
  onTestFinished(close)
  expect(await seed(dataDir)).toEqual({
    code: 1,
    out: '',
    err: expect.stringMatching(
      /^latchkey seed: The data directory \S+ is in use by process \d+ .*\n.*stop the server first.*\n$/,
    ),
  })
}, 180_000)
