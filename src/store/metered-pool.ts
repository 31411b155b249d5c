import { Client, type ClientConfig, Pool, type PoolConfig } from 'pg'
import { Flight } from './flights/flight.ts'
import { ofThisRequest, statement, waitingForConnection } from '../tracing/index.ts'

/**
 * A pool whose requests know what they had of it: statements, their time, and that of waiting for a connection. What belongs to no
 * request is not measured.
 */
export function metered({ Client: Given = Client, ...config }: MeteredConfig): Pool {
  const pool = new Pool({ ...config, Client: meteredClient(Given) })
  // Its overloads say less than it takes.
  const connect: (callback?: unknown) => unknown = pool.connect.bind(pool)
  return Object.assign(pool, {
    connect: (callback?: (...given: unknown[]) => void): unknown => {
      const ended = waitingForConnection()
      if (ended === undefined) return connect(callback)
      if (callback === undefined) return Promise.resolve(connect()).finally(ended)
      // Whoever gives a connection back calls it, in the middle of its own request.
      const called = ofThisRequest(callback)
      return connect((...given: unknown[]) => {
        ended()
        called(...given)
      })
    },
  })
}

type ClientClass = new (config?: string | ClientConfig) => Client

/** As the driver has it, which says less of the class than it needs. */
export type MeteredConfig = Omit<PoolConfig, 'Client'> & { readonly Client?: ClientClass }

function meteredClient(Base: ClientClass): ClientClass {
  return class MeteredClient extends Base {
    constructor(config?: string | ClientConfig) {
      super(config)
      // Callers differ in what they pass, and the driver tells them apart itself.
      const query = this.query.bind(this)
      Object.assign(this, {
        query: (...given: unknown[]): unknown => {
          const ended = beginning(given[0])
          if (ended === undefined) return Reflect.apply(query, this, given)
          const callback = given.at(-1)
          if (isCallback(callback)) {
            const measured = (error: unknown, ...rest: unknown[]) => {
              ended(error ?? undefined)
              callback(error, ...rest)
            }
            return Reflect.apply(query, this, [...given.slice(0, -1), measured])
          }
          const answer: unknown = Reflect.apply(query, this, given)
          if (answer instanceof Promise) answer.then(() => ended(), ended)
          else ended()
          return answer
        },
      })
    }
  }
}

/** Begins a statement, or all that are sent together; undefined outside of a request. */
function beginning(asked: unknown): ((error?: unknown) => void) | undefined {
  if (!(asked instanceof Flight)) return statement(() => summaryOf(asked))
  const ends = asked.statements.map((one) => statement(() => summaryOf(one)))
  if (ends.every((ended) => ended === undefined)) return undefined
  return (error) => {
    for (const ended of ends) ended?.(error)
  }
}

function isCallback(value: unknown): value is (...given: unknown[]) => void {
  return typeof value === 'function'
}

/** `find_access_key`, `SELECT user`, `BEGIN`: the name that we gave it, or its verb and its first table, never a value. */
function summaryOf(asked: unknown): string {
  const { name, text } = namedText(asked)
  if (name !== undefined && !name.startsWith('prisma_')) return name
  const verb = /^\s*(?:\/\*.*?\*\/\s*)?([A-Za-z]+)/.exec(text)?.[1]?.toUpperCase() ?? 'STATEMENT'
  const table = /\b(?:from|into|update)\s+(?:only\s+)?(?:"?public"?\.)?"?([A-Za-z_]+)/i.exec(text)?.[1]
  return table === undefined ? verb : `${verb} ${table}`
}

function namedText(asked: unknown): { readonly name?: string | undefined; readonly text: string } {
  if (typeof asked === 'string') return { text: asked }
  const { name, text }: { name?: unknown; text?: unknown } = Object(asked)
  return { name: typeof name === 'string' && name !== '' ? name : undefined, text: String(text) }
}
