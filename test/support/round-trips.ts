import type { Pool } from 'pg'
import { Flight } from '../../src/store/flights/flight.ts'

export interface RoundTrip {
  /** Statements that were sent together, without the spaces of their layout. */
  readonly statements: readonly string[]
}

const lists = new WeakMap<Pool, RoundTrip[]>()

/**
 * Every question that a pool's clients send from now on, in order: what is sent while nothing is under way on the connection has to be
 * waited for, and what goes with it has not.
 */
export function roundTripsOf(pool: Pool): RoundTrip[] {
  const list = lists.get(pool)
  if (list !== undefined) return list
  const trips: RoundTrip[] = []
  const known = new WeakSet<object>()
  lists.set(pool, trips)
  pool.on('acquire', (client) => {
    if (known.has(client)) return
    known.add(client)
    const query: (...given: unknown[]) => unknown = client.query.bind(client)
    Object.assign(client, {
      query: (...given: unknown[]) => {
        const [asked] = given
        const sent = asked instanceof Flight ? asked.statements : [asked]
        trips.push({ statements: sent.map((one) => textOf(one).replaceAll(/\s+/g, ' ').trim()) })
        return query(...given)
      },
    })
  })
  return trips
}

function textOf(asked: unknown): string {
  if (typeof asked === 'string') return asked
  const { text }: { text?: unknown } = Object(asked)
  return String(text)
}
