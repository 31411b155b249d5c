import path from 'node:path'
import type { Config } from './config.ts'
import { createLog } from './http/log.ts'
import { PACKAGE_ROOT } from './store/migrations-folder.ts'
import { createSupervisor } from './workers/supervisor.ts'

/** What each worker is, whether this process is the server or the command `start`. */
const PROGRAM = import.meta.filename.endsWith('.ts')
  ? path.join(import.meta.dirname, 'main.ts')
  : path.join(PACKAGE_ROOT, 'dist/main.js')

/**
 * Makes this process the primary of several gateways behind one port. It has no connection to the database and answers nobody: it deals
 * connections out, and starts, replaces and stops the workers.
 */
export function runWorkers({ workers, stopTimeout, logLevel }: Config): void {
  const log = createLog(logLevel)
  const supervisor = createSupervisor({
    exec: PROGRAM,
    workers,
    stopMs: stopTimeout * 1000,
    log,
    giveUp: (line) => void giveUp('stopped', line),
  })
  let stopping = false

  async function giveUp(what: string, line: string): Promise<void> {
    if (stopping) return
    stopping = true
    process.stderr.write(`Latchkey ${what}: ${line}\n`)
    await supervisor.stop()
    process.exit(1)
  }

  const stop = (signal: NodeJS.Signals) => {
    if (stopping) {
      supervisor.kill()
      process.exit(1)
    }
    stopping = true
    log.info({ signal }, 'stopping')
    void supervisor.stop().then((code) => process.exit(code))
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, stop)
  process.on('SIGUSR2', () => void supervisor.replaceAll())
  supervisor.start().catch((error: unknown) => giveUp('cannot start', error instanceof Error ? error.message : ''))
}
