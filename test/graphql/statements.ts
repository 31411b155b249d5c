import type { Pool, PoolClient } from 'pg'
import { FIND_ACCESS_KEY, FIND_ROLE_SESSION, FIND_SESSION } from '../../src/store/credential-source.ts'
import { LOAD_MANAGED, LOAD_PRINCIPAL, LOAD_ROLE } from '../../src/store/policy-source.ts'
import { FIND_ACCESS_KEY_OWNER, FIND_BY_NAME, FIND_USER_BY_ID, LOAD_TAGS } from '../../src/store/target-source.ts'

/** What authentication and the gate read before a field is let through or refused. */
const GATE_READS: ReadonlySet<string> = new Set(
  [
    FIND_ACCESS_KEY,
    FIND_SESSION,
    LOAD_PRINCIPAL,
    ...FIND_BY_NAME.values(),
    ...LOAD_TAGS.values(),
    FIND_USER_BY_ID,
    FIND_ACCESS_KEY_OWNER,
    FIND_ROLE_SESSION,
    LOAD_ROLE,
    LOAD_MANAGED,
  ].map(({ text }) => text),
)

/** What is written about what was refused. */
const REFUSALS = /^(?:insert into|delete from) "(?:public"\.")?(?:audit_event|decision_record)"/i

const recorders = new WeakMap<Pool, Set<string[]>>()

/**
 * When keys and roles were used, and what was read, is written every few seconds, and signing keys are read and cleared away every
 * minute, by no request in particular.
 */
const IN_THE_BACKGROUND =
  /^\s*(?:with used as \(|insert into "audit_event" \(account_id|(?:select .*|delete) from "(?:public"\.")?signing_key")/i

/** The text of every statement of requests that goes through the pool while `work` runs, in order. */
export async function statementsOf(pool: Pool, work: () => Promise<unknown>): Promise<readonly string[]> {
  const texts: string[] = []
  const listening = listenersOf(pool)
  listening.add(texts)
  try {
    await work()
  } finally {
    listening.delete(texts)
  }
  return texts
}

/** The statements that fields make; those of the gate, and the record of what it refused, are left out. */
export function beyondTheGate(statements: readonly string[]): readonly string[] {
  return statements.filter((text) => !GATE_READS.has(text) && !REFUSALS.test(text))
}

/** The pool hands out its clients, also for its own `query`: each is made to tell what it is asked, once. */
function listenersOf(pool: Pool): Set<string[]> {
  const known = recorders.get(pool)
  if (known !== undefined) return known
  const listeners = new Set<string[]>()
  const told = new WeakSet<object>()
  pool.on('acquire', (client) => {
    if (told.has(client)) return
    told.add(client)
    Object.assign(client, { query: telling(client, listeners) })
  })
  recorders.set(pool, listeners)
  return listeners
}

/** The client's own `query`, which also tells the listeners what it was asked. */
function telling(client: Pick<PoolClient, 'query'>, listeners: ReadonlySet<string[]>): PoolClient['query'] {
  return new Proxy(client.query, {
    apply(query, _self, args: unknown[]) {
      const [first] = args
      const text = typeof first === 'string' ? first : String(Reflect.get(Object(first), 'text'))
      if (!IN_THE_BACKGROUND.test(text)) for (const texts of listeners) texts.push(text)
      return Reflect.apply(query, client, args)
    },
  })
}
