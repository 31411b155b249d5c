import type pg from 'pg'
import {
  createKeyring,
  createSigningKey,
  deserializeSigningKey,
  type Keyring,
  type SigningKey,
  serializeSigningKey,
} from '../authn/jwt/index.ts'
import type { Services } from '../iam/call.ts'

export interface SigningKeys {
  /** Every stored key, as last read. */
  keyring(): Keyring
  /** The key to sign new tokens with: the newest that is not retired. */
  current(): SigningKey
  /**
   * Reads the keys again, for a token that names a key we do not have: another gateway may have made it. At most once per
   * second, because anybody can send such tokens.
   */
  reload(): Promise<Keyring>
  /** Makes a new key and retires the others. What they signed stays valid until it expires. */
  rotate(): Promise<SigningKey>
}

type KeyServices = Pick<Services, 'clock' | 'secrets'> & { readonly pool: pg.Pool }

interface KeyRow {
  id: string
  public_key: string
  private_key: Buffer
  sealed_by: string
  created_at: Date
  retired_at: Date | null
}

const RELOAD_AT_MOST_EVERY_MS = 1_000
/** No token lives that long. */
const FORGET_RETIRED_AFTER_MS = 30 * 24 * 60 * 60 * 1000

/** Loads the keys that sign access tokens; makes the first one. Gateways that start at once end up with the same keys. */
export async function loadSigningKeys(services: KeyServices): Promise<SigningKeys> {
  const { pool, clock } = services
  let keyring = await readKeyring(services, new Map())
  if (!signingKeyOf(keyring)) {
    await insertKey(services, await createSigningKey(clock()), 'unless-there-is-one')
    keyring = await readKeyring(services, keyring)
  }
  let readAt = Number.NEGATIVE_INFINITY
  let reading: Promise<Keyring> | undefined

  async function read(): Promise<Keyring> {
    readAt = clock().getTime()
    keyring = await readKeyring(services, keyring)
    return keyring
  }

  return {
    keyring: () => keyring,

    current() {
      const key = signingKeyOf(keyring)
      if (!key) throw new Error('There is no signing key.')
      return key
    },

    async reload() {
      if (reading) return reading
      if (clock().getTime() - readAt < RELOAD_AT_MOST_EVERY_MS) return keyring
      reading = read().finally(() => (reading = undefined))
      return reading
    },

    async rotate() {
      const key = await createSigningKey(clock())
      await insertKey(services, key, 'retire-others')
      await pool.query('delete from signing_key where retired_at < $1', [
        new Date(clock().getTime() - FORGET_RETIRED_AFTER_MS),
      ])
      await read()
      return key
    },
  }
}

function signingKeyOf(keyring: Keyring): SigningKey | undefined {
  return [...keyring.values()]
    .filter(({ retiredAt }) => retiredAt === undefined)
    .toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a.kid < b.kid ? -1 : 1))[0]
}

async function readKeyring({ pool, secrets }: KeyServices, known: Keyring): Promise<Keyring> {
  const { rows } = await pool.query<KeyRow>(
    'select id, public_key, private_key, sealed_by, created_at, retired_at from signing_key order by created_at, id',
  )
  return createKeyring(
    rows.map((row) => {
      const before = known.get(row.id)
      // The same key stays the same object: tokens that it verified are remembered by it.
      if (before && before.retiredAt?.getTime() === row.retired_at?.getTime()) return before
      const sealed = { ciphertext: new Uint8Array(row.private_key), keyId: row.sealed_by }
      const key = deserializeSigningKey({
        kid: row.id,
        publicKey: row.public_key,
        privateKey: secrets.open(sealed, ownerOf(row.id)),
        createdAt: row.created_at,
        retiredAt: row.retired_at,
      })
      return before ? { ...before, retiredAt: key.retiredAt } : key
    }),
  )
}

async function insertKey(
  { pool, secrets }: KeyServices,
  key: SigningKey,
  others: 'unless-there-is-one' | 'retire-others',
): Promise<void> {
  const { kid, publicKey, privateKey, createdAt } = serializeSigningKey(key)
  const { ciphertext, keyId } = secrets.seal(privateKey, ownerOf(kid))
  const client = await pool.connect()
  let failure: Error | undefined
  try {
    await client.query('begin')
    // Only one gateway at a time decides whether a key is missing.
    await client.query('lock table signing_key in share row exclusive mode')
    if (others === 'retire-others') {
      await client.query('update signing_key set retired_at = $1 where retired_at is null', [createdAt])
    }
    await client.query(
      `insert into signing_key (id, public_key, private_key, sealed_by, created_at)
       select $1, $2, $3, $4, $5 where not exists (select from signing_key where retired_at is null)`,
      [kid, publicKey, Buffer.from(ciphertext), keyId, createdAt],
    )
    await client.query('commit')
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error))
    throw failure
  } finally {
    // With an error the pool throws the connection away, and the server rolls back.
    client.release(failure)
  }
}

function ownerOf(kid: string): string {
  return `signing-key:${kid}`
}
