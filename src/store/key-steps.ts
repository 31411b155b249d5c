import { LONGEST_TOKEN_MS } from '../authn/jwt/index.ts'

/**
 * The order in which a master key is replaced while several gateways work on one database: `old,new` on each of them (all know the
 * new one), `new,old` on each (all encrypt with it), everything encrypted again, `new` alone. At every moment each of them then opens
 * what any other seals.
 */

/** A process that works on the database, as the others see it. */
export interface KeyHolder {
  /** For the operator. */
  readonly name: string
  /** The id of the master key that it encrypts with. */
  readonly activeKey: string
  /** The ids of all that it opens. */
  readonly knownKeys: readonly string[]
}

/** A master key that was encrypted with at some time. */
export interface UsedKey {
  readonly id: string
  /** When the last secret under it was encrypted again with another key; null when that has not been done. */
  readonly endedAt: Date | null
}

/** After so many seconds without a beat a process counts as gone. */
export const GONE_AFTER_S = 60

const CRASHED = `One that crashed counts as gone ${GONE_AFTER_S} s after its last beat.`

/** Whether one of two cannot open what the other seals. */
export function disagree(one: Omit<KeyHolder, 'name'>, other: Omit<KeyHolder, 'name'>): boolean {
  return !other.knownKeys.includes(one.activeKey) || !one.knownKeys.includes(other.activeKey)
}

/** Why a process may not begin to seal beside the others, with the step that is missing; null when it may. One line. */
export function faultOfStart(own: Omit<KeyHolder, 'name'>, others: readonly KeyHolder[]): string | null {
  const ignorant = others.filter(({ knownKeys }) => !knownKeys.includes(own.activeKey))
  if (ignorant.length > 0)
    return `Master key ${own.activeKey} may not encrypt yet, because these do not know it: ${list(ignorant)}. Restart them with LATCHKEY_MASTER_KEY=old,new first. ${CRASHED}`
  const strangers = others.filter(({ activeKey }) => !own.knownKeys.includes(activeKey))
  if (strangers.length > 0)
    return `This process does not have the master key that these encrypt with: ${withKeys(strangers)}. Add it to LATCHKEY_MASTER_KEY; an old one may be left out when all of them encrypt with the new one and latchkey rotate-keys is through. ${CRASHED}`
  return null
}

/** Why nothing may be encrypted again yet; null when it may. One line. */
export function faultOfRotation(own: Omit<KeyHolder, 'name'>, others: readonly KeyHolder[]): string | null {
  const behind = others.filter(({ activeKey }) => activeKey !== own.activeKey)
  if (behind.length === 0) return null
  return `Not everybody encrypts with master key ${own.activeKey} yet. Restart these with LATCHKEY_MASTER_KEY=new,old first: ${withKeys(behind)}. ${CRASHED}`
}

/**
 * Why a process may not do without the keys that it does not know; null when it may. Nothing that is stored needs them: that was
 * looked at before. `forgotten` are those whose temporary credentials and tokens the operator lets end. One line.
 */
export function faultOfLeavingOut(
  own: Omit<KeyHolder, 'name'>,
  used: readonly UsedKey[],
  { now, forgotten }: { readonly now: Date; readonly forgotten: readonly string[] },
): string | null {
  for (const { id, endedAt } of used) {
    if (own.knownKeys.includes(id) || forgotten.includes(id)) continue
    const way = `or end them now with LATCHKEY_FORGET_MASTER_KEYS=${id}`
    if (endedAt === null)
      return `Master key ${id} may not be left out yet: there may be temporary credentials and tokens under it. Start with LATCHKEY_MASTER_KEY=new,old, run latchkey rotate-keys and wait 36 hours, ${way}.`
    const until = new Date(endedAt.getTime() + LONGEST_TOKEN_MS)
    if (until > now)
      return `Master key ${id} may not be left out before ${until.toISOString().slice(0, 19)}Z: until then there are temporary credentials and tokens under it. Start with LATCHKEY_MASTER_KEY=new,old until then, ${way}.`
  }
  return null
}

function list(holders: readonly KeyHolder[]): string {
  return holders.map(({ name }) => name).join(', ')
}

function withKeys(holders: readonly KeyHolder[]): string {
  return holders.map(({ name, activeKey }) => `${name} with ${activeKey}`).join(', ')
}
