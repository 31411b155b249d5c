import type { Services, Tx } from '../iam/call.ts'
import type { BuiltInPolicy } from '../iam/policies/built-in/index.ts'
import { generatePassword, isCommonPassword } from '../authn/password/index.ts'
import { ROOT_USER_NAME } from '../authn/root-user.ts'
import { writeBuiltInPolicies } from './built-in-policies.ts'

export interface BootstrapOptions extends Pick<Services, 'db' | 'clock' | 'random'> {
  /** 12 digits; random ones when absent. Looked at on the first start only, like the other two. */
  readonly accountId?: string | null
  readonly rootEmail?: string | null
  readonly rootPassword?: string | null
  readonly hashPassword: (password: string) => Promise<string>
  /** What a new account has from the start. */
  readonly builtInPolicies: readonly BuiltInPolicy[]
}

export interface Bootstrapped {
  readonly accountId: string
  readonly rootEmail: string
  /** To be shown once, and to be changed at the first sign-in; null when the password was given, or the account was there already. */
  readonly generatedPassword: string | null
  readonly created: boolean
}

const DEFAULT_ROOT_EMAIL = 'root@localhost'
const TRANSACTION = { maxWait: 60_000, timeout: 60_000 }

/** Makes the account and its root user on the first start. Gateways that start at once make one, and all return it. Throws CommonPasswordError. */
export async function ensureAccount(options: BootstrapOptions): Promise<Bootstrapped> {
  const make = await prepareFirstAccount(options)
  return make()
}

/**
 * Finds what would keep ensureAccount from making the account, before a start leaves anything behind; what it returns makes it.
 * Throws CommonPasswordError.
 */
export async function prepareFirstAccount(options: BootstrapOptions): Promise<() => Promise<Bootstrapped>> {
  const { db } = options
  const existing = await findAccount(db)
  if (existing !== null) return async () => existing

  const account = await prepareAccount(options)
  return () =>
    db.$transaction(async (tx) => {
      await tx.$executeRaw`lock table account in share row exclusive mode`
      return (await findAccount(tx)) ?? (await writeAccount(tx, account))
    }, TRANSACTION)
}

/** What stands in the way of a further account; the message is for the operator. */
export class AccountTakenError extends Error {
  override readonly name = 'AccountTakenError'
}

/** The password that was given for a new root user is one that anybody would try; the message is for the operator. */
export class CommonPasswordError extends Error {
  override readonly name = 'CommonPasswordError'

  constructor() {
    super(
      'LATCHKEY_ROOT_PASSWORD is too easy to guess: it is, or is much like, a password that is commonly used. Choose another one, or leave it out: one is made then and shown once.',
    )
  }
}

export interface NewAccountOptions extends BootstrapOptions {
  readonly rootEmail: string
  readonly alias?: string | null
}

/**
 * Makes a further account with its root user. Accounts of an installation share nothing but the server: only roles that trust
 * somebody across the border let anybody in. Throws AccountTakenError, CommonPasswordError.
 */
export async function createAccount({ alias = null, ...options }: NewAccountOptions): Promise<Bootstrapped> {
  const account = await prepareAccount(options)
  return options.db.$transaction(async (tx) => {
    await tx.$executeRaw`lock table account in share row exclusive mode`
    const { accountId, rootEmail } = account
    if ((await tx.account.count({ where: { id: accountId } })) > 0)
      throw new AccountTakenError(`There is an account ${accountId} already.`)
    if ((await tx.user.count({ where: { email: rootEmail } })) > 0)
      throw new AccountTakenError(`The root user of another account signs in as ${rootEmail} already.`)
    if (alias !== null && (await tx.account.count({ where: { alias } })) > 0)
      throw new AccountTakenError(`Another account is called ${alias} already.`)
    return await writeAccount(tx, account, alias)
  }, TRANSACTION)
}

type PreparedAccount = Awaited<ReturnType<typeof prepareAccount>>

/** Everything that takes its time, before any lock is taken. Throws CommonPasswordError. */
async function prepareAccount(options: BootstrapOptions) {
  const { random, clock, builtInPolicies, rootPassword, rootEmail } = options
  const names = [rootEmail, options.accountId].filter((name) => typeof name === 'string')
  if (rootPassword && (await isCommonPassword(rootPassword, names))) throw new CommonPasswordError()
  const generatedPassword = options.rootPassword ? null : generatePassword(random)
  return {
    accountId: options.accountId || randomAccountId(random),
    // Sign-in finds an address in any case by its lower-case form.
    rootEmail: (options.rootEmail || DEFAULT_ROOT_EMAIL).toLowerCase(),
    generatedPassword,
    passwordHash: await options.hashPassword(options.rootPassword || generatedPassword!),
    createdAt: clock(),
    builtInPolicies,
  }
}

async function writeAccount(
  tx: Tx,
  { accountId, rootEmail, generatedPassword, passwordHash, createdAt, builtInPolicies }: PreparedAccount,
  alias: string | null = null,
): Promise<Bootstrapped> {
  await tx.account.create({ data: { id: accountId, alias, createdAt } })
  await tx.user.create({
    data: {
      accountId,
      id: accountId,
      root: true,
      name: ROOT_USER_NAME,
      nameKey: ROOT_USER_NAME,
      email: rootEmail,
      createdAt,
    },
  })
  await tx.loginProfile.create({
    data: {
      accountId,
      userId: accountId,
      passwordHash,
      // It was on a screen, and in whatever kept what was on it.
      passwordResetRequired: generatedPassword !== null,
      createdAt,
      passwordChangedAt: createdAt,
    },
  })
  await writeBuiltInPolicies(tx, accountId, builtInPolicies, createdAt)
  return { accountId, rootEmail, generatedPassword, created: true }
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
