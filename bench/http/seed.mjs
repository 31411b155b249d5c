// Fills an empty database: an account with 1,000 users of two keys each, and callers who may read them.
import { randomBytes } from 'node:crypto'
import { hashPassword } from '../../dist/authn/password/index.js'
import { newAccessKeyId, newSecretAccessKey, uniqueId } from '../../dist/iam/identifiers.js'
import { BUILT_IN_POLICIES } from '../../dist/iam/policies/built-in/index.js'
import { ensureAccount } from '../../dist/store/bootstrap.js'
import { loadMasterKey } from '../../dist/store/master-key.js'
import { openDatabase } from '../../dist/store/open.js'
import { createSecretBox } from '../../dist/store/secret-box.js'

export const ACCOUNT_ID = '123456789012'
export const USERS = 1000
export const CALLER = 'zoe'
/** So many that the rows which one may ask for in a second bound none of them. */
const CALLERS = 40
const POLICIES = {
  ReadDirectory: {
    Effect: 'Allow',
    Action: ['iam:GetUser', 'iam:ListUsers', 'iam:ListAccessKeys'],
    Resource: '*',
  },
  ManageOwnAccessKeys: {
    Effect: 'Allow',
    // biome-ignore format: an action each
    Action: ['iam:CreateAccessKey', 'iam:UpdateAccessKey', 'iam:DeleteAccessKey', 'iam:GetAccessKeyLastUsed'],
    // The policy's own variable, not the script's.
    Resource: ['arn:aws:iam::*:user/$', '{aws:username}'].join(''),
  },
  NoChangesFromOutside: {
    Effect: 'Deny',
    Action: ['iam:Create*', 'iam:Delete*', 'iam:Update*', 'iam:Put*', 'iam:Attach*', 'iam:Detach*'],
    Resource: '*',
    Condition: { NotIpAddress: { 'aws:SourceIp': ['127.0.0.0/8', '10.0.0.0/8'] } },
  },
}

export const userName = (n) => `user-${String(n).padStart(4, '0')}`

/** Empties and fills the database; returns what the caller signs in and signs with, and in `crew` the same of all callers. */
export async function seed({ databaseUrl, dataDir, masterKey }) {
  const log = { info() {}, warn() {} }
  const database = await openDatabase({ databaseUrl, dataDir, log })
  try {
    await empty(database.pool)
    const createdAt = new Date('2026-01-01T00:00:00Z')
    await ensureAccount({
      db: database.db,
      clock: () => createdAt,
      random: randomBytes,
      hashPassword,
      accountId: ACCOUNT_ID,
      rootPassword: randomBytes(18).toString('base64'),
      builtInPolicies: BUILT_IN_POLICIES,
    })
    const secrets = createSecretBox(
      loadMasterKey({ fromEnvironment: masterKey, dataDir }).deriveKeys('secrets'),
      randomBytes,
    )
    const caller = await fill(database.db, secrets, createdAt)
    // What autovacuum does on a server; the embedded database has none.
    if (databaseUrl !== undefined) await database.pool.query('analyze')
    return caller
  } finally {
    await database.close()
  }
}

/**
 * Makes accounts in a database that `seed` filled, with so many principals in all who may look at users and tag them; answers what each signs in
 * with. The password is one for all: hashing takes its time.
 */
export async function seedTaggers({ databaseUrl, dataDir, accounts, principals }) {
  const { db, close } = await openDatabase({ databaseUrl, dataDir, log: { info() {}, warn() {} } })
  try {
    const createdAt = new Date('2026-01-01T00:00:00Z')
    const password = randomBytes(18).toString('base64')
    const passwordHash = await hashPassword(password)
    const document = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: ['iam:TagUser', 'iam:GetUser', 'iam:ListUserTags'], Resource: '*' }],
    })
    const taggers = []
    for (let n = 0; n < accounts; n++) {
      const accountId = String(200_000_000_000 + accounts * 1000 + n)
      await db.account.create({ data: { id: accountId, createdAt } })
      for (let p = 0; p < principals / accounts; p++) {
        const name = userName(p + 1)
        const owner = { accountId, userId: uniqueId('AIDA', randomBytes) }
        await db.user.create({ data: { accountId, id: owner.userId, name, nameKey: name, createdAt } })
        await db.loginProfile.create({ data: { ...owner, passwordHash, createdAt, passwordChangedAt: createdAt } })
        await db.userPolicy.create({ data: { ...owner, name: 'tag', nameKey: 'tag', document, updatedAt: createdAt } })
        taggers.push({ account: accountId, userName: name, password })
      }
    }
    return taggers
  } finally {
    await close()
  }
}

async function empty(pool) {
  const { rows } = await pool.query(
    "select format('%I', tablename) as name from pg_tables where schemaname = current_schema() and tablename <> '_prisma_migrations'",
  )
  await pool.query(`truncate ${rows.map(({ name }) => name).join(', ')}`)
}

async function fill(db, secrets, createdAt) {
  const accountId = ACCOUNT_ID
  const user = (name) => ({ accountId, id: uniqueId('AIDA', randomBytes), name, nameKey: name, createdAt })
  const users = Array.from({ length: USERS }, (_, i) => user(userName(i + 1)))
  const callers = Array.from({ length: CALLERS }, (_, i) => user(i === 0 ? CALLER : `${CALLER}-${i}`))
  await db.user.createMany({ data: [...users, ...callers] })
  await db.userTag.createMany({
    data: users.map(({ id: userId }, i) => ({
      accountId,
      userId,
      keyFold: 'team',
      key: 'team',
      value: `team-${i % 20}`,
    })),
  })

  const key = (userId, secret, status, day) => {
    const id = newAccessKeyId('AKIA', accountId, randomBytes)
    const { ciphertext, keyId } = secrets.seal(Buffer.from(secret), `access-key:${accountId}:${id}`)
    return { accountId, id, userId, status, secret: ciphertext, secretKeyId: keyId, createdAt: day }
  }
  const nextDay = new Date(createdAt.getTime() + 86_400_000)
  const crew = callers.map(({ id, name }) => {
    const secretAccessKey = newSecretAccessKey(randomBytes)
    return { userName: name, secretAccessKey, row: key(id, secretAccessKey, 'ACTIVE', createdAt) }
  })
  const keys = users.flatMap(({ id }) => [
    key(id, newSecretAccessKey(randomBytes), 'ACTIVE', createdAt),
    key(id, newSecretAccessKey(randomBytes), 'INACTIVE', nextDay),
  ])
  await db.accessKey.createMany({ data: [...keys, ...crew.map(({ row }) => row)] })

  const password = randomBytes(18).toString('base64')
  const passwordHash = await hashPassword(password)
  await db.loginProfile.createMany({
    data: callers.map(({ id }) => ({ accountId, userId: id, passwordHash, createdAt, passwordChangedAt: createdAt })),
  })
  for (const [name, statement] of Object.entries(POLICIES)) {
    const id = uniqueId('ANPA', randomBytes)
    const document = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
    await db.policy.create({
      data: { accountId, id, name, nameKey: name.toLowerCase(), createdAt, updatedAt: createdAt },
    })
    await db.policyVersion.create({ data: { accountId, policyId: id, number: 1, document, createdAt } })
    await db.userPolicyAttachment.createMany({
      data: callers.map((caller) => ({ accountId, userId: caller.id, policyId: id, attachedAt: createdAt })),
    })
  }
  const credentials = crew.map(({ row, ...one }) => ({ ...one, password, accessKeyId: row.id }))
  return { ...credentials[0], crew: credentials }
}
