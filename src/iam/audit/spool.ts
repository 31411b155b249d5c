import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import path from 'node:path'
import type { AuditRow } from '../audit-entry.ts'
import type { Services } from '../call.ts'
import { insertLateEvents } from './insert-rows.ts'

const NAME = /^audit-[\dTZ-]+\.jsonl$/
const ROWS_PER_STATEMENT = 500

/**
 * Keeps events that the database did not take in a file of the data directory, a JSON object a line, until the next start. Resolves
 * with its path; null where there is no data directory, or nothing to keep. Throws errors of the file system.
 */
export async function spoolEvents(dataDir: string, rows: readonly AuditRow[], now: Date): Promise<string | null> {
  if (rows.length === 0 || !existsSync(dataDir)) return null
  const stamp = now.toISOString().replaceAll(/[:.]/g, '-')
  const file = path.join(dataDir, `audit-${stamp}.jsonl`)
  const handle = await open(file, 'wx', 0o600)
  try {
    await handle.writeFile(rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
    await handle.sync()
  } catch (error) {
    // Half of it, on a full disk, would be complained about by every start.
    rmSync(file, { force: true })
    throw error
  } finally {
    await handle.close()
  }
  return file
}

interface SpoolParts extends Pick<Services, 'db'> {
  readonly dataDir: string
  readonly log: { info(details: object, message: string): void; warn(details: object, message: string): void }
}

/**
 * Writes to the trail what earlier stops left in files, and removes these. An event that was written after all is not written twice,
 * and one of an account that is gone is left out. Never throws: a file that cannot be used stays, with a line in the log.
 */
export async function takeSpooledEvents({ db, dataDir, log }: SpoolParts): Promise<void> {
  const names = existsSync(dataDir) ? readdirSync(dataDir).filter((name) => NAME.test(name)) : []
  for (const file of names.toSorted().map((name) => path.join(dataDir, name))) {
    try {
      const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
      const rows = lines.map((line): object => JSON.parse(line))
      let events = 0
      for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT)
        events += await db.$executeRaw(insertLateEvents(rows.slice(from, from + ROWS_PER_STATEMENT)))
      rmSync(file, { force: true })
      log.info({ file, events }, 'events of the audit trail written that an earlier stop had kept')
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      log.warn({ file, reason }, 'a file of kept audit events cannot be used, and stays')
    }
  }
}
