import { performance } from 'node:perf_hooks'

/** What one request had of the database. */
export interface Meter {
  /** Sent so far, those that begin and end transactions included. */
  readonly statements: number
  /** Milliseconds with at least one statement, or one wait for a connection, under way: never more than the request took. */
  readonly databaseMs: number
  /** Milliseconds that changes waited for their turn. */
  readonly waitedMs: number
  /** A statement, or a wait for a connection, is under way until what is returned is called. */
  begin(what: 'statement' | 'connection'): () => void
  waited(milliseconds: number): void
}

/** Who measures, without what was measured. */
export type Measuring = Pick<Meter, 'begin' | 'waited'>

export function createMeter(): Meter {
  return new MeterOfOne()
}

/** Measures for each of them what they do together. */
export function meterOfAll(meters: readonly Measuring[]): Measuring {
  return {
    begin(what) {
      const ends = meters.map((meter) => meter.begin(what))
      return () => {
        for (const end of ends) end()
      }
    },
    waited(milliseconds) {
      for (const meter of meters) meter.waited(milliseconds)
    },
  }
}

class MeterOfOne implements Meter {
  statements = 0
  waitedMs = 0
  #ms = 0
  #underWay = 0
  #since = 0

  get databaseMs(): number {
    return this.#underWay > 0 ? this.#ms + performance.now() - this.#since : this.#ms
  }

  begin(what: 'statement' | 'connection'): () => void {
    if (what === 'statement') this.statements++
    if (this.#underWay++ === 0) this.#since = performance.now()
    return () => {
      if (--this.#underWay === 0) this.#ms += performance.now() - this.#since
    }
  }

  waited(milliseconds: number): void {
    this.waitedMs += milliseconds
  }
}
