// Starts and stops the servers that are compared.
import { spawn } from 'node:child_process'
import { openSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { onCore, SERVER_CORE } from './processes.mjs'
import { ACCOUNT_ID } from './seed.mjs'

const SCRIPTS = {
  bare: fileURLToPath(new URL('bare.mjs', import.meta.url)),
  latchkey: fileURLToPath(new URL('../../dist/main.js', import.meta.url)),
}

/**
 * Starts a server on a free port and waits until it answers. Both kinds get the same flags and environment; Latchkey logs
 * every request, as it does by default, to a file. With `profileDir`, a CPU profile is written there when the server ends; with `workers`
 * there are so many behind the port, on all cores. `environment` is added to that of the server.
 */
export async function startServer({
  kind,
  workDir,
  dataDir,
  databaseUrl,
  masterKey,
  profileDir,
  publicUrl,
  workers,
  environment,
}) {
  const port = await freePort()
  const flags = profileDir === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${path.join(profileDir, kind)}`]
  const program = [process.execPath, ...flags, SCRIPTS[kind]]
  const [command, ...args] = workers === undefined ? onCore(SERVER_CORE, program) : program
  const logFile = openSync(path.join(workDir, `${kind}.log`), 'a')
  const { PATH, HOME } = process.env
  const server = spawn(command, args, {
    stdio: ['ignore', logFile, logFile],
    env: {
      PATH,
      HOME,
      NODE_ENV: 'production',
      PORT: String(port),
      LATCHKEY_DATA_DIR: dataDir,
      LATCHKEY_MASTER_KEY: masterKey,
      BENCH_ACCOUNT_ID: ACCOUNT_ID,
      ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
      ...(workers !== undefined && { LATCHKEY_WORKERS: String(workers) }),
      ...(publicUrl !== undefined && { LATCHKEY_PUBLIC_URL: publicUrl }),
      ...environment,
    },
  })
  const ended = new Promise((resolve) => server.once('exit', resolve))
  const stop = async () => {
    server.kill('SIGTERM')
    const late = setTimeout(() => server.kill('SIGKILL'), 20_000)
    await ended
    clearTimeout(late)
  }
  for (let attempts = 600; attempts > 0 && server.exitCode === null; attempts--) {
    if (await answers(port)) return { port, pid: server.pid, stop }
    await pause(50)
  }
  await stop()
  throw new Error(`${kind} did not start: see ${path.join(workDir, `${kind}.log`)}`)
}

/** Whether there is GraphQL behind the port: any answer but "still starting" will do. */
async function answers(port) {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ __typename }"}',
    })
    await response.text()
    return response.status !== 503
  } catch {
    return false
  }
}

/** A port that nobody listens on. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}
