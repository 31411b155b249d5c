import type { Installation } from '../../support/installation.ts'

/** Every row of every table that belongs to an account, as text. What is still to be written is written before. */
export async function everythingOf({ application, pool }: Installation, accountId: string): Promise<string[]> {
  await application.readQueue.flush()
  await application.tally.writeNotes()
  await application.lastUsed.flush()
  const { rows: tables } = await pool.query<{ name: string; owner: string }>(
    `select format('%I', table_name) as name, column_name as owner from information_schema.columns
       where table_schema = current_schema() and (column_name = 'account_id' or (table_name = 'account' and column_name = 'id'))
       order by 1`,
  )
  const { rows } = await pool.query<{ name: string; row: string }>(
    tables
      .map(({ name, owner }) => `select '${name}' as name, to_jsonb(t)::text as row from ${name} t where ${owner} = $1`)
      .join(' union all ') + ' order by 1, 2',
    [accountId],
  )
  return rows.map(({ name, row }) => `${name} ${row}`)
}

/** All texts in those rows that are long enough to tell something: names, ids, documents, ciphertexts. */
export function textsIn(rows: readonly string[]): ReadonlySet<string> {
  const texts = new Set<string>()
  const collect = (value: unknown): void => {
    if (typeof value === 'string') {
      if (value.length >= 6) texts.add(value)
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        if (key.length >= 6) texts.add(key)
        collect(inner)
      }
    }
  }
  for (const row of rows) collect(JSON.parse(row.slice(row.indexOf(' '))))
  return texts
}
