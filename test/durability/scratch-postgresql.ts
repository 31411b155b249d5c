import { Client } from 'pg'

/** A PostgreSQL database of one's own, beside the one of TEST_DATABASE_URL. */
export interface ScratchDatabase {
  readonly url: string
  /** Makes it again, empty, after it was dropped. */
  readonly create: () => Promise<void>
  readonly drop: () => Promise<void>
}

export async function createScratchDatabase(server: string, name: string): Promise<ScratchDatabase> {
  const url = new URL(server)
  url.pathname = `${url.pathname}_${name}_${process.pid}`
  const database = url.pathname.slice(1)
  const create = () => onServer(server, (admin) => admin.query(`create database ${admin.escapeIdentifier(database)}`))
  await create()
  return {
    url: url.toString(),
    create,
    drop: () =>
      onServer(server, async (admin) => {
        const drop = `drop database if exists ${admin.escapeIdentifier(database)}`
        // Force ends what killed servers left behind, but not a worker of autovacuum: that takes a right which the role lacks, and
        // PostgreSQL sends such a worker away by itself when nothing is forced.
        await admin.query(`${drop} with (force)`).catch(() => admin.query(drop))
      }),
  }
}

async function onServer(server: string, work: (admin: Client) => Promise<unknown>): Promise<void> {
  const admin = new Client({ connectionString: server })
  await admin.connect()
  try {
    await work(admin)
  } finally {
    await admin.end()
  }
}
