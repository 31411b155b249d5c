import { createHash } from 'node:crypto'

/**
 * How many attempts fit into one window. Only what fails is counted for good: a success gives its attempt back, so a busy
 * office behind one address is not affected. A window begins with its first attempt.
 */
const LIMITS = {
  /** Sign-in, per source address: stops one machine from trying many users. A whole office may share the address. */
  signInAddress: { attempts: 100, seconds: 900 },
  /** Tokens and assertions of identity providers, per source address: stops guessing at roles and keys. Pipelines may share an address. */
  webIdentityAddress: { attempts: 100, seconds: 900 },
  /** Sign-in as one user from one address: stops ordinary guessing, leaves room for somebody who mistypes. */
  signInUserAtAddress: { attempts: 10, seconds: 900 },
  /** Sign-in as one user from all unfamiliar addresses together: stops guessing from many machines. */
  signInUser: { attempts: 50, seconds: 3600 },
  /** Sign-in to one account from all unfamiliar addresses together: stops one password being tried on many users. */
  signInAccount: { attempts: 500, seconds: 3600 },
  /** One-time codes of one user. Three of a million codes are right at a time: a day of guessing has a chance of 1 in 1,400. */
  mfaCode: { attempts: 10, seconds: 3600 },
  /** Old passwords offered to ChangePassword: whoever finds an open session must not be able to guess the password. */
  changePassword: { attempts: 10, seconds: 900 },
  /** New addresses of a root user that were not taken: each tells whether the root user of another account has it. */
  rootEmail: { attempts: 10, seconds: 3600 },
} as const

type LimitKind = keyof typeof LIMITS

/** One counter: its name in the database, and how far it may count in how many seconds. */
export interface Bucket {
  readonly id: string
  readonly attempts: number
  readonly seconds: number
}

/**
 * The counter of `kind` for these parts (account, user, address). Its name is a hash, so that the table tells nobody in plain
 * words who tried to sign in from where.
 */
export function bucket(kind: LimitKind, ...parts: readonly string[]): Bucket {
  const id = createHash('sha256')
    .update(JSON.stringify([kind, ...parts]))
    .digest('hex')
  return { id, ...LIMITS[kind] }
}
