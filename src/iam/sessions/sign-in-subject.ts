import type { Prisma } from '../../generated/prisma/client.ts'
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

const WITH_PASSWORD = {
  loginProfile: true,
  mfaDevices: { select: { id: true } },
} satisfies Prisma.UserInclude

export type SignInUser = Prisma.UserGetPayload<{ include: typeof WITH_PASSWORD }>

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

/** Looks the account and the user up. */
export async function findSubject(db: Tx, { account, userName, rootEmail }: SignInInput): Promise<SignInSubject> {
  if (rootEmail !== null && rootEmail !== undefined) {
    const email = rootEmail.toLowerCase()
    const where = { root: true, email: { in: [rootEmail, email] } }
    const user = await db.user.findFirst({ where, include: WITH_PASSWORD })
    return {
      accountLabel: user?.accountId ?? `email:${email}`,
      userLabel: 'root',
      accountId: user?.accountId ?? null,
      user,
    }
  }
  const named = (account ?? '').toLowerCase()
  const nameKey = (userName ?? '').toLowerCase()
  const where = /^\d{12}$/.test(named) ? { id: named } : { alias: named }
  const found = await db.account.findUnique({ where, select: { id: true } })
  const accountId = found?.id ?? null
  const user =
    accountId === null
      ? null
      : await db.user.findUnique({
          where: { accountId_nameKey: { accountId, nameKey }, root: false },
          include: WITH_PASSWORD,
        })
  return { accountLabel: accountId ?? `name:${named}`, userLabel: `user:${nameKey}`, accountId, user }
}
