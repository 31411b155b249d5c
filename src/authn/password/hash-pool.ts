import { CodedError } from '../../errors/index.ts'

/** Too many hashes are waiting; the caller may come back. */
export class TooManyHashes extends CodedError {
  override readonly name = 'TooManyHashes'

  constructor() {
    super('ServiceUnavailable', 'The service is busy. Please try again in a moment.', {
      details: { retryAfterSeconds: 1 },
    })
  }
}

export interface HashPoolSize {
  /** Hashes that are worked on at a time. */
  readonly atOnce: number
  /** Those that may wait for it, in all and for one address. */
  readonly waiting: number
  readonly waitingPerAddress: number
}

export interface HashPool {
  readonly running: number
  readonly waiting: number
  /**
   * Does the work in its turn, or throws TooManyHashes at once when too many wait already.
   *
   * @param from the address that the work is done for; null for the server's own, which always waits
   */
  run<Result>(from: string | null, work: () => Promise<Result>): Promise<Result>
}

interface Waiting {
  readonly from: string | null
  readonly start: () => void
}

/**
 * A hash takes some tens of milliseconds of a core and 19 MiB, and nobody has to be signed in to ask for one. The bounds keep
 * those who wait within about a second, and what waits for one address from taking the places of all others.
 */
export function createHashPool({ atOnce, waiting: most, waitingPerAddress }: HashPoolSize): HashPool {
  const waiting: Waiting[] = []
  let running = 0

  function enter(from: string | null): Promise<void> | null {
    if (running < atOnce) {
      running++
      return null
    }
    const own = waiting.filter((one) => one.from === from).length
    if (from !== null && (waiting.length >= most || own >= waitingPerAddress)) throw new TooManyHashes()
    return new Promise((start) => waiting.push({ from, start }))
  }

  /** The place passes on: who waits does not compete with who comes. */
  function leave(): void {
    const next = waiting.shift()
    if (next === undefined) running--
    else next.start()
  }

  return {
    get running() {
      return running
    },
    get waiting() {
      return waiting.length
    },
    async run(from, work) {
      const turn = enter(from)
      if (turn !== null) await turn
      try {
        return await work()
      } finally {
        leave()
      }
    },
  }
}
