import { Client, type ClientConfig } from 'pg'

/** Longer than `statement_timeout`: a server that is there has answered by then, if only with an error. */
const BEYOND_STATEMENT_MS = 1_500

/**
 * A class of connections that are given up when the server owes an answer for `milliseconds`: a machine that hangs, or a network
 * that swallows packets, says nothing, and TCP alone waits for many minutes. The statements that waited fail, and the pool
 * makes another connection. (`query_timeout` of the driver leaves the connection in the pool, with the old answer still to come.)
 */
export function deadlineClient(milliseconds: number): typeof Client {
  return class DeadlineClient extends Client {
    #timer: NodeJS.Timeout | undefined

    constructor(config?: string | ClientConfig) {
      super(config)
      this.connection.on('readyForQuery', () => this.#timer?.refresh())
      const rest = () => {
        clearTimeout(this.#timer)
        this.#timer = undefined
      }
      this.on('drain', rest)
      this.on('end', rest)
      // Callers differ in what they pass, and the driver tells them apart itself.
      const query = Client.prototype.query.bind(this)
      Object.assign(this, {
        query: (...given: unknown[]): unknown => {
          const answer: unknown = Reflect.apply(query, this, given)
          this.#timer ??= setTimeout(() => this.#giveUp(), milliseconds + BEYOND_STATEMENT_MS).unref()
          return answer
        },
      })
    }

    #giveUp(): void {
      this.connection.stream.destroy(new Error('The database was silent for too long'))
    }
  }
}
