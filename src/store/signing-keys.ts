import {
  createKeyring,
  createSigningKey,
  deserializeSigningKey,
  type Keyring,
  type SigningKey,
  serializeSigningKey,
} from '../authn/jwt/index.ts'
import type { Services } from '../iam/call.ts'
import type { StoreLog } from './store-log.ts'

export interface SigningKeys {
  /** Every stored key, as last read. */
  keyring(): Keyring
  /** The key to sign new tokens with: the oldest whose time has not passed. */
  current(): SigningKey
  /**
   * Reads the keys again, for a token that names a key we do not have: another gateway may have made it. At most once per
   * second, because anybody can send such tokens.
   */
  reload(): Promise<Keyring>
  /**
   * Publishes a new key, which takes over from the others some minutes later: by then every gateway, and whoever else verifies
   * tokens, has read it. What the others signed stays valid until it expires.
   */
  rotate(): Promise<{ readonly kid: string; readonly signsFrom: Date }>
  /** Ends the periodic reading. */
  close(): void
}

type KeyServices = Pick<Services, 'db' | 'clock' | 'secrets'>

interface KeyOptions extends KeyServices {
  /** How often the keys are read again, so that a rotation is noticed by those who were not told; absent: never. */
  readonly refresh?: { readonly everyMs: number; readonly log: StoreLog }
}

const TRANSACTION = { maxWait: 60_000, timeout: 60_000 }
const RELOAD_AT_MOST_EVERY_MS = 1_000
/** Longer than a gateway takes to read the keys again and a cached JWKS document lives, together. */
const PUBLISHED_BEFORE_SIGNING_MS = 10 * 60 * 1000
/** No token lives that long. */
const FORGET_RETIRED_AFTER_MS = 30 * 24 * 60 * 60 * 1000

/** Loads the keys that sign access tokens; makes the first one. Gateways that start at once end up with the same keys. */
export async function loadSigningKeys({ refresh, ...services }: KeyOptions): Promise<SigningKeys> {
  const { db, clock } = services
  let keyring = await readKeyring(services, new Map())
  if (!signingKeyOf(keyring, clock())) {
    await insertKey(services, await createSigningKey(clock()), 'unless-there-is-one')
    keyring = await readKeyring(services, keyring)
  }
  let readAt = Number.NEGATIVE_INFINITY
  let reading: Promise<Keyring> | undefined
  const timer = refresh && setInterval(() => void readAgain(refresh.log), refresh.everyMs)
  timer?.unref()

  async function read(): Promise<Keyring> {
    readAt = clock().getTime()
    keyring = await readKeyring(services, keyring)
    return keyring
  }

  function readOnce(): Promise<Keyring> {
    reading ??= read().finally(() => (reading = undefined))
    return reading
  }

  /** Those that were read last are good for hours. */
  async function readAgain(log: StoreLog): Promise<void> {
    try {
      await readOnce()
    } catch (error) {
      log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'signing keys not read again')
    }
  }

  return {
    keyring: () => keyring,

    current() {
      const key = signingKeyOf(keyring, clock())
      if (!key) throw new Error('There is no signing key.')
      return key
    },

    async reload() {
      if (reading) return reading
      if (clock().getTime() - readAt < RELOAD_AT_MOST_EVERY_MS) return keyring
      return readOnce()
    },

    async rotate() {
      const key = await createSigningKey(clock())
      const signsFrom = new Date(key.createdAt.getTime() + PUBLISHED_BEFORE_SIGNING_MS)
      await insertKey(services, key, { takesOverAt: signsFrom })
      const longAgo = new Date(clock().getTime() - FORGET_RETIRED_AFTER_MS)
      await db.signingKey.deleteMany({ where: { retiredAt: { lt: longAgo } } })
      await read()
      return { kid: key.kid, signsFrom }
    },

    close: () => clearInterval(timer),
  }
}

/**
 * When a key is made, those before it are given the moment at which it takes over as their end: the one whose end comes next
 * signs. Until then it has no end for whoever signs with it.
 */
function signingKeyOf(keyring: Keyring, now: Date): SigningKey | undefined {
  const [key] = [...keyring.values()]
    .filter(({ retiredAt }) => retiredAt === undefined || retiredAt > now)
    .toSorted(
      (a, b) => endOf(a) - endOf(b) || a.createdAt.getTime() - b.createdAt.getTime() || (a.kid < b.kid ? -1 : 1),
    )
  return key && { ...key, retiredAt: undefined }
}

function endOf({ retiredAt }: SigningKey): number {
  return retiredAt?.getTime() ?? Number.POSITIVE_INFINITY
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
  others: 'unless-there-is-one' | { readonly takesOverAt: Date },
): Promise<void> {
  const { kid, publicKey, privateKey, createdAt } = serializeSigningKey(key)
  const { ciphertext, keyId } = secrets.seal(privateKey, ownerOf(kid))
  await db.$transaction(async (tx) => {
    // Only one gateway at a time decides whether a key is missing.
    await tx.$executeRaw`lock table signing_key in share row exclusive mode`
    if (others !== 'unless-there-is-one') {
      await tx.signingKey.updateMany({ where: { retiredAt: null }, data: { retiredAt: others.takesOverAt } })
    } else if ((await tx.signingKey.count({ where: { retiredAt: null } })) > 0) {
      return
    }
    await tx.signingKey.create({ data: { id: kid, publicKey, privateKey: ciphertext, sealedBy: keyId, createdAt } })
  }, TRANSACTION)
}

function ownerOf(kid: string): string {
  return `signing-key:${kid}`
}
