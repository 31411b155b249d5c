import type { Surroundings } from './command.ts'

const EVERY_MS = 250

/**
 * Stops the server when the npm that started it is gone. npm passes signals on to a shell; one that does not give its place to the
 * command dies of them alone, and the server would go on listening as an orphan. Windows has neither such signals nor other parents.
 */
export function stopWithNpm(env: Surroundings['env']): void {
  if (env.npm_lifecycle_event === undefined || process.platform === 'win32') return
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, EVERY_MS)
  watch.unref()
}
