import { type Connection, Query, type QueryConfig, type QueryResult, type Submittable } from 'pg'

declare module 'pg' {
  /** What the driver calls on a query that it has sent; its types leave that out. */
  interface Query {
    readonly text: string
    readonly name?: string
    handleRowDescription(message: object): void
    handleDataRow(message: object): void
    handleCommandComplete(message: object, connection: Connection): void
    handleError(error: Error, connection: Connection): void
    handleReadyForQuery(connection: Connection): void
  }
  interface Connection {
    /** Named statements whose preparation is under way. */
    readonly submittedNamedStatements: Record<string, string>
  }
}

type Landed = (error: Error | null, results?: readonly QueryResult[]) => void

/**
 * Statements that go to the server together and are answered together, in one round trip: one chain of messages with one Sync, so that
 * the server skips what comes after one that fails (PostgreSQL, "Message Flow", Extended Query). Whether a COMMIT at the end is carried
 * out hangs on all that is before it.
 *
 * Handed to `query` of a client together with a callback, which gets the results of all, or the first error.
 */
export class Flight implements Submittable {
  /** Set by the driver. */
  declare callback?: Landed
  readonly statements: readonly QueryConfig[]
  readonly #queries: readonly Query[]
  readonly #results: QueryResult[] = []
  /** The one that is being answered. */
  #current = 0
  #failure: Error | undefined

  constructor(statements: readonly QueryConfig[]) {
    this.statements = statements
    this.#queries = statements.map((statement, place) => {
      const answered = (error: Error | undefined, result: QueryResult) => {
        if (error) this.#failure ??= error
        else this.#results[place] = result
      }
      return new Query({ ...statement, ...EXTENDED }, answered)
    })
  }

  /** The driver remembers under these what the server has prepared. */
  get name(): string | undefined {
    return this.#queries[this.#current]?.name
  }
  get text(): string | undefined {
    return this.#queries[this.#current]?.text
  }

  submit(connection: Connection): void {
    const withoutSync: Connection = Object.create(connection, { sync: { value: () => {} } })
    connection.stream.cork()
    try {
      for (const query of this.#queries) {
        // Of a value that cannot be sent it tells by its callback.
        const refused: unknown = Reflect.apply(query.submit, query, [withoutSync])
        if (refused instanceof Error) this.#failure ??= refused
        if (this.#failure !== undefined) break
      }
      connection.sync()
    } finally {
      connection.stream.uncork()
    }
  }

  handleRowDescription(message: object): void {
    this.#queries[this.#current]?.handleRowDescription(message)
  }

  handleDataRow(message: object): void {
    this.#queries[this.#current]?.handleDataRow(message)
  }

  handleCommandComplete(message: object, connection: Connection): void {
    this.#queries[this.#current++]?.handleCommandComplete(message, connection)
  }

  handleError(error: Error, connection: Connection): void {
    // The server prepares nothing of what it skips.
    for (const { name } of this.#queries.slice(this.#current))
      if (name !== undefined) delete connection.submittedNamedStatements[name]
    this.callback?.(error)
  }

  handleReadyForQuery(connection: Connection): void {
    for (const query of this.#queries) query.handleReadyForQuery(connection)
    if (this.#failure === undefined) this.callback?.(null, this.#results)
    else this.callback?.(this.#failure)
  }
}

/** The simple protocol, which the driver takes for statements without values, ends a chain. */
const EXTENDED = { queryMode: 'extended' }
