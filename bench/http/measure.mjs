// Keeps a server busy and tells what that cost.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { cpuSeconds, LOAD_CORE, machineSeconds, moveTo, onCore } from './processes.mjs'

const LOAD = fileURLToPath(new URL('load.mjs', import.meta.url))

/**
 * Sends requests for some seconds, and at least so many; answers what the load saw, and the processor time it took itself. It stays on a
 * core of its own, unless the target has all of them (`everywhere`).
 */
export function keepBusy(target, { requests, connections, seconds, atLeast = 0 }) {
  const program = [process.execPath, LOAD]
  const [command, ...args] = target.everywhere ? program : onCore(LOAD_CORE, program)
  const generator = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  generator.stdin.end(JSON.stringify({ port: target.port, connections, seconds, atLeast, requests }))
  return new Promise((resolve, reject) => {
    let text = ''
    let cpu = 0
    const watch = setInterval(() => (cpu = cpuSeconds(generator.pid) ?? cpu), 100)
    generator.stdout.on('data', (part) => (text += part))
    generator.once('error', reject)
    generator.once('close', (code) => {
      clearInterval(watch)
      if (code !== 0) reject(new Error(`the load on ${target.title} failed`))
      else resolve({ ...JSON.parse(text), cpu })
    })
  })
}

/** The same with figures: requests per second, microseconds of server, PostgreSQL and load per request, cores others used. */
export async function measure(target, load, database) {
  // The pools close idle connections after some seconds: they are opened and warm again before anything counts.
  await keepBusy(target, { ...load, seconds: 1 })
  const backends = await database.backends()
  if (!target.everywhere) for (const pid of backends) moveTo(LOAD_CORE, pid)
  const own = target.pids ?? [target.pid]
  const processes = [...own, ...backends]
  const before = [machineSeconds(), ...processes.map((pid) => cpuSeconds(pid) ?? 0)]
  const self = process.cpuUsage()
  const { cpu, ...seen } = await keepBusy(target, load)
  // A backend whose connection was closed meanwhile had nothing to do before that either.
  const after = [machineSeconds(), ...processes.map((pid, i) => cpuSeconds(pid) ?? before[i + 1])]
  const [machine, ...used] = after.map((now, i) => now - before[i])
  const server = sum(used.slice(0, own.length))
  const { user, system } = process.cpuUsage(self)
  if (seen.failed > 0) throw new Error(`${target.title}: ${seen.failed} of ${seen.requests} answers were wrong`)
  const ofBackends = sum(used.slice(own.length))
  return {
    ...seen,
    perSecond: seen.requests / seen.seconds,
    cpu: (server / seen.requests) * 1e6,
    databaseCpu: (ofBackends / seen.requests) * 1e6,
    loadCpu: (cpu / seen.requests) * 1e6,
    others: Math.max(0, machine - server - ofBackends - cpu - (user + system) / 1e6) / seen.seconds,
  }
}

function sum(figures) {
  return figures.reduce((total, one) => total + one, 0)
}

export function median(figures) {
  const sorted = figures.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
