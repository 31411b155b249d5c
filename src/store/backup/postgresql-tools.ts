import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Client } from 'pg'
import { DatabaseUnavailableError } from '../database-unavailable.ts'
import { MIGRATE_LOCK } from '../migrate.ts'
import { BackupError } from './backup-error.ts'
import { type Facts, readFacts } from './facts.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Parameters of an address that PostgreSQL's own programs know as well as our driver. */
const SHARED_PARAMETERS = new Set(
  'application_name connect_timeout host options port sslcert sslkey sslmode sslrootcert target_session_attrs'.split(
    ' ',
  ),
)

/** Everything that somebody has made in a database, and that belongs to no extension. */
const FIND_FOREIGN = `
  select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_(toast|temp)'
    and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
  order by 1 limit 1`

/**
 * Dumps the database into a file, by pg_dump in its custom format. What is said of it is of the same snapshot.
 * Throws BackupError when pg_dump is missing, too old or fails, DatabaseUnavailableError.
 */
export async function dumpPostgresql(databaseUrl: string, file: string, env: Environment): Promise<Facts> {
  return onServer(databaseUrl, async (client, serverMajor) => {
    await assertTool('pg_dump', serverMajor, env)
    await client.query('begin isolation level repeatable read read only')
    const { rows } = await client.query<{ snapshot: string }>('select pg_export_snapshot() as snapshot')
    const facts = await readFacts(client)
    const options = ['--format=custom', '--no-owner', '--no-privileges', '--no-comments', '--no-password']
    await run('pg_dump', [...options, `--snapshot=${rows[0]?.snapshot}`, `--file=${file}`], databaseUrl, env)
    return facts
  })
}

/** Restores a dump into a database without tables, or not at all. Gateways that start meanwhile wait. Throws as dumpPostgresql does. */
export async function restorePostgresql(databaseUrl: string, file: string, env: Environment): Promise<Facts> {
  return onServer(databaseUrl, async (client) => {
    await client.query(`select pg_advisory_lock(${MIGRATE_LOCK})`)
    await assertEmpty(client, databaseUrl)
    const options = ['--no-owner', '--no-privileges', '--no-comments', '--no-password']
    await run('pg_restore', [...options, '--single-transaction', '--exit-on-error', file], databaseUrl, env)
    return readFacts(client)
  })
}

/** Throws BackupError when the database is not empty, or there is no pg_restore: before anything is unpacked. */
export async function assertRestorable(databaseUrl: string, env: Environment): Promise<void> {
  await onServer(databaseUrl, async (client, serverMajor) => {
    await assertTool('pg_restore', serverMajor, env)
    await assertEmpty(client, databaseUrl)
  })
}

async function assertEmpty(client: Client, databaseUrl: string): Promise<void> {
  const [found] = (await client.query<{ name: string }>(FIND_FOREIGN)).rows
  if (found === undefined) return
  const { host, pathname } = new URL(databaseUrl)
  throw new BackupError(
    `The database ${host}${pathname} is not empty (${found.name}): a restore replaces nothing. Make an empty one (createdb), and name it in DATABASE_URL.`,
  )
}

async function onServer<T>(databaseUrl: string, work: (client: Client, major: number) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: databaseUrl, options: '-c TimeZone=UTC' })
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    const { host, pathname } = new URL(databaseUrl)
    const reason = error instanceof Error ? error.message : String(error)
    throw new DatabaseUnavailableError(`PostgreSQL at ${host}${pathname} cannot be used: ${reason}`, { cause: error })
  }
  try {
    const { rows } = await client.query<{ server_version_num: string }>('show server_version_num')
    return await work(client, Math.floor(Number(rows[0]?.server_version_num) / 10_000))
  } finally {
    await client.end()
  }
}

async function assertTool(tool: 'pg_dump' | 'pg_restore', serverMajor: number, env: Environment): Promise<void> {
  const said = await start(tool, ['--version'], env)
  const major = Number(/\(PostgreSQL\) (\d+)/.exec(said.output)?.[1] ?? Number.NaN)
  if (major >= serverMajor) return
  throw new BackupError(
    `${tool} is of PostgreSQL ${Number.isNaN(major) ? 'an unknown version' : major} and the server of ${serverMajor}: install the client programs of PostgreSQL ${serverMajor} or newer, and put them first in PATH.`,
  )
}

async function run(tool: string, args: readonly string[], databaseUrl: string, env: Environment): Promise<void> {
  const { address, password } = forTools(databaseUrl)
  // Everybody on the machine may see arguments, and nobody else this process' environment.
  const { code, output } = await start(tool, [...args, `--dbname=${address}`], { ...env, ...password })
  if (code !== 0) throw new BackupError(`${tool} failed: ${output.trim().split('\n')[0] ?? `exit code ${code}`}`)
}

/** The address without its password, which goes another way, and without what only our driver understands. */
function forTools(databaseUrl: string): { address: string; password: Environment } {
  const url = new URL(databaseUrl)
  const password = decodeURIComponent(url.password)
  url.password = ''
  for (const name of new Set(url.searchParams.keys())) if (!SHARED_PARAMETERS.has(name)) url.searchParams.delete(name)
  if (url.searchParams.get('sslmode') === 'no-verify') url.searchParams.set('sslmode', 'require')
  return { address: url.toString(), password: password === '' ? {} : { PGPASSWORD: password } }
}

async function start(
  tool: string,
  args: readonly string[],
  env: Environment,
): Promise<{ code: number | null; output: string }> {
  const child = spawn(tool, [...args], { env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
  try {
    await once(child, 'close')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    throw new BackupError(
      `${tool} is not there: install the client programs of PostgreSQL (Debian: postgresql-client), or put them in PATH.`,
    )
  }
  return { code: child.exitCode, output }
}
