import type { Services } from '../iam/call.ts'
import { generatePassword } from '../authn/password/index.ts'

export interface BootstrapOptions extends Pick<Services, 'db' | 'clock' | 'random'> {
  /** 12 digits; random ones when absent. Looked at on the first start only, like the other two. */
  readonly accountId?: string | null
  readonly rootEmail?: string | null
  readonly rootPassword?: string | null
  readonly hashPassword: (password: string) => Promise<string>
}

export interface Bootstrapped {
  readonly accountId: string
  readonly rootEmail: string
  /** To be shown once; null when the password was given, or the account was there already. */
  readonly generatedPassword: string | null
  readonly created: boolean
}

const DEFAULT_ROOT_EMAIL = 'root@localhost'
const ROOT_NAME = '<root_account>'
const TRANSACTION = { maxWait: 60_000, timeout: 60_000 }

/** Makes the account and its root user on the first start. Gateways that start at once make one, and all return it. */
export async function ensureAccount(options: BootstrapOptions): Promise<Bootstrapped> {
  const { db, clock, random } = options
  const existing = await findAccount(db)
  if (existing !== null) return existing

  const generatedPassword = options.rootPassword ? null : generatePassword(random)
  const passwordHash = await options.hashPassword(options.rootPassword || generatedPassword!)
  const accountId = options.accountId || randomAccountId(random)
  // Sign-in finds an address in any case by its lower-case form.
  const rootEmail = (options.rootEmail || DEFAULT_ROOT_EMAIL).toLowerCase()
  const createdAt = clock()

  return db.$transaction(async (tx) => {
    await tx.$executeRaw`lock table account in share row exclusive mode`
    const winner = await findAccount(tx)
    if (winner !== null) return winner
    await tx.account.create({ data: { id: accountId, createdAt } })
    await tx.user.create({
      data: { accountId, id: accountId, root: true, name: ROOT_NAME, nameKey: ROOT_NAME, email: rootEmail, createdAt },
    })
    await tx.loginProfile.create({
      data: { accountId, userId: accountId, passwordHash, createdAt, passwordChangedAt: createdAt },
    })
    return { accountId, rootEmail, generatedPassword, created: true }
  }, TRANSACTION)
}

async function findAccount(db: Pick<Services['db'], 'user'>): Promise<Bootstrapped | null> {
  const root = await db.user.findFirst({
    where: { root: true },
    select: { accountId: true, email: true },
    orderBy: [{ createdAt: 'asc' }, { accountId: 'asc' }],
  })
  if (root === null) return null
  return {
    accountId: root.accountId,
    rootEmail: root.email ?? DEFAULT_ROOT_EMAIL,
    generatedPassword: null,
    created: false,
  }
}

/** Twelve digits, evenly spread: 48 random bits, drawn again above the largest multiple of 10^12. */
function randomAccountId(random: Services['random']): string {
  for (;;) {
    const number = random(6).readUIntBE(0, 6)
    if (number < 281e12) return String(number % 1e12).padStart(12, '0')
  }
}
