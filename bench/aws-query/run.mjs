#!/usr/bin/env node
// Requests per second and CPU per request of a signed ListAccessKeys of the AWS Query protocol: Latchkey, which checks the
// signature and the permission of every request, against moto_server, which does neither unless it is told to. Prints a
// Markdown table; progress goes to stderr. Linux.
//
//   node aws-query/run.mjs [--database pglite,postgresql] [--rounds 3] [--seconds 5] [--connections 64]
//
// PostgreSQL: BENCH_DATABASE_URL names a database of its own, which is EMPTIED; without the variable that part is left out.
// moto: `moto_server` on the path (pip install 'moto[server]'), or MOTO_SERVER; without it that row is left out.
//
// Servers are processes of their own on one core, the load and PostgreSQL's backends on another. In every round each row is
// measured once, right after the other. Each request is signed on its own, for another user's keys than the one before.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { build } from '../../scripts/build.mjs'

const { values } = parseArgs({
  options: {
    database: { type: 'string', default: 'pglite,postgresql' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '5' },
    connections: { type: 'string', default: '64' },
  },
})
const rounds = Number(values.rounds)
const seconds = Number(values.seconds)
const connections = Number(values.connections)

// What follows is imported from dist.
await build()
const { keepBusy, measure, median } = await import('../http/measure.mjs')
const { pinned } = await import('../http/processes.mjs')
const { seed } = await import('../http/seed.mjs')
const { startServer } = await import('../http/servers.mjs')
const { checkAnswers, messages } = await import('./requests.mjs')
const { startMoto } = await import('./moto.mjs')
const { default: pg } = await import('pg')

async function pglite(workDir, masterKey) {
  const dataDir = path.join(workDir, 'latchkey')
  const caller = await seed({ dataDir, masterKey })
  const server = await startServer({ kind: 'latchkey', workDir, masterKey, dataDir })
  return { title: 'Latchkey on PGlite', ...server, caller, backends: async () => [] }
}

async function postgresql(workDir, masterKey) {
  const databaseUrl = process.env.BENCH_DATABASE_URL
  if (!databaseUrl) {
    process.stderr.write('BENCH_DATABASE_URL is not set: PostgreSQL is left out\n')
    return null
  }
  const dataDir = path.join(workDir, 'postgresql')
  const caller = await seed({ databaseUrl, dataDir, masterKey })
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const others = 'select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()'
  const server = await startServer({ kind: 'latchkey', workDir, masterKey, dataDir, databaseUrl })
  return {
    title: 'Latchkey on PostgreSQL',
    ...server,
    caller,
    backends: async () => (await client.query(others)).rows.map(({ pid }) => pid),
    stop: async () => {
      await server.stop()
      await client.end()
    },
  }
}

const DATABASES = { pglite, postgresql }

function line({ title, checks }, runs) {
  const all = (figure) => runs.map((run) => run[figure])
  const perSecond = all('perSecond').toSorted((a, b) => a - b)
  const cells = [
    title,
    checks ?? 'signature, permission',
    `${median(perSecond).toFixed(0)} (${perSecond[0].toFixed(0)} to ${perSecond.at(-1).toFixed(0)})`,
    median(all('cpu')).toFixed(0),
    median(all('databaseCpu')).toFixed(0),
    median(all('p50')).toFixed(1),
    median(all('p99')).toFixed(1),
    Math.max(...all('others')).toFixed(2),
  ]
  return `| ${cells.join(' | ')} |\n`
}

const workDir = mkdtempSync(path.join(tmpdir(), 'latchkey-bench-'))
const targets = []
const table = []
try {
  const masterKey = randomBytes(32).toString('base64')
  for (const name of values.database.split(',')) {
    const target = await DATABASES[name](workDir, masterKey)
    if (target !== null) targets.push(target)
  }
  const moto = await startMoto(workDir)
  if (moto === null) process.stderr.write('moto_server is not installed: that row is left out\n')
  else targets.push(moto)

  const runs = targets.map(() => [])
  for (const target of targets) {
    await checkAnswers(target)
    await keepBusy(target, { requests: await messages(target), connections, seconds: 3 })
  }
  for (let round = 1; round <= rounds; round++) {
    for (const [i, target] of targets.entries()) {
      const run = await measure(target, { requests: await messages(target), connections, seconds }, target)
      runs[i].push(run)
      const { perSecond, cpu, others } = run
      process.stderr.write(
        `round ${round}: ${target.title} ${perSecond.toFixed(0)}/s, ${cpu.toFixed(0)} µs, others use ${others.toFixed(2)} cores\n`,
      )
    }
  }
  for (const target of targets) await checkAnswers(target)
  table.push(...targets.map((target, i) => line(target, runs[i])))
} finally {
  for (const target of targets) await target.stop()
  rmSync(workDir, { recursive: true, force: true })
}
process.stdout.write(`
Signed ListAccessKeys, ${connections} connections, ${rounds} rounds of ${seconds} s each; ${pinned ? 'one core for the servers, one for the load and PostgreSQL' : `not pinned, ${availableParallelism()} cores`}; Node ${process.versions.node}.
"Others" is what other processes used at worst, in cores.

| server | checks | requests/s (range) | server CPU µs/request | PostgreSQL CPU µs/request | p50 ms | p99 ms | others |
|---|---|---:|---:|---:|---:|---:|---:|
${table.join('')}`)
