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

type KeyServices = Pick<Services, 'db' | 'clock' | 'secrets'>

const TRANSACTION = { maxWait: 60_000, timeout: 60_000 }
const RELOAD_AT_MOST_EVERY_MS = 1_000
/** No token lives that long. */
const FORGET_RETIRED_AFTER_MS = 30 * 24 * 60 * 60 * 1000

/** Loads the keys that sign access tokens; makes the first one. Gateways that start at once end up with the same keys. */
export async function loadSigningKeys(services: KeyServices): Promise<SigningKeys> {
  const { db, clock } = services
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
      const longAgo = new Date(clock().getTime() - FORGET_RETIRED_AFTER_MS)
      await db.signingKey.deleteMany({ where: { retiredAt: { lt: longAgo } } })
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

async function readKeyring({ db, secrets }: KeyServices, known: Keyring): Promise<Keyring> {
  const rows = await db.signingKey.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })
  return createKeyring(
    rows.map(({ id, publicKey, privateKey, sealedBy, createdAt, retiredAt }) => {
      const before = known.get(id)
      // The same key stays the same object: tokens that it verified are remembered by it.
      if (before && before.retiredAt?.getTime() === retiredAt?.getTime()) return before
      if (before) return { ...before, retiredAt: retiredAt ?? undefined }
      const opened = secrets.open({ ciphertext: privateKey, keyId: sealedBy }, ownerOf(id))
      return deserializeSigningKey({ kid: id, publicKey, privateKey: opened, createdAt, retiredAt })
    }),
  )
}

async function insertKey(
  { db, secrets }: KeyServices,
  key: SigningKey,
  others: 'unless-there-is-one' | 'retire-others',
): Promise<void> {
  const { kid, publicKey, privateKey, createdAt } = serializeSigningKey(key)
  const { ciphertext, keyId } = secrets.seal(privateKey, ownerOf(kid))
  await db.$transaction(async (tx) => {
    // Only one gateway at a time decides whether a key is missing.
    await tx.$executeRaw`lock table signing_key in share row exclusive mode`
    if (others === 'retire-others') {
      await tx.signingKey.updateMany({ where: { retiredAt: null }, data: { retiredAt: createdAt } })
    } else if ((await tx.signingKey.count({ where: { retiredAt: null } })) > 0) {
      return
    }
    await tx.signingKey.create({ data: { id: kid, publicKey, privateKey: ciphertext, sealedBy: keyId, createdAt } })
  }, TRANSACTION)
}

function ownerOf(kid: string): string {
  return `signing-key:${kid}`
}
