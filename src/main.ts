import { readConfig } from './config.ts'
import { keepFilesPrivate } from './store/private-files.ts'
import { seatOf } from './workers/seat.ts'

// Before anything is made.
keepFilesPrivate()

const { env } = process

start().catch(async (error: unknown) => {
  const { complain } = await import('./complain.ts')
  complain('cannot start', error, { env })
  process.exit(1)
})

/** One gateway in this process, or several behind one port, which this process looks after; with a seat it is one of these. */
async function start(): Promise<void> {
  const seat = seatOf(process.argv.slice(2))
  const config = readConfig(env)
  if (seat === null && config.workers > 1) {
    const { runWorkers } = await import('./run-workers.ts')
    runWorkers(config)
  } else {
    const { runGateway } = await import('./gateway.ts')
    await runGateway({ config, seat, env })
  }
}
