import { createHash, hkdfSync, randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type pg from 'pg'
import { assertPrivate } from './private-files.ts'
import { COUNT_BY_MASTER_KEY, FIND_MASTER_KEY_IDS } from './sealed-columns.ts'
import type { KeyRing } from './secret-box.ts'

const KEY_BYTES = 32

/** What keys are derived for. A purpose is part of the derivation: renaming one makes what it sealed unreadable. */
export type KeyPurpose = 'secrets' | 'session-tokens' | 'access-tokens'

export interface MasterKey {
  /** 256-bit keys for one purpose, one from each master key, under the master keys' ids. */
  deriveKeys(purpose: KeyPurpose): KeyRing
}

/** The master key is malformed, or is not the one that the data was encrypted with. Never holds key material. */
export class MasterKeyError extends Error {
  override readonly name = 'MasterKeyError'
}

/**
 * The installation's master keys: those of LATCHKEY_MASTER_KEY (32 bytes in base64 or hexadecimal; several are separated by
 * commas, the first one seals and the others still open), or else the one in `<dataDir>/master.key`, which the first run makes.
 * Throws MasterKeyError, OpenToOthersError.
 */
export function loadMasterKey({
  fromEnvironment,
  dataDir,
}: {
  readonly fromEnvironment?: string | null
  readonly dataDir: string
}): MasterKey {
  const texts = fromEnvironment ? fromEnvironment.split(',') : [readOrCreateKeyFile(path.join(dataDir, 'master.key'))]
  const origin = fromEnvironment ? 'LATCHKEY_MASTER_KEY' : 'The file master.key'
  const masterKeys = texts.map((text) => decodeKey(text.trim(), origin))
  const ids = masterKeys.map(keyId)
  return {
    deriveKeys(purpose) {
      const derived = masterKeys.map(
        (key) => new Uint8Array(hkdfSync('sha256', key, '', `latchkey ${purpose}`, KEY_BYTES)),
      )
      return { current: ids[0]!, keys: new Map(ids.map((id, i) => [id, derived[i]!])) }
    },
  }
}

/**
 * Throws MasterKeyError when the database holds a secret that none of the keys opens, and says how many there are. Better at start
 * than when the first caller cannot be authenticated, and before anything is encrypted under the wrong key. Answers with the ids of
 * the keys that something is sealed under.
 */
export async function assertOpensDatabase(
  database: Pick<pg.ClientBase, 'query'>,
  { keys }: Pick<KeyRing, 'keys'>,
): Promise<readonly string[]> {
  const { rows } = await database.query<{ id: string }>(FIND_MASTER_KEY_IDS)
  const ids = rows.map(({ id }) => id)
  const missing = ids.filter((id) => !keys.has(id))
  if (missing.length === 0) return ids
  const { rows: counts } = await database.query<SealedCount>(COUNT_BY_MASTER_KEY)
  const left = missing.map((id) => `${id}: ${described(counts.filter((count) => count.id === id))}`).join('; ')
  throw new MasterKeyError(
    `The database holds secrets under master key ${missing.join(', ')}, but this process has ${[...keys.keys()].join(', ')}. (${left}.) Set LATCHKEY_MASTER_KEY (several keys are separated by commas), or restore the file master.key of the data directory; to be rid of an old key, start with new,old and run latchkey rotate-keys.`,
  )
}

/** Secrets of one kind under one master key. */
export interface SealedCount {
  readonly id: string
  /** In the plural. */
  readonly what: string
  readonly count: number
}

/** For the operator, e.g. `access keys 2, signing keys 1`. */
export function described(counts: readonly Pick<SealedCount, 'what' | 'count'>[]): string {
  return counts.map(({ what, count }) => `${what} ${count}`).join(', ')
}

/** Throws MasterKeyError when the database holds secrets and there is no key at all, so that none is made which opens nothing. */
export async function assertKeyAtHand(
  pool: pg.Pool,
  { fromEnvironment, dataDir }: { readonly fromEnvironment?: string | null; readonly dataDir: string },
): Promise<void> {
  const file = path.join(dataDir, 'master.key')
  if (fromEnvironment || existsSync(file)) return
  const { rows } = await pool.query<{ id: string }>(FIND_MASTER_KEY_IDS)
  if (rows.length === 0) return
  const ids = rows.map(({ id }) => id).join(', ')
  throw new MasterKeyError(
    `The database holds secrets under master key ${ids}, and there is no key: set LATCHKEY_MASTER_KEY, or restore ${file}.`,
  )
}

/** The ids of the keys that a start would use; none when it would make one. Throws MasterKeyError, OpenToOthersError. */
export function keyIdsAtHand({
  fromEnvironment,
  dataDir,
}: {
  readonly fromEnvironment?: string | null
  readonly dataDir: string
}): readonly string[] {
  if (!fromEnvironment && !existsSync(path.join(dataDir, 'master.key'))) return []
  return [...loadMasterKey({ fromEnvironment, dataDir }).deriveKeys('secrets').keys.keys()]
}

/** Says which key it is, and nothing about it: the first 8 hexadecimal digits of its SHA-256. */
function keyId(key: Uint8Array): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 8)
}

function decodeKey(text: string, origin: string): Buffer {
  const key = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64')
  const whole = /^[0-9a-f]{64}$|^[A-Za-z0-9+/_-]{43}=?$/i.test(text)
  if (!whole || key.length !== KEY_BYTES) {
    throw new MasterKeyError(`${origin} does not hold 32 bytes in base64 (make some with: openssl rand -base64 32).`)
  }
  return key
}

function readOrCreateKeyFile(file: string): string {
  assertPrivate(path.dirname(file))
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  // Written whole under another name, then linked: nobody reads half a key, and of two first runs one wins.
  const unfinished = `${file}.${process.pid}`
  writeFileSync(unfinished, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600, flush: true })
  try {
    linkSync(unfinished, file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    rmSync(unfinished, { force: true })
  }
  return readFileSync(file, 'utf8')
}
