import type { Pool } from 'pg'

/**
 * The plans of the statements that `work` reads with, with the very values that it sends, one after the other. On PostgreSQL as
 * well `work` must read one thing after the other: it is watched on one connection.
 */
export async function plansOf(pool: Pool, work: () => Promise<unknown>): Promise<string> {
  const client = await pool.connect()
  const sent: { text: string; values: unknown[] }[] = []
  const query: unknown = Reflect.get(client, 'query')
  if (typeof query !== 'function') throw new TypeError('a client without a query')
  Object.assign(client, {
    query: (...args: unknown[]) => {
      const [first] = args
      if (typeof first === 'object' && first !== null && 'text' in first && 'values' in first)
        sent.push({ text: String(first.text), values: Array.isArray(first.values) ? first.values : [] })
      return Reflect.apply(query, client, args)
    },
  })
  client.release()
  try {
    await work()
  } finally {
    Object.assign(client, { query })
  }
  const statements = sent.filter(({ text }) => /^\s*(?:select|with recursive)/i.test(text))
  if (statements.length === 0) throw new Error('nothing was read')
  const plans: string[] = []
  for (const { text, values } of statements) {
    const { rows } = await pool.query<{ 'QUERY PLAN': string }>(`explain ${text}`, values)
    plans.push(...rows.map((row) => row['QUERY PLAN']))
  }
  return plans.join('\n')
}
