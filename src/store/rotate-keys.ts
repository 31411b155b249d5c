import { randomBytes } from 'node:crypto'
import { endOtherKeys, joinGateways, readPeers } from './gateways.ts'
import { faultOfRotation, type KeyHolder } from './key-steps.ts'
import { described, MasterKeyError, type SealedCount } from './master-key.ts'
import type { Database } from './open.ts'
import { resealSecrets } from './reseal-secrets.ts'
import { COUNT_BY_MASTER_KEY } from './sealed-columns.ts'
import { createSecretBox, type KeyRing } from './secret-box.ts'
import { loadSigningKeys } from './signing-keys.ts'

/** What is replaced. */
export interface Rotation {
  /** Everything that is sealed under another master key than the current one is encrypted again. */
  readonly secrets: boolean
  /** Another key signs tokens, in some minutes. */
  readonly signingKey: boolean
  /** Another key signs tokens at once, and all that the others signed is refused. */
  readonly revokeNow: boolean
}

export interface RotationParts {
  readonly database: Pick<Database, 'db' | 'pool' | 'kind'>
  readonly ring: KeyRing
  readonly version: string
  /** Takes a line for the operator. */
  readonly tell: (line: string) => void
  /** Takes a line about what went wrong. */
  readonly complain: (line: string) => void
}

const SILENT = { info() {}, warn() {} }
const clock = () => new Date()

/**
 * Replaces keys while gateways work on. Interrupted, it is run again and goes on with what is left. Throws MasterKeyError while a
 * gateway does not know the current master key or encrypts with another: nothing is changed then. Answers whether all went well.
 */
export async function rotateKeys(what: Rotation, parts: RotationParts): Promise<boolean> {
  const { database, ring, version, tell } = parts
  const { db, pool, kind } = database
  // Told of like a gateway: who starts meanwhile has to be able to open what is sealed here.
  const member = await joinGateways({
    pool,
    ring,
    alone: kind === 'embedded',
    kind: 'rotate-keys',
    version,
    log: SILENT,
  })
  try {
    const well = !what.secrets || (await encryptAnew(parts, member.peers))
    const secrets = createSecretBox(ring, randomBytes)
    if (what.revokeNow) {
      const { kid, revoked } = await (await loadSigningKeys({ db, clock, secrets })).revoke()
      tell(
        `Revoked signing keys: ${revoked.join(', ')}. All that they signed is refused from the next request on; ${kid} signs now.`,
      )
    } else if (what.signingKey) {
      const { kid, signsFrom } = await (await loadSigningKeys({ db, clock, secrets })).rotate()
      tell(
        `Published signing key ${kid}; it signs from ${signsFrom.toISOString()}. Tokens of the key before stay valid until they expire.`,
      )
    }
    return well
  } finally {
    await member.leave()
  }
}

async function encryptAnew(
  { database: { pool }, ring, tell, complain }: RotationParts,
  others: readonly KeyHolder[],
): Promise<boolean> {
  const own = { activeKey: ring.current, knownKeys: [...ring.keys.keys()] }
  const early = faultOfRotation(own, others)
  if (early !== null) throw new MasterKeyError(early)
  const kinds = await resealSecrets({ pool, secrets: createSecretBox(ring, randomBytes) }, ring.current)
  const done = kinds.map(({ what, resealed }) => ({ what, count: resealed }))
  tell(`Encrypted anew under master key ${ring.current}: ${described(done)}.`)
  // A gateway that came meanwhile may have sealed behind our back.
  const late = await endOtherKeys(pool, ring.current, (peers) => faultOfRotation(own, peers))
  if (late !== null) throw new MasterKeyError(`${late} Then run this again.`)
  const damaged = kinds.filter(({ unreadable }) => unreadable > 0)
  if (damaged.length > 0) {
    const left = described(damaged.map(({ what, unreadable }) => ({ what, count: unreadable })))
    complain(`Damaged, and left as they are: ${left}. Their master keys are needed until they are deleted.`)
    return false
  }
  if (ring.keys.size > 1)
    tell('The other master keys are needed for 36 hours more: until then there are temporary credentials under them.')
  return true
}

/** Who works on the database with which master keys, what is sealed under each, and what comes next. Changes nothing. */
export async function tellOfKeys({ database: { pool }, ring, tell }: RotationParts): Promise<void> {
  const peers = await readPeers(pool, '')
  for (const { name, version, beatAt, activeKey, knownKeys } of peers)
    tell(
      `${name}: Latchkey ${version}, last beat ${beatAt.toISOString()}, encrypts with ${activeKey}, knows ${knownKeys.join(', ')}`,
    )
  if (peers.length === 0) tell('No gateway has been heard of for a minute.')
  const { rows: counts } = await pool.query<SealedCount>(COUNT_BY_MASTER_KEY)
  const { rows: used } = await pool.query<{ id: string; since: Date; until: Date | null }>(
    'select id, first_used_at as since, ended_at as until from master_key order by first_used_at, id',
  )
  for (const { id, since, until } of used) {
    const here = id === ring.current ? 'in front here' : ring.keys.has(id) ? 'known here' : 'not known here'
    const end = until === null ? '' : `, given up ${until.toISOString()}`
    const sealed = counts.filter((count) => count.id === id)
    tell(
      `Master key ${id}: ${here}, used since ${since.toISOString()}${end}, stored under it: ${described(sealed) || 'nothing'}`,
    )
  }
}
