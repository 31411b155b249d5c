import { randomBytes } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import type { Config } from '../../config.ts'
import { operatorsLine } from '../../operators-errors.ts'
import { type Facts, readFacts } from '../../store/backup/facts.ts'
import { askForFacts } from '../../store/control-channel.ts'
import { DirectoryInUseError } from '../../store/directory-lock.ts'
import { loadMasterKey, keyIdsAtHand } from '../../store/master-key.ts'
import { readMigrations } from '../../store/migrations-folder.ts'
import { openDatabase } from '../../store/open.ts'
import { createSecretBox } from '../../store/secret-box.ts'
import { NoDatabaseError } from '../../store/whole-database.ts'
import { SILENT } from '../on-database.ts'
import { type Finding, ok, orFine, problem, warning } from './finding.ts'

type Environment = Readonly<Record<string, string | undefined>>

const OLDEST_POSTGRESQL = 13
const DAY_MS = 24 * 60 * 60 * 1000
const OLD_SIGNING_KEY_MS = 180 * DAY_MS
/** One-time codes are good for half a minute either way, signatures for some minutes. */
const CLOCK_WARNING_MS = 2_000
const CLOCK_PROBLEM_MS = 30_000

interface Examined {
  readonly findings: readonly Finding[]
  /** Null when there is nothing to look into. */
  readonly facts: Facts | null
}

/** Whether the database can be used, its version and its migrations. */
export async function checkDatabase(config: Config, env: Environment): Promise<Examined> {
  const check = 'database'
  try {
    const began = performance.now()
    const { facts, connections, running } = await lookInto(config)
    const took = Math.round(performance.now() - began)
    const where = running ? 'the server that runs has the embedded one' : `it answered in ${took} ms`
    const findings = [
      ...versionFindings(facts, config),
      ...migrationFindings(facts),
      ...poolFindings(config, connections),
    ]
    const said = `PostgreSQL ${facts.serverVersion}, ${describeAccounts(facts)}, ${facts.auditEvents} audit events; ${where}.`
    return { facts, findings: [ok(check, said), ...findings] }
  } catch (error) {
    if (error instanceof NoDatabaseError) return { facts: null, findings: [ok(check, error.message)] }
    if (isUndefinedTable(error)) {
      const found = 'The database has no tables of Latchkey.'
      return { facts: null, findings: [warning(check, found, 'The first start makes them, or: latchkey migrate.')] }
    }
    if (error instanceof DirectoryInUseError) {
      const remedy = 'Stop that process and look again, or ask its /readyz.'
      return { facts: null, findings: [warning(check, `${error.message} It does not answer here.`, remedy)] }
    }
    const message = operatorsLine(error, env) ?? (error instanceof Error ? error.message : String(error))
    return {
      facts: null,
      findings: [problem(check, message, 'The server cannot start, or work, before this is mended.')],
    }
  }
}

/** Master keys: whether they are there and open what is sealed; and the age of the key of tokens. */
export function checkKeys(
  facts: Facts | null,
  { masterKey, dataDir }: Config,
  env: Environment,
  now: Date,
): readonly Finding[] {
  const check = 'keys'
  const given = { fromEnvironment: masterKey, dataDir }
  try {
    const ids = keyIdsAtHand(given)
    const needed = facts?.masterKeyIds ?? []
    if (ids.length === 0 && needed.length === 0)
      return [ok(check, 'There is no master key yet: the first start makes one.')]
    const missing = needed.filter((id) => !ids.includes(id))
    if (missing.length > 0) {
      const message = `Secrets are sealed under master key ${missing.join(', ')}; at hand is ${ids.join(', ') || 'none'}.`
      return [problem(check, message, 'Set LATCHKEY_MASTER_KEY, or restore master.key of the data directory.')]
    }
    const box = createSecretBox(loadMasterKey(given).deriveKeys('secrets'), randomBytes)
    const shut = (facts?.samples ?? []).filter(({ owner, keyId, ciphertext }) => {
      try {
        box.open({ keyId, ciphertext: new Uint8Array(Buffer.from(ciphertext, 'base64')) }, owner)
        return false
      } catch {
        return true
      }
    })
    const findings: Finding[] = shut.map(({ what, keyId }) =>
      problem(
        check,
        `One of the ${what} does not open under master key ${keyId}.`,
        'It was changed: restore a backup.',
      ),
    )
    const age = facts?.signingKeySince ? now.getTime() - Date.parse(facts.signingKeySince) : 0
    if (age > OLD_SIGNING_KEY_MS) {
      const message = `The key that signs tokens is ${Math.floor(age / DAY_MS)} days old.`
      findings.push(warning(check, message, 'latchkey rotate-keys --signing-key'))
    }
    return orFine(findings, ok(check, `Master key ${ids.join(', ')} opens what is sealed.`))
  } catch (error) {
    const message = operatorsLine(error, env)
    if (message === null) throw error
    return [problem(check, message, 'The server does not start before this is mended.')]
  }
}

/** This machine's clock against that of the database, and against the newest event: it must not have gone back. */
export function checkClock(facts: Facts | null, asked: Date): readonly Finding[] {
  const check = 'clock'
  if (facts === null) return []
  const findings: Finding[] = []
  const off = Math.abs(asked.getTime() - Date.parse(facts.now))
  const apart = `The clocks of this machine and of the database are ${(off / 1000).toFixed(1)} s apart.`
  const remedy = 'Let both keep time by NTP.'
  if (off > CLOCK_PROBLEM_MS) findings.push(problem(check, apart, remedy))
  else if (off > CLOCK_WARNING_MS) findings.push(warning(check, apart, remedy))
  const ahead = facts.newestEvent === null ? 0 : Date.parse(facts.newestEvent) - asked.getTime()
  if (ahead > CLOCK_PROBLEM_MS) {
    const message = `The newest audit event is ${Math.round(ahead / 1000)} s ahead of this machine's clock.`
    findings.push(problem(check, message, 'The clock went back: set it right (NTP) before the server starts.'))
  }
  return orFine(findings, ok(check, `It agrees with the database to ${(off / 1000).toFixed(1)} s.`))
}

interface Seen {
  readonly facts: Facts
  /** How many PostgreSQL lets in; null when embedded. */
  readonly connections: number | null
  readonly running: boolean
}

async function lookInto({ databaseUrl, dataDir }: Config): Promise<Seen> {
  if (databaseUrl === null) {
    const facts = await askForFacts(dataDir)
    if (facts !== null) return { facts, connections: null, running: true }
  }
  const database = await openDatabase({ databaseUrl, dataDir, log: SILENT, asItIs: true })
  try {
    const facts = await readFacts(database.pool)
    if (databaseUrl === null) return { facts, connections: null, running: false }
    const { rows } = await database.pool.query<{ n: string }>(
      `select (current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int)::text as n`,
    )
    return { facts, connections: Number(rows[0]?.n), running: false }
  } finally {
    await database.close()
  }
}

/** Whoever lost the way in has to name the account. */
function describeAccounts({ accounts }: Facts): string {
  const shown = accounts.slice(0, 10).join(', ')
  const more = accounts.length > 10 ? `, … (${accounts.length})` : ''
  return accounts.length === 1 ? `account ${shown}` : `accounts ${shown || 'none'}${more}`
}

function versionFindings({ serverVersion }: Facts, { databaseUrl }: Config): readonly Finding[] {
  if (databaseUrl === null || Number.parseInt(serverVersion, 10) >= OLDEST_POSTGRESQL) return []
  const remedy = `Use PostgreSQL ${OLDEST_POSTGRESQL} or newer.`
  return [problem('database', `PostgreSQL ${serverVersion} is too old.`, remedy)]
}

function migrationFindings({ migrations: applied }: Facts): readonly Finding[] {
  const check = 'migrations'
  const known = readMigrations().map(({ name }) => name)
  const newer = applied.filter((name) => !known.includes(name))
  if (newer.length > 0) {
    const message = `The database has migrations that this version does not know: ${newer.join(', ')}.`
    return [problem(check, message, 'It was used by a newer version: start that one, or restore a backup.')]
  }
  const lacking = known.filter((name) => !applied.includes(name))
  if (lacking.length === 0) return [ok(check, `All ${applied.length} are applied.`)]
  const remedy = 'Take a backup; the next start applies them, or: latchkey migrate.'
  return [warning(check, `Not applied: ${lacking.join(', ')}.`, remedy)]
}

function poolFindings({ databasePool, workers }: Config, connections: number | null): readonly Finding[] {
  // A gateway has one more, by which it sees whether the database works.
  if (connections === null || (databasePool + 1) * workers <= connections) return []
  const each = workers === 1 ? '' : ` for each of ${workers} workers`
  const message = `LATCHKEY_DATABASE_POOL=${databasePool}${each}, and PostgreSQL lets ${connections} connections in.`
  return [
    problem('database', message, 'Lower it, or raise max_connections: every gateway needs as many, and one more.'),
  ]
}

function isUndefinedTable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '42P01'
}
