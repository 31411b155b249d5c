import { hash, verify } from '@node-rs/argon2'
import { createHashPool } from './hash-pool.ts'

/** Work that a hash costs: memory in KiB, passes, threads. */
export interface PasswordCost {
  memoryCost: number
  timeCost: number
  parallelism: number
}

/** OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, two passes, one thread. */
export const owaspCost: PasswordCost = Object.freeze({ memoryCost: 19_456, timeCost: 2, parallelism: 1 })

/** The library names argon2id by a const enum, which separately compiled sources cannot import: RFC 9106 §3.1, y = 2. */
const argon2id = 2

/** Two of the four threads that Node has for such work: files and name look-ups need the others. One pool, as the threads are. */
const pool = createHashPool({ atOnce: 2, waiting: 64, waitingPerAddress: 24 })

/** Hashes that are worked on, and those that wait for their turn. */
export function hashesUnderWay(): { readonly running: number; readonly waiting: number } {
  const { running, waiting } = pool
  return { running, waiting }
}

/** Compared as in RFC 8265 §4.2.2: one person's keyboard composes é, another's sends e and an accent. */
const canonical = (password: string) => password.normalize('NFC')

/**
 * Hashes a password for storage, with a random salt of its own.
 *
 * @param from the address that asks; null for the server itself
 * @returns a PHC string (`$argon2id$…`) that carries salt and cost. Throws TooManyHashes.
 */
export function hashPassword(
  password: string,
  cost: PasswordCost = owaspCost,
  from: string | null = null,
): Promise<string> {
  return pool.run(from, () => hash(canonical(password), { ...cost, algorithm: argon2id }))
}

/** Whether this is the password that was hashed. The cost is that of the stored hash. Throws TooManyHashes. */
export function verifyPassword(storedHash: string, password: string, from: string | null = null): Promise<boolean> {
  return pool.run(from, () => verify(storedHash, canonical(password)))
}

const noSalt = new Uint8Array(16)

/**
 * Does the work of `verifyPassword` for a user who does not exist or has no password, so that the time of the answer
 * does not tell whether the user exists.
 *
 * @param cost what stored hashes are made with
 */
export async function verifyAgainstNothing(
  password: string,
  cost: PasswordCost = owaspCost,
  from: string | null = null,
): Promise<false> {
  await pool.run(from, () => hash(canonical(password), { ...cost, algorithm: argon2id, salt: noSalt }))
  return false
}
