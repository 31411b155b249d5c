#!/usr/bin/env node
// HTTP requests per second and CPU per request: Latchkey against the same stack without it. Prints a Markdown table;
// progress goes to stderr. Linux.
//
//   node http/run.mjs [--database pglite,postgresql] [--workload user,users] [--rounds 3] [--seconds 5]
//                     [--connections 64] [--profile DIR]
//
// PostgreSQL: BENCH_DATABASE_URL names a database of its own, which is EMPTIED; without the variable that part is left out.
// --profile writes a CPU profile of each server (*.cpuprofile) into DIR/bare and DIR/latchkey; the figures are worth less.
//
// Both servers run as processes of their own on one core, the load and PostgreSQL's backends on another. In every round
// each row is measured once, right after the other; a ratio is the median of the ratios within the rounds.
import { randomBytes } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { build } from '../../scripts/build.mjs'

const { values } = parseArgs({
  options: {
    database: { type: 'string', default: 'pglite,postgresql' },
    workload: { type: 'string', default: 'user,users' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '5' },
    connections: { type: 'string', default: '64' },
    profile: { type: 'string' },
  },
})
const rounds = Number(values.rounds)
const connections = Number(values.connections)
const profileDir = values.profile && path.resolve(values.profile)

// What follows is imported from dist.
await build()
const { keepBusy, measure, median } = await import('./measure.mjs')
const { pinned } = await import('./processes.mjs')
const { checkAnswers, messages, WORKLOADS } = await import('./requests.mjs')
const { seed } = await import('./seed.mjs')
const { startServer } = await import('./servers.mjs')
const { default: pg } = await import('pg')

const seconds = Number(values.seconds)
const ROWS = [
  { kind: 'bare', credential: 'none', title: 'bare stack' },
  { kind: 'latchkey', credential: 'bearer', title: 'Latchkey, bearer token' },
  { kind: 'latchkey', credential: 'sigv4', title: 'Latchkey, SigV4' },
]

async function compare(database, workload) {
  const servers = {}
  const runs = ROWS.map(() => [])
  try {
    for (const kind of new Set(ROWS.map((row) => row.kind)))
      servers[kind] = await startServer(database.serverOptions(kind))
    const targets = ROWS.map((row) => ({ ...row, ...servers[row.kind], caller: database.caller }))
    for (const target of targets) {
      await checkAnswers(target, workload)
      await keepBusy(target, {
        requests: await messages(target, workload),
        connections,
        seconds: 0,
        atLeast: workload.warmUp,
      })
    }
    for (let round = 1; round <= rounds; round++) {
      for (const [i, target] of targets.entries()) {
        const requests = await messages(target, workload)
        const run = await measure(target, { requests, connections, seconds }, database)
        runs[i].push(run)
        const { perSecond, cpu, others } = run
        process.stderr.write(
          `${database.title}, ${workload.title}, round ${round}: ${target.title} ${perSecond.toFixed(0)}/s, ${cpu.toFixed(0)} µs, others use ${others.toFixed(2)} cores\n`,
        )
      }
    }
    for (const target of targets) await checkAnswers(target, workload)
  } finally {
    for (const server of Object.values(servers)) await server.stop()
  }
  return runs
}

const DATABASES = {
  pglite: async (workDir, masterKey) => {
    const dataDir = path.join(workDir, 'latchkey')
    const caller = await seed({ dataDir, masterKey })
    const copy = path.join(workDir, 'bare')
    cpSync(dataDir, copy, { recursive: true })
    return {
      title: 'PGlite',
      caller,
      serverOptions: (kind) => ({ kind, workDir, masterKey, profileDir, dataDir: kind === 'bare' ? copy : dataDir }),
      backends: async () => [],
      close: async () => {},
    }
  },
  postgresql: async (workDir, masterKey) => {
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
    return {
      title: 'PostgreSQL',
      caller,
      serverOptions: (kind) => ({ kind, workDir, masterKey, profileDir, dataDir, databaseUrl }),
      backends: async () => (await client.query(others)).rows.map(({ pid }) => pid),
      close: () => client.end(),
    }
  },
}

function lines(database, workload, runs) {
  const [base] = runs
  return runs.map((of, row) => {
    const all = (figure) => of.map((run) => run[figure])
    const toBase = (figure) => median(of.map((run, round) => run[figure] / base[round][figure])).toFixed(2)
    const perSecond = all('perSecond').toSorted((a, b) => a - b)
    const cells = [
      database.title,
      workload.title,
      ROWS[row].title,
      `${median(perSecond).toFixed(0)} (${perSecond[0].toFixed(0)} to ${perSecond.at(-1).toFixed(0)})`,
      row === 0 ? '1' : `**${toBase('perSecond')}**`,
      median(all('cpu')).toFixed(0),
      row === 0 ? '1' : toBase('cpu'),
      database.title === 'PGlite' ? '' : median(all('databaseCpu')).toFixed(0),
      median(all('p50')).toFixed(1),
      median(all('p99')).toFixed(1),
      Math.max(...all('others')).toFixed(2),
    ]
    return `| ${cells.join(' | ')} |\n`
  })
}

const table = []
const workDir = mkdtempSync(path.join(tmpdir(), 'latchkey-bench-'))
try {
  const masterKey = randomBytes(32).toString('base64')
  for (const name of values.database.split(',')) {
    const database = await DATABASES[name](workDir, masterKey)
    if (database === null) continue
    try {
      for (const id of values.workload.split(',')) {
        table.push(...lines(database, WORKLOADS[id], await compare(database, WORKLOADS[id])))
      }
    } finally {
      await database.close()
    }
  }
} finally {
  rmSync(workDir, { recursive: true, force: true })
}
process.stdout.write(`
HTTP, ${connections} connections, ${rounds} rounds of ${values.seconds} s each; ${pinned ? 'one core for the server, one for the load and PostgreSQL' : `not pinned, ${availableParallelism()} cores`}; Node ${process.versions.node}.
"Of bare" is the median of the ratios within the rounds; "others" is what other processes used at worst, in cores.

| database | request | server | requests/s (range) | of bare | server CPU µs/request | of bare | PostgreSQL CPU µs/request | p50 ms | p99 ms | others |
|---|---|---|---:|---:|---:|---:|---:|---:|---:|---:|
${table.join('')}`)
