import { setTimeout as pause } from 'node:timers/promises'
import { generateSync } from 'otplib'

/** Seconds for which a one-time code stands (RFC 6238 §4.1). */
const STEP = 30

export interface Key {
  readonly id: string
  readonly secret: string
}

/**
 * What a reader would have noted from earlier answers, and puts where the text has placeholders. `address` is in the place of
 * the one that the text names.
 */
export class Values {
  readonly address: string
  /** In the order in which they were made. */
  readonly keys: Key[] = []
  #session: (Key & { readonly token: string }) | null = null
  #seed: string | null = null
  /** The id of a key that was seen last. */
  #lastId = ''
  /** The time step of the last code that was given out. */
  #lastStep = 0

  constructor(address: string) {
    this.address = address
  }

  /** Notes the keys, the temporary credentials and the seed of an answer, from GraphQL or the aws CLI. */
  note(answer: unknown): void {
    if (answer === null || typeof answer !== 'object') return
    const found = new Map<string, unknown>(Object.entries(answer))
    for (const value of found.values()) this.note(value)
    const text = (...names: string[]) => names.map((name) => found.get(name)).find((value) => typeof value === 'string')
    const id = text('accessKeyId', 'AccessKeyId')
    if (typeof id === 'string') this.#lastId = id
    const secret = text('secretAccessKey', 'SecretAccessKey')
    const token = text('sessionToken')
    const seed = text('base32StringSeed')
    // GraphQL has the id of a new key below the object that has its secret.
    if (typeof secret === 'string' && typeof token === 'string') this.#session = { id: this.#lastId, secret, token }
    else if (typeof secret === 'string') this.keys.push({ id: this.#lastId, secret })
    if (typeof seed === 'string') this.#seed = seed
  }

  /** The text as a reader would send it. Throws when a placeholder is left that nothing was noted for. */
  async fill(text: string): Promise<string> {
    let filled = text.replaceAll('http://127.0.0.1:4000', this.address)
    for (const [placeholder, value] of this.#known()) filled = filled.replaceAll(placeholder, value)
    filled = await this.#fillCodes(filled)
    const left = /AKIA_\w+|SECRET_NEW|(?:AKIA|ASIA|=)\.\.\.|"(\d)\1{5}"/.exec(filled)?.[0]
    if (left !== undefined) throw new Error(`nothing is known yet for the placeholder ${left}`)
    return filled
  }

  #known(): [string, string][] {
    const newest = this.keys.at(-1)
    const older = this.keys.at(-2)
    const known: [string, string][] = []
    if (this.#seed !== null) known.push(['SEED=...', `SEED='${this.#seed}'`])
    if (this.#session !== null)
      known.push(
        ['SESSION_KEY_ID=ASIA...', `SESSION_KEY_ID='${this.#session.id}'`],
        ['SESSION_SECRET=...', `SESSION_SECRET='${this.#session.secret}'`],
        ['SESSION_TOKEN=...', `SESSION_TOKEN='${this.#session.token}'`],
      )
    if (newest)
      known.push(
        ['AWS_ACCESS_KEY_ID=AKIA...', `AWS_ACCESS_KEY_ID='${newest.id}'`],
        ['AWS_SECRET_ACCESS_KEY=...', `AWS_SECRET_ACCESS_KEY='${newest.secret}'`],
        ['AKIA_NEW', newest.id],
        ['SECRET_NEW', newest.secret],
        ['AKIA_LEAKED', newest.id],
      )
    if (older) known.push(['AKIA_OLD', older.id])
    return known
  }

  /** `"111111"` and the like are codes, each the next one of the device: a code works once. */
  async #fillCodes(text: string): Promise<string> {
    const placeholders = text.match(/\\?"(\d)\1{5}\\?"/g) ?? []
    let filled = text
    for (const placeholder of placeholders) {
      const code = await this.#nextCode(placeholders.length)
      filled = filled.replace(placeholder, placeholder.replace(/\d+/, code))
    }
    return filled
  }

  /** The code after the last one, as soon as the server takes it: one step early, as on a clock that is a little fast. */
  async #nextCode(together: number): Promise<string> {
    if (this.#seed === null) throw new Error('a code is asked for before there is a device')
    const current = () => Math.floor(Date.now() / 1000 / STEP)
    const step = Math.max(this.#lastStep + 1, current() - together + 1)
    while (current() < step - 1) await pause(250)
    this.#lastStep = step
    return generateSync({ secret: this.#seed, epoch: step * STEP })
  }
}
