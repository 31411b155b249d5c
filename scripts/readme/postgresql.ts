import { randomBytes } from 'node:crypto'
import { Client } from 'pg'

/** Makes a database beside the one that is named. */
export async function databaseOfItsOwn(url: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `latchkey_readme_${randomBytes(4).toString('hex')}`
  await execute(url, `CREATE DATABASE ${name}`)
  const own = new URL(url)
  own.pathname = `/${name}`
  return { url: own.href, drop: () => execute(url, `DROP DATABASE ${name}`) }
}

async function execute(connectionString: string, sql: string): Promise<void> {
  const client = new Client({ connectionString })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
