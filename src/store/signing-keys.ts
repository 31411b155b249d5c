import {
  createKeyring,
  createSigningKey,
  deserializeSigningKey,
  isPublished,
  type Keyring,
  LONGEST_TOKEN_MS,
  type SigningKey,
  serializeSigningKey,
} from '../authn/jwt/index.ts'
import { SECRET_OWNER } from '../authn/secret-owner.ts'
import type { Services, Tx } from '../iam/call.ts'
import type { StoreLog } from './store-log.ts'

export interface SigningKeys {
  /** Every stored key that tokens can still be valid under, as last read. */
  keyring(): Keyring
  /**
   * The key to sign a token with that says it is issued then, or now if that is later. It is read again for each token: one that
   * is revoked signs nothing from that moment on, on no gateway.
   */
  current(issuedAt?: Date): Promise<SigningKey>
  /** What others may verify tokens with: at most a second old, or what was read last while the database does not answer. */
  published(): Promise<Keyring>
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
  /**
   * For a key that leaked: every key is forgotten, and a new one signs at once. What the others signed is refused from the next
   * request on, on every gateway, because authentication asks whether the key of a token is still there.
   *
   * @returns the new key, and those that count no more
   */
  revoke(): Promise<{ readonly kid: string; readonly revoked: readonly string[] }>
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
/** Loads the keys that sign access tokens; makes the first one. Gateways that start at once end up with the same keys. */
export async function loadSigningKeys({ refresh, ...services }: KeyOptions): Promise<SigningKeys> {
  const { clock } = services
  let keyring = await readKeyring(services, new Map())
  if (!signingKeyOf(keyring, clock())) {
    await insertKey(services, await createSigningKey(clock()), addUnlessThereIsOne)
    keyring = await readKeyring(services, keyring)
  }
  let readAt = Number.NEGATIVE_INFINITY
  let [asked, answered] = [0, 0]
  let reading: Promise<Keyring> | undefined
  const timer = refresh && setInterval(() => void readAgain(refresh.log), refresh.everyMs)
  timer?.unref()

  async function read(): Promise<Keyring> {
    const turn = ++asked
    const found = await readKeyring(services, keyring)
    // An answer that was overtaken by a later one is out of date.
    if (turn > answered) [keyring, answered] = [found, turn]
    return found
  }

  function readOnce(): Promise<Keyring> {
    if (reading) return reading
    readAt = clock().getTime()
    reading = read().finally(() => (reading = undefined))
    return reading
  }

  /** Those that were read last are good for hours. */
  async function readAgain(log: StoreLog): Promise<void> {
    try {
      await readOnce()
      await forgetRetired(services)
    } catch (error) {
      log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'signing keys not read again')
    }
  }

  async function reload(): Promise<Keyring> {
    if (reading) return reading
    if (clock().getTime() - readAt < RELOAD_AT_MOST_EVERY_MS) return keyring
    return readOnce()
  }

  return {
    keyring: () => keyring,

    async current(issuedAt = clock()) {
      const key = signingKeyOf(await read(), new Date(Math.max(issuedAt.getTime(), clock().getTime())))
      if (!key) throw new Error('There is no signing key.')
      return key
    },

    published: () => reload().catch(() => keyring),

    reload,

    async rotate() {
      const now = clock()
      const key = await createSigningKey(now, new Date(now.getTime() + PUBLISHED_BEFORE_SIGNING_MS))
      await insertKey(services, key, takeOver)
      await forgetRetired(services)
      await read()
      return { kid: key.kid, signsFrom: key.signsFrom }
    },

    async revoke() {
      const key = await createSigningKey(clock())
      const revoked: string[] = []
      await insertKey(services, key, async (tx) => {
        revoked.push(...(await tx.signingKey.findMany({ select: { id: true } })).map(({ id }) => id))
        await tx.signingKey.deleteMany()
        return true
      })
      await read()
      return { kid: key.kid, revoked }
    },

    close: () => clearInterval(timer),
  }
}

/**
 * When a key is made, those before it are given the moment at which it takes over as their end: the one whose end comes next
 * signs. Until then it has no end for whoever signs with it. (Where it was made by a clock that is ahead of this one, it is the
 * only one, and signs early.)
 */
function signingKeyOf(keyring: Keyring, at: Date): SigningKey | undefined {
  const [key] = [...keyring.values()]
    .filter(({ retiredAt }) => retiredAt === undefined || retiredAt > at)
    .toSorted(
      (a, b) => endOf(a) - endOf(b) || a.createdAt.getTime() - b.createdAt.getTime() || (a.kid < b.kid ? -1 : 1),
    )
  return key && { ...key, retiredAt: undefined }
}

function endOf({ retiredAt }: SigningKey): number {
  return retiredAt?.getTime() ?? Number.POSITIVE_INFINITY
}

async function readKeyring({ db, clock, secrets }: KeyServices, known: Keyring): Promise<Keyring> {
  const rows = await db.signingKey.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })
  const now = clock()
  const useful = rows.filter(({ retiredAt }) => isPublished({ retiredAt: retiredAt ?? undefined }, now))
  return createKeyring(
    useful.map(({ id, publicKey, privateKey, sealedBy, createdAt, signsFrom, retiredAt }) => {
      const before = known.get(id)
      // The same key stays the same object: tokens that it verified are remembered by it.
      if (before && before.retiredAt?.getTime() === retiredAt?.getTime()) return before
      if (before) return { ...before, retiredAt: retiredAt ?? undefined }
      const opened = secrets.open({ ciphertext: privateKey, keyId: sealedBy }, SECRET_OWNER.signingKey({ id }))
      return deserializeSigningKey({ kid: id, publicKey, privateKey: opened, createdAt, signsFrom, retiredAt })
    }),
  )
}

/** What becomes of the keys before a new one. Answers whether that one is wanted. */
type Successor = (tx: Tx, key: SigningKey) => Promise<boolean>

const addUnlessThereIsOne: Successor = async (tx) => (await tx.signingKey.count({ where: { retiredAt: null } })) === 0

const takeOver: Successor = async (tx, { signsFrom }) => {
  await tx.signingKey.updateMany({ where: { retiredAt: null }, data: { retiredAt: signsFrom } })
  return true
}

async function insertKey({ db, secrets }: KeyServices, key: SigningKey, succeed: Successor): Promise<void> {
  const { kid, publicKey, privateKey, createdAt, signsFrom } = serializeSigningKey(key)
  const { ciphertext, keyId } = secrets.seal(privateKey, SECRET_OWNER.signingKey({ id: kid }))
  await db.$transaction(async (tx) => {
    // Only one gateway at a time decides whether a key is missing.
    await tx.$executeRaw`lock table signing_key in share row exclusive mode`
    if (!(await succeed(tx, key))) return
    const data = { id: kid, publicKey, privateKey: ciphertext, sealedBy: keyId, createdAt, signsFrom }
    await tx.signingKey.create({ data })
  }, TRANSACTION)
}

/** A key that is kept longer than its tokens live is only a key that can leak. */
async function forgetRetired({ db, clock }: KeyServices): Promise<void> {
  const longAgo = new Date(clock().getTime() - LONGEST_TOKEN_MS)
  await db.signingKey.deleteMany({ where: { retiredAt: { lte: longAgo } } })
}
