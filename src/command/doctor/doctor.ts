import type { Surroundings } from '../command.ts'
import { checkClock, checkDatabase, checkKeys } from './check-database.ts'
import { checkDisk, checkFiles } from './check-files.ts'
import { checkConfiguration, checkProxy, checkRuntime } from './check-settings.ts'
import { checkTls } from './check-tls.ts'
import type { Finding } from './finding.ts'

/** Looks at everything that it can reach, prints what it found, and resolves with 1 when there is a problem. */
export async function doctor({ json }: { readonly json: boolean }, { env, out }: Surroundings): Promise<number> {
  const findings = await examine(env)
  const healthy = findings.every(({ level }) => level !== 'problem')
  out.write(json ? `${JSON.stringify({ healthy, findings })}\n` : report(findings))
  return healthy ? 0 : 1
}

async function examine(env: Surroundings['env']): Promise<readonly Finding[]> {
  const { findings, config } = checkConfiguration(env)
  const first = [checkRuntime(process.versions.node), ...findings]
  if (config === null) return first
  const files = checkFiles(config)
  const { facts, findings: database } = await checkDatabase(config, env)
  // Close behind the answer of the database, whose clock is in it.
  const now = new Date()
  return [
    ...first,
    ...files,
    checkDisk(config),
    ...database,
    ...checkKeys(facts, config, env, now),
    ...checkClock(facts, now),
    ...checkProxy(config),
    ...checkTls(config, now),
  ]
}

function report(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ check }) => check.length))
  const indent = ' '.repeat('problem'.length + width + 4)
  return findings
    .map(({ check, level, message, remedy }) => {
      const line = `${level.padEnd('problem'.length)}  ${check.padEnd(width)}  ${message}\n`
      return remedy === null ? line : `${line}${indent}→ ${remedy}\n`
    })
    .join('')
}
