import { Prisma } from '../../generated/prisma/client.ts'
import type { Tx } from '../call.ts'
import { lengthErrors, patternError, throwBroken } from '../constraints.ts'

/** An IAM user by account and name, or the account's root user by e-mail address. */
export interface SignInInput {
  /** Account id or alias. */
  readonly account?: string | null
  readonly userName?: string | null
  readonly rootEmail?: string | null
  readonly password: string
  readonly mfaCode?: string | null
}

/** A user as far as signing in needs it before the password is right. */
export interface SignInUser {
  readonly accountId: string
  readonly id: string
  readonly root: boolean
  readonly name: string
  readonly path: string
  /** Null without a login profile. */
  readonly passwordHash: string | null
  readonly hasDevices: boolean
}

/** Who wants to sign in, as far as it exists. */
export interface SignInSubject {
  /** Stable for one thing that is asked for, whether it exists or not: attempts are counted by these. */
  readonly accountLabel: string
  readonly userLabel: string
  /** Null when there is no such account. */
  readonly accountId: string | null
  readonly user: SignInUser | null
}

const ACCOUNT = /^[A-Za-z0-9-]+$/
const USER_NAME = /^[\w+=,.@-]+$/
const EMAIL = /^[^\s\p{Cc}\p{Cs}]+$/u

/** Refuses with ValidationError what cannot name anybody. Says nothing about whether anybody exists. */
export function checkSubject({ account, userName, rootEmail }: SignInInput): void {
  const asRoot = rootEmail !== null && rootEmail !== undefined
  const fields = asRoot
    ? ([['rootEmail', rootEmail, 320, EMAIL]] as const)
    : ([
        ['account', account, 63, ACCOUNT],
        ['userName', userName, 128, USER_NAME],
      ] as const)
  const broken: string[] = []
  for (const [field, value, max, pattern] of fields) {
    if (value === null || value === undefined)
      broken.push(`Value at '${field}' failed to satisfy constraint: Member must not be null`)
    else {
      const lengths = lengthErrors(field, value, { min: 1, max })
      broken.push(...(lengths.length > 0 || pattern.test(value) ? lengths : [patternError(field, pattern)]))
    }
  }
  for (const [field, value] of asRoot ? Object.entries({ account, userName }) : [])
    if (value !== null && value !== undefined)
      broken.push(`Value at '${field}' failed to satisfy constraint: Member must be null beside rootEmail`)
  throwBroken(broken)
}

/**
 * Looks the account and the user up, with all that is asked of them before the password is right: in one statement, whatever there
 * is of it, since each further one would tell by its time that something was found.
 */
export async function findSubject(db: Tx, { account, userName, rootEmail }: SignInInput): Promise<SignInSubject> {
  if (rootEmail !== null && rootEmail !== undefined) {
    const email = rootEmail.toLowerCase()
    const { accountId, user } = await find(
      db,
      Prisma.sql`"user" AS u JOIN account AS a ON a.id = u.account_id`,
      Prisma.sql`u.root AND u.email IN (${rootEmail}, ${email})`,
    )
    return { accountLabel: accountId ?? `email:${email}`, userLabel: 'root', accountId, user }
  }
  const named = (account ?? '').toLowerCase()
  const nameKey = (userName ?? '').toLowerCase()
  const { accountId, user } = await find(
    db,
    Prisma.sql`account AS a LEFT JOIN "user" AS u ON u.account_id = a.id AND u.name_key = ${nameKey} AND NOT u.root`,
    /^\d{12}$/.test(named) ? Prisma.sql`a.id = ${named}` : Prisma.sql`a.alias = ${named}`,
  )
  return { accountLabel: accountId ?? `name:${named}`, userLabel: `user:${nameKey}`, accountId, user }
}

/** All columns but the account's are null when there is no such user. */
interface FoundRow extends Omit<SignInUser, 'id'> {
  readonly id: string | null
}

async function find(db: Tx, from: Prisma.Sql, where: Prisma.Sql): Promise<Pick<SignInSubject, 'accountId' | 'user'>> {
  const [row] = await db.$queryRaw<FoundRow[]>`
    SELECT a.id AS "accountId", u.id, u.root, u.name, u.path, p.password_hash AS "passwordHash",
      EXISTS (SELECT 1 FROM mfa_device AS d WHERE d.account_id = u.account_id AND d.user_id = u.id) AS "hasDevices"
    FROM ${from} LEFT JOIN login_profile AS p ON p.account_id = u.account_id AND p.user_id = u.id
    WHERE ${where} LIMIT 1`
  if (row === undefined) return { accountId: null, user: null }
  const { id } = row
  return { accountId: row.accountId, user: id === null ? null : { ...row, id } }
}
