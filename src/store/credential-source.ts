import type pg from 'pg'
import type { SecretBox } from '../iam/call.ts'
import { BoundedCache } from '../authn/bounded-cache.ts'
import { SECRET_OWNER } from '../authn/secret-owner.ts'
import type {
  CredentialSource,
  RoleSessionQuery,
  SessionQuery,
  StoredAccessKey,
  StoredOwner,
  StoredRoleSession,
  StoredSession,
} from '../authn/credential-source.ts'
import type { CredentialKind } from '../authn/principal.ts'
import { inBatches } from './batches.ts'

/**
 * Prepared once per connection: these run with every request, and Prisma would cost more than the database. Questions come as
 * arrays, one element each; the limit keeps PostgreSQL from joining whole tables for what are look-ups by key.
 */
export const FIND_ACCESS_KEY = {
  name: 'find_access_key',
  text: `
    select asked.n, found.*
    from unnest($1::text[]) with ordinality as asked (id, n)
    cross join lateral (
      select k.account_id, k.user_id, k.status = 'ACTIVE' as active, k.secret, k.secret_key_id,
             u.name, u.path, u.root, a.policy_epoch
      from access_key k
      join "user" u on u.account_id = k.account_id and u.id = k.user_id
      join account a on a.id = k.account_id
      where k.id = asked.id
      limit 1
    ) found`,
}

export const FIND_SESSION = {
  name: 'find_session',
  text: `
    select asked.n, found.*
    from unnest($1::bpchar[], $2::text[], $3::text[], $4::text[], $5::text[]) with ordinality
      as asked (account_id, user_id, session_id, issuing_key_id, token_key_id, n)
    cross join lateral (
      select u.name, u.path, u.root, u.sessions_valid_from, a.policy_epoch,
             s.kind, s.issued_at, s.expires_at, s.mfa_authenticated_at, s.access_key_id, s.revoked_at is not null as revoked,
             coalesce(p.password_reset_required, false) as password_reset_required,
             case when not u.root then p.password_changed_at + w.max_password_age * interval '24 hours' end as password_expires_at,
             coalesce(k.status = 'ACTIVE', false) as issuing_key_active,
             exists (select from signing_key t where t.id = asked.token_key_id) as token_key_stands
      from "user" u
      join account a on a.id = u.account_id
      left join session s on s.account_id = u.account_id and s.id = asked.session_id and s.user_id = u.id
      left join login_profile p on p.account_id = u.account_id and p.user_id = u.id
      left join password_policy w on w.account_id = u.account_id
      left join access_key k on k.account_id = u.account_id and k.id = asked.issuing_key_id and k.user_id = u.id
      where u.account_id = asked.account_id and u.id = asked.user_id
      limit 1
    ) found`,
}

export const FIND_ROLE_SESSION = {
  name: 'find_role_session',
  text: `
    select asked.n, found.*
    from unnest($1::bpchar[], $2::text[], $3::text[], $4::text[]) with ordinality
      as asked (account_id, role_id, session_id, token_key_id, n)
    cross join lateral (
      select r.name, r.path, r.sessions_valid_from, a.policy_epoch, s.id is not null as revoked,
             exists (select from signing_key t where t.id = asked.token_key_id) as token_key_stands
      from role r
      join account a on a.id = r.account_id
      left join revoked_role_session s
        on s.account_id = r.account_id and s.id = asked.session_id and s.role_id = r.id
      where r.account_id = asked.account_id and r.id = asked.role_id
      limit 1
    ) found`,
}

/** Which question the row answers, from 1. */
interface AnswerRow {
  n: string
}

interface RoleSessionRow extends AnswerRow {
  name: string
  path: string
  sessions_valid_from: Date | null
  policy_epoch: string
  revoked: boolean
  token_key_stands: boolean
}

interface OwnerRow extends AnswerRow {
  name: string
  path: string
  root: boolean
  policy_epoch: string
}

interface AccessKeyRow extends OwnerRow {
  account_id: string
  user_id: string
  active: boolean
  secret: Buffer
  secret_key_id: string
}

interface SessionRow extends OwnerRow {
  sessions_valid_from: Date | null
  mfa_authenticated_at: Date | null
  access_key_id: string | null
  revoked: boolean
  password_reset_required: boolean
  password_expires_at: Date | null
  issuing_key_active: boolean
  token_key_stands: boolean
}

/** Null when the session has no row. */
type StoredTimes =
  | { kind: CredentialKind; issued_at: Date; expires_at: Date }
  | { kind: null; issued_at: null; expires_at: null }

const OPENED_SECRETS = 2_000

/** Answers authentication's questions in one indexed statement each, which questions of the same moment share. */
export function createCredentialSource({
  pool,
  secrets,
}: {
  readonly pool: pg.Pool
  readonly secrets: SecretBox
}): CredentialSource {
  /** By key id and ciphertext, so that a row that has changed is opened again. */
  const opened = new BoundedCache<string, string>(OPENED_SECRETS)

  function open(accessKeyId: string, row: AccessKeyRow): string {
    const cacheKey = `${accessKeyId} ${row.secret_key_id} ${row.secret.toString('latin1')}`
    const known = opened.get(cacheKey)
    if (known !== undefined) return known
    const sealed = { ciphertext: new Uint8Array(row.secret), keyId: row.secret_key_id }
    const owner = SECRET_OWNER.accessKey({ accountId: row.account_id, id: accessKeyId })
    const secret = Buffer.from(secrets.open(sealed, owner)).toString('utf8')
    opened.set(cacheKey, secret)
    return secret
  }

  const accessKey = inBatches((ids: readonly string[]) =>
    findEach<AccessKeyRow>(pool, FIND_ACCESS_KEY, ids.length, [ids]),
  )
  const session = inBatches((asked: readonly SessionQuery[]) =>
    findEach<SessionRow & StoredTimes>(pool, FIND_SESSION, asked.length, [
      asked.map(({ accountId }) => accountId),
      asked.map(({ userId }) => userId),
      asked.map(({ sessionId }) => sessionId),
      asked.map(({ issuingAccessKeyId }) => issuingAccessKeyId),
      asked.map(({ tokenKeyId }) => tokenKeyId),
    ]),
  )
  const roleSession = inBatches((asked: readonly RoleSessionQuery[]) =>
    findEach<RoleSessionRow>(pool, FIND_ROLE_SESSION, asked.length, [
      asked.map(({ accountId }) => accountId),
      asked.map(({ roleId }) => roleId),
      asked.map(({ sessionId }) => sessionId),
      asked.map(({ tokenKeyId }) => tokenKeyId),
    ]),
  )

  return {
    async findAccessKey(accessKeyId): Promise<StoredAccessKey | null> {
      const row = isStorable(accessKeyId) ? await accessKey(accessKeyId) : undefined
      if (row === undefined) return null
      const owner = ownerOf(row.account_id, row.user_id, row)
      return { ...owner, active: row.active, secretAccessKey: open(accessKeyId, row) }
    },

    async findSession(query: SessionQuery): Promise<StoredSession | null> {
      const { accountId, userId, sessionId, issuingAccessKeyId, tokenKeyId } = query
      const storable = [accountId, userId, sessionId, issuingAccessKeyId ?? '', tokenKeyId ?? ''].every(isStorable)
      const row = storable ? await session(query) : undefined
      if (row === undefined) return null
      return {
        ...ownerOf(accountId, userId, row),
        row: row.kind && {
          kind: row.kind,
          issuedAt: row.issued_at,
          expiresAt: row.expires_at,
          mfaAuthenticatedAt: row.mfa_authenticated_at,
          accessKeyId: row.access_key_id,
          revoked: row.revoked,
        },
        sessionsValidFrom: row.sessions_valid_from,
        passwordResetRequired: row.password_reset_required,
        passwordExpiresAt: row.password_expires_at,
        issuingKeyActive: issuingAccessKeyId === null ? null : row.issuing_key_active,
        tokenKeyStands: tokenKeyId === null ? null : row.token_key_stands,
      }
    },

    async findRoleSession(query: RoleSessionQuery): Promise<StoredRoleSession | null> {
      const { accountId, roleId, tokenKeyId } = query
      // What the token says was sealed here, so it can be asked as it is.
      const row = await roleSession(query)
      return row === undefined
        ? null
        : {
            accountId,
            roleId,
            roleName: row.name,
            path: row.path,
            epoch: BigInt(row.policy_epoch),
            sessionsValidFrom: row.sessions_valid_from,
            revoked: row.revoked,
            tokenKeyStands: tokenKeyId === null ? null : row.token_key_stands,
          }
    },
  }
}

/** A NUL byte cannot be stored, so nothing has it; PostgreSQL would answer with an error, to everybody in the batch. */
function isStorable(text: string): boolean {
  return !text.includes('\0')
}

/** The row of each question, undefined where there is none. */
async function findEach<Row extends AnswerRow>(
  pool: pg.Pool,
  statement: { name: string; text: string },
  questions: number,
  values: readonly unknown[],
): Promise<(Row | undefined)[]> {
  const { rows } = await pool.query<Row>({ ...statement, values: [...values] })
  const found = new Map(rows.map((row) => [Number(row.n), row]))
  return Array.from({ length: questions }, (_, i) => found.get(i + 1))
}

function ownerOf(accountId: string, userId: string, row: OwnerRow): StoredOwner {
  return {
    accountId,
    userId,
    userName: row.name,
    path: row.path,
    root: row.root,
    epoch: BigInt(row.policy_epoch),
  }
}
