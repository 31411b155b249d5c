import type pg from 'pg'
import type { SecretBox } from '../iam/call.ts'
import { BoundedCache } from '../authn/bounded-cache.ts'
import type {
  CredentialSource,
  SessionQuery,
  StoredAccessKey,
  StoredOwner,
  StoredSession,
} from '../authn/credential-source.ts'

/** Prepared once per connection: these run with every request, and Prisma would cost more than the database. */
export const FIND_ACCESS_KEY = {
  name: 'find_access_key',
  text: `
    select k.account_id, k.user_id, k.status = 'ACTIVE' as active, k.secret, k.secret_key_id,
           u.name, u.path, u.root, a.policy_epoch
    from access_key k
    join "user" u on u.account_id = k.account_id and u.id = k.user_id
    join account a on a.id = k.account_id
    where k.id = $1`,
}

export const FIND_SESSION = {
  name: 'find_session',
  text: `
    select u.account_id, u.id as user_id, u.name, u.path, u.root, u.sessions_valid_from, a.policy_epoch,
           s.id is not null as has_row, s.expires_at, s.mfa_authenticated_at, s.revoked_at is not null as revoked,
           coalesce(p.password_reset_required, false) as password_reset_required,
           coalesce(k.status = 'ACTIVE', false) as issuing_key_active
    from "user" u
    join account a on a.id = u.account_id
    left join session s on s.account_id = u.account_id and s.id = $3 and s.user_id = u.id
    left join login_profile p on p.account_id = u.account_id and p.user_id = u.id
    left join access_key k on k.account_id = u.account_id and k.id = $4 and k.user_id = u.id
    where u.account_id = $1 and u.id = $2`,
}

interface OwnerRow {
  account_id: string
  user_id: string
  name: string
  path: string
  root: boolean
  policy_epoch: string
}

interface AccessKeyRow extends OwnerRow {
  active: boolean
  secret: Buffer
  secret_key_id: string
}

interface SessionRow extends OwnerRow {
  sessions_valid_from: Date | null
  has_row: boolean
  expires_at: Date
  mfa_authenticated_at: Date | null
  revoked: boolean
  password_reset_required: boolean
  issuing_key_active: boolean
}

const OPENED_SECRETS = 2_000

/** Answers authentication's questions in one indexed statement each. */
export function createCredentialSource({
  pool,
  secrets,
}: {
  readonly pool: pg.Pool
  readonly secrets: SecretBox
}): CredentialSource {
  /** By key id and ciphertext, so that a row that changed is opened anew. */
  const opened = new BoundedCache<string, string>(OPENED_SECRETS)

  function open(accessKeyId: string, row: AccessKeyRow): string {
    const cacheKey = `${accessKeyId} ${row.secret_key_id} ${row.secret.toString('latin1')}`
    const known = opened.get(cacheKey)
    if (known !== undefined) return known
    const sealed = { ciphertext: new Uint8Array(row.secret), keyId: row.secret_key_id }
    const secret = Buffer.from(secrets.open(sealed, `access-key:${row.account_id}:${accessKeyId}`)).toString('utf8')
    opened.set(cacheKey, secret)
    return secret
  }

  return {
    async findAccessKey(accessKeyId): Promise<StoredAccessKey | null> {
      const row = await findOne<AccessKeyRow>(pool, FIND_ACCESS_KEY, [accessKeyId])
      return row && { ...ownerOf(row), active: row.active, secretAccessKey: open(accessKeyId, row) }
    },

    async findSession({
      accountId,
      userId,
      sessionId,
      issuingAccessKeyId,
    }: SessionQuery): Promise<StoredSession | null> {
      const row = await findOne<SessionRow>(pool, FIND_SESSION, [accountId, userId, sessionId, issuingAccessKeyId])
      if (row === null) return null
      return {
        ...ownerOf(row),
        row: row.has_row
          ? { expiresAt: row.expires_at, mfaAuthenticatedAt: row.mfa_authenticated_at, revoked: row.revoked }
          : null,
        sessionsValidFrom: row.sessions_valid_from,
        passwordResetRequired: row.password_reset_required,
        issuingKeyActive: issuingAccessKeyId === null ? null : row.issuing_key_active,
      }
    },
  }
}

async function findOne<Row extends OwnerRow>(
  pool: pg.Pool,
  statement: { name: string; text: string },
  values: unknown[],
) {
  // A NUL byte cannot be stored, so nothing has it; PostgreSQL would answer with an error.
  if (values.some((value) => typeof value === 'string' && value.includes('\0'))) return null
  const { rows } = await pool.query<Row>({ ...statement, values })
  return rows[0] ?? null
}

function ownerOf(row: OwnerRow): StoredOwner {
  return {
    accountId: row.account_id,
    userId: row.user_id,
    userName: row.name,
    path: row.path,
    root: row.root,
    epoch: BigInt(row.policy_epoch),
  }
}
