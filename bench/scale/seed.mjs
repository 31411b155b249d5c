// Fills an empty PostgreSQL database with an account of any size. The rows are made inside the database: their secrets are
// noise, except those of the caller, who signs in by password.
import { randomBytes } from 'node:crypto'
import { hashPassword } from '../../dist/authn/password/index.js'
import { uniqueId } from '../../dist/iam/identifiers.js'
import { BUILT_IN_POLICIES } from '../../dist/iam/policies/built-in/index.js'
import { ensureAccount } from '../../dist/store/bootstrap.js'
import { loadMasterKey } from '../../dist/store/master-key.js'
import { openDatabase } from '../../dist/store/open.js'
import { createSecretBox } from '../../dist/store/secret-box.js'

export const ACCOUNT_ID = '123456789012'
export const CALLER = 'zoe'
const DAYS = 90

/** So many of each; every user has two keys, one attached policy, one tag and one group. */
export const SIZES = {
  small: { title: 'small', users: 100, policies: 10, groups: 3, events: 5_000 },
  full: { title: 'full', users: 100_000, policies: 1_000, groups: 300, events: 5_000_000 },
}

export const userName = (n) => `user-${String(n).padStart(6, '0')}`

/** Base32 digits of a hash: random-looking, and the same for the same text. `AKIA` + 16 and `AIDA` + 17 have this shape. */
const BASE32 = (text, digits) =>
  `translate(substr(upper(md5(${text}) || md5('x' || ${text})), 1, ${digits}), '0189', 'WXYZ')`
const USER_ID = (n) => `'AIDA' || ${BASE32(`'user' || ${n}`, 17)}`
/** The first nine digits tell the account, so they are alike; the others differ, since the modulus is prime and above all counts. */
const KEY_ID = (n, of) =>
  `'AKIARZPUZDIKF' || lpad(translate(upper(to_hex((2 * (${n}) + ${of})::bigint * 1103515245 % 268435399)), '0189', 'WXYZ'), 7, 'W')`
const POLICY_ID = (n) => `'ANPA' || ${BASE32(`'policy' || ${n}`, 17)}`
const GROUP_ID = (n) => `'AGPA' || ${BASE32(`'group' || ${n}`, 17)}`
const USER_NAME = (n) => `'user-' || lpad((${n})::text, 6, '0')`

/** The id of a key of the n-th user, as the database makes it. */
export async function accessKeyId(pool, n) {
  const { rows } = await pool.query(`select ${KEY_ID('$1::int', '1')} as id`, [n])
  return rows[0].id
}

/** Empties and fills the database; returns the caller's password. */
export async function seed({ databaseUrl, dataDir, masterKey, size }) {
  const database = await openDatabase({ databaseUrl, dataDir, log: { info() {}, warn() {} } })
  const { pool, db } = database
  try {
    await empty(pool)
    const createdAt = new Date(Date.now() - DAYS * 86_400_000)
    await ensureAccount({
      db,
      clock: () => createdAt,
      random: randomBytes,
      hashPassword,
      accountId: ACCOUNT_ID,
      rootPassword: randomBytes(18).toString('base64'),
      builtInPolicies: BUILT_IN_POLICIES,
    })
    const keys = loadMasterKey({ fromEnvironment: masterKey, dataDir }).deriveKeys('secrets')
    const { keyId } = createSecretBox(keys, randomBytes).seal(Buffer.from('noise'), 'nobody')
    for (const statement of statements(size, keyId)) await pool.query(statement)
    await withoutIndexes(pool, 'audit_event', (client) => client.query(events(size)))
    const password = await addCaller(db, createdAt)
    await pool.query('vacuum analyze')
    return password
  } finally {
    await database.close()
  }
}

async function empty(pool) {
  const { rows } = await pool.query(
    "select format('%I', tablename) as name from pg_tables where schemaname = current_schema() and tablename <> '_prisma_migrations'",
  )
  await pool.query(`truncate ${rows.map(({ name }) => name).join(', ')}`)
}

const each = (count) => `generate_series(1, ${count}) n`

function statements({ users, policies, groups }, masterKeyId) {
  const day = `now() - interval '${DAYS} days'`
  return [
    `insert into "user" (account_id, id, name, name_key, path, created_at, password_last_used_at)
     select '${ACCOUNT_ID}', ${USER_ID('n')}, ${USER_NAME('n')}, ${USER_NAME('n')}, '/team-' || n % 50 || '/', ${day}, case when n % 2 = 0 then now() end
     from ${each(users)}`,
    `insert into user_tag (account_id, user_id, key_fold, key, value)
     select '${ACCOUNT_ID}', ${USER_ID('n')}, 'team', 'team', 'team-' || n % 50 from ${each(users)}`,
    `insert into login_profile (account_id, user_id, password_hash, created_at, password_changed_at)
     select '${ACCOUNT_ID}', ${USER_ID('n')}, 'noise', ${day}, ${day} from ${each(users)} where n % 2 = 0`,
    `insert into access_key (account_id, id, user_id, status, secret, secret_key_id, created_at, last_used_at, last_used_service, last_used_region)
     select '${ACCOUNT_ID}', ${KEY_ID('n', 'k')}, ${USER_ID('n')}, (array['ACTIVE', 'INACTIVE'])[k]::access_key_status, decode(md5(n::text), 'hex'), '${masterKeyId}', ${day},
       case when n % 3 > 0 then now() end, case when n % 3 > 0 then 'iam' end, case when n % 3 > 0 then 'us-east-1' end
     from ${each(users)}, generate_series(1, 2) k`,
    `insert into policy (account_id, id, name, name_key, created_at, updated_at)
     select '${ACCOUNT_ID}', ${POLICY_ID('n')}, 'policy-' || n, 'policy-' || n, ${day}, ${day} from ${each(policies)}`,
    `insert into policy_version (account_id, policy_id, number, document, created_at)
     select '${ACCOUNT_ID}', ${POLICY_ID('n')}, 1,
       '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:Get*","Resource":"arn:aws:iam::*:user/team-' || n || '/*"}}', ${day}
     from ${each(policies)}`,
    `insert into user_policy_attachment (account_id, user_id, policy_id, attached_at)
     select '${ACCOUNT_ID}', ${USER_ID('n')}, ${POLICY_ID(`1 + n % ${policies}`)}, ${day} from ${each(users)}`,
    `insert into "group" (account_id, id, name, name_key, created_at)
     select '${ACCOUNT_ID}', ${GROUP_ID('n')}, 'group-' || n, 'group-' || n, ${day} from ${each(groups)}`,
    `insert into group_member (account_id, group_id, user_id, added_at)
     select '${ACCOUNT_ID}', ${GROUP_ID(`1 + n % ${groups}`)}, ${USER_ID('n')}, ${day} from ${each(users)}`,
  ]
}

/** Spread evenly over the days; the ids are UUIDs of version 7, whose first 48 bits are the milliseconds. */
function events({ users, events }) {
  const step = (DAYS * 86_400_000) / events
  return `insert into audit_event (account_id, id, at, request_id, decision_id, principal_arn, principal_id, access_key_id, mfa, source_ip,
       user_agent, action, resource, result)
     select '${ACCOUNT_ID}', (lpad(to_hex(ms >> 16), 8, '0') || '-' || lpad(to_hex(ms & 65535), 4, '0') || '-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
       to_timestamp(ms / 1000.0), md5(n::text)::uuid::text, case when n % 4 = 0 then md5('d' || n)::uuid::text end,
       'arn:aws:iam::${ACCOUNT_ID}:user/' || ${USER_NAME('u')}, ${USER_ID('u')}, case when n % 10 > 0 then ${KEY_ID('u', '(1 + n / 7 % 2)')} end,
       false, '192.0.2.' || n % 250, 'aws-sdk-js/3', 'iam:' || (array['GetUser', 'ListAccessKeys', 'ListUsers', 'CreateAccessKey', 'UpdateAccessKey'])[1 + n % 5],
       'arn:aws:iam::${ACCOUNT_ID}:user/' || ${USER_NAME('u')}, (array['SUCCESS', 'SUCCESS', 'SUCCESS', 'DENIED', 'FAILURE'])[1 + n % 5]::audit_result
     from (select n, 1 + (n::bigint * 7919) % ${users} as u,
             (extract(epoch from now()) * 1000)::bigint - ${DAYS * 86_400_000}::bigint + (n * ${step}::numeric)::bigint as ms
           from generate_series(1, ${events}) n) events`
}

/**
 * Indexes that are made over rows that are there take a fraction of the time of indexes that grow with them. In one
 * transaction: a run that breaks off leaves them as they were.
 */
async function withoutIndexes(pool, table, fill) {
  const client = await pool.connect()
  try {
    const { rows } = await client.query(
      `select indexname as name, indexdef as definition from pg_indexes
       where schemaname = current_schema() and tablename = $1 and indexname not like '%_pkey'`,
      [table],
    )
    await client.query('begin')
    for (const { name } of rows) await client.query(`drop index "${name}"`)
    await fill(client)
    for (const { definition } of rows) await client.query(definition)
    await client.query('commit')
  } finally {
    // Ends an open transaction as well.
    client.release(true)
  }
}

async function addCaller(db, createdAt) {
  const accountId = ACCOUNT_ID
  const userId = uniqueId('AIDA', randomBytes)
  const password = randomBytes(18).toString('base64')
  const passwordHash = await hashPassword(password)
  const document = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  })
  await db.user.create({ data: { accountId, id: userId, name: CALLER, nameKey: CALLER, createdAt } })
  await db.loginProfile.create({ data: { accountId, userId, passwordHash, createdAt, passwordChangedAt: createdAt } })
  await db.userPolicy.create({
    data: { accountId, userId, name: 'everything', nameKey: 'everything', document, updatedAt: createdAt },
  })
  return password
}
