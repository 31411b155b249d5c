import { accessSync, constants, existsSync, readdirSync, statfsSync, statSync } from 'node:fs'
import path from 'node:path'
import type { Config } from '../../config.ts'
import { COPY_PREFIX } from '../../store/backup/copy-database.ts'
import { assertPrivate, OpenToOthersError } from '../../store/private-files.ts'
import { RESTORING } from '../../store/whole-database.ts'
import { type Finding, ok, orFine, problem, warning } from './finding.ts'

const MB = 1_000_000
/** Below that the embedded database, which grows by some 64 MB at once, stops soon. */
const LEAST_FREE = 200 * MB
const LITTLE_FREE = 1_000 * MB

/** The data directory: whose it is, whether it can be written, and what lies about in it. */
export function checkFiles({ dataDir, databaseUrl, masterKey }: Config): readonly Finding[] {
  const check = 'files'
  const embedded = databaseUrl === null
  if (!existsSync(dataDir)) {
    const needed = embedded || masterKey === null
    return [ok(check, needed ? `${dataDir} is not there: the first start makes it.` : 'No data directory is needed.')]
  }
  if (!statSync(dataDir).isDirectory())
    return [problem(check, `${dataDir} is a file.`, 'Move it away, or choose another LATCHKEY_DATA_DIR.')]
  const findings: Finding[] = []
  try {
    assertPrivate(dataDir)
  } catch (error) {
    if (!(error instanceof OpenToOthersError)) throw error
    const [message = '', remedy = ''] = error.message.split(' Close it: ')
    findings.push(problem(check, message, `Close it: ${remedy}. What stood open may have been read.`))
  }
  try {
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch {
    findings.push(
      problem(
        check,
        `${dataDir} cannot be written by this user.`,
        'Run as the user of the server, or give it the right.',
      ),
    )
    return findings
  }
  const left = readdirSync(dataDir).filter(
    (name) => name === RESTORING || name.startsWith(COPY_PREFIX) || /^pg\.\d+$/.test(name),
  )
  if (left.length > 0)
    findings.push(
      warning(
        check,
        `Left over in ${dataDir}: ${left.join(', ')}.`,
        'Delete them when no backup or restore is running and nothing of them is needed.',
      ),
    )
  return orFine(findings, ok(check, `${dataDir} is its owner's alone.`))
}

/** Space for the embedded database, and for a copy of it when it is backed up. */
export function checkDisk({ dataDir }: Config): Finding {
  const check = 'disk'
  const { bavail, bsize } = statfsSync(nearest(dataDir))
  const free = bavail * bsize
  const said = `${Math.round(free / MB)} MB are free at ${dataDir}.`
  if (free < LEAST_FREE) return problem(check, said, 'Free some space now: changes fail when there is none.')
  if (free < LITTLE_FREE)
    return warning(check, said, 'Free some space, or delete old events (latchkey audit retain --days 400).')
  return ok(check, said)
}

/** The directory itself, or the one that it will be made in. */
function nearest(directory: string): string {
  for (let at = directory; ; at = path.dirname(at)) if (existsSync(at) || path.dirname(at) === at) return at
}
