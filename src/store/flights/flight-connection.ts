import type { Pool, PoolClient, QueryConfig, QueryResult } from 'pg'
import type { AnswerOf, WithNext } from '../../iam/held-statements.ts'
import { Flight } from './flight.ts'

const WITH_NEXT: WithNext = '/* with the next'
const ANSWER_OF: AnswerOf = '/* answer of'
/** The name that a statement is held back under, and the one whose answer is asked for. */
const NAME = /^\/\*[^*]* (\w+) \*\//
const ISOLATION = /^SET TRANSACTION (ISOLATION LEVEL [A-Z ]+)$/

const NOTHING = { command: '', rowCount: 0, oid: 0, fields: [], rows: [] }

/**
 * The same pool for Prisma's adapter, whose transactions need fewer round trips: BEGIN and its isolation level are one statement, which
 * goes with the first one of the transaction, and a statement that says so (`WithNext`) goes with the next one, be it the COMMIT.
 */
export function flightPool(pool: Pool): Pool {
  const connect = async (): Promise<object> => flightConnection(await pool.connect())
  return Object.assign(Object.create(pool), {
    connect,
    query: pool.query.bind(pool),
    on: pool.on.bind(pool),
    removeListener: pool.removeListener.bind(pool),
  })
}

/** A connection for the length of one transaction, as the adapter uses it. */
function flightConnection(client: PoolClient) {
  let held: QueryConfig[] = []
  let sent = false
  const answers = new Map<string, QueryResult>()

  async function send(...next: QueryConfig[]): Promise<QueryResult> {
    const together = [...held, ...next]
    const [first] = together
    held = []
    sent = true
    if (together.length === 1 && first !== undefined) return await client.query(first)
    const results = await fly(client, together)
    for (const [place, { text }] of together.entries()) {
      const [, name] = text.startsWith(`${WITH_NEXT}:`) ? (NAME.exec(text) ?? []) : []
      const answer = results[place]
      if (name !== undefined && answer !== undefined) answers.set(name, answer)
    }
    return results.at(-1) ?? NOTHING
  }

  async function query(statement: QueryConfig): Promise<QueryResult> {
    const { text } = statement
    const [, isolation] = ISOLATION.exec(text) ?? []
    if (text === 'BEGIN' || text.startsWith(WITH_NEXT)) {
      held.push(statement)
      return NOTHING
    }
    if (isolation !== undefined && !sent && held.length === 1) {
      held = [{ text: `BEGIN ${isolation}` }]
      return NOTHING
    }
    if (text.startsWith(ANSWER_OF)) {
      const [, name = ''] = NAME.exec(text) ?? []
      if (!answers.has(name) && held.length > 0) await send()
      return answers.get(name) ?? (await send(statement))
    }
    // What was not sent need not be taken back.
    if (text === 'ROLLBACK') held = []
    const nothing = !sent && held.length <= 1
    return nothing && (text === 'ROLLBACK' || text === 'COMMIT') ? NOTHING : await send(statement)
  }

  return {
    query,
    on: client.on.bind(client),
    removeListener: client.removeListener.bind(client),
    /** After a COMMIT that was skipped because of what went with it, Prisma sends no ROLLBACK. */
    release(error?: Error): void {
      if (error !== undefined || client.getTransactionStatus() === 'I') client.release(error)
      else void releaseRolledBack(client)
    },
  }
}

async function releaseRolledBack(client: PoolClient): Promise<void> {
  // Nobody else listens until the pool has it back, and an error that nobody hears ends the process.
  client.on('error', quiet)
  const failed = await client.query('ROLLBACK').then(
    () => false,
    () => true,
  )
  client.removeListener('error', quiet)
  client.release(failed)
}

function quiet(): void {}

function fly(client: PoolClient, statements: readonly QueryConfig[]): Promise<readonly QueryResult[]> {
  return new Promise((resolve, reject) => {
    const landed = (error: Error | null, results: readonly QueryResult[] = []) =>
      error === null ? resolve(results) : reject(error)
    // Its overloads say less than it takes.
    const query: (...given: unknown[]) => unknown = client.query.bind(client)
    query(new Flight(statements), landed)
  })
}
