#!/usr/bin/env node
// Requests per second with one worker and with several behind one port (LATCHKEY_WORKERS). Prints a Markdown table; progress goes to
// stderr. Linux, PostgreSQL in BENCH_DATABASE_URL, in a database of its own, which is EMPTIED.
//
//   node http/workers.mjs [--workers 1,2] [--workload type,user] [--rounds 3] [--seconds 5] [--connections 64]
//
// `type` is introspection, which leaves PostgreSQL little to do beside knowing the caller; `user` reads a user with its keys. Nothing is
// pinned: workers, PostgreSQL and the load share all cores, so that the columns of processor time say what was left for the
// workers; "per core" is what a core of the workers answers, against one worker. In every round each number of workers is measured once; a ratio is the median of the ratios within the rounds.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { Client } from 'pg'
import { build } from '../../scripts/build.mjs'

const { values } = parseArgs({
  options: {
    workers: { type: 'string', default: '1,2' },
    workload: { type: 'string', default: 'type,user' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '5' },
    connections: { type: 'string', default: '64' },
  },
})
const databaseUrl = process.env.BENCH_DATABASE_URL
if (databaseUrl === undefined) throw new Error('BENCH_DATABASE_URL has to name a database of PostgreSQL, to be emptied')
const load = { connections: Number(values.connections), seconds: Number(values.seconds) }

// What follows is imported from dist.
await build()
const { keepBusy, measure, median } = await import('./measure.mjs')
const { checkAnswers, messages, WORKLOADS } = await import('./requests.mjs')
const { seed } = await import('./seed.mjs')
const { startServer } = await import('./servers.mjs')

/** With what takes the server alone. */
const ALL = {
  ...WORKLOADS,
  type: {
    title: 'a type of the schema',
    warmUp: 2000,
    bodies: [
      JSON.stringify({
        query: '{ __type(name: "User") { fields { name args { name type { name } } type { name kind } } } }',
      }),
    ],
    expected: /^\{"data":\{"__type":\{"fields":\[.*\]\}\}\}$/,
  },
}

/** The children of a process, and itself. */
function family(pid) {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
  return [pid, ...children]
}

/** The server with so many workers, when all of them are ready. */
async function start(workers, given) {
  const server = await startServer({ kind: 'latchkey', ...given, workers })
  const of = workers === 1 ? 1 : workers + 1
  const ready = async () => {
    const text = await (await fetch(`http://127.0.0.1:${server.port}/metrics`)).text()
    return workers === 1 || text.includes(`latchkey_workers{state="ready"} ${workers}\n`)
  }
  while (!(await ready())) await pause(50)
  const pids = family(server.pid)
  if (pids.length !== of) throw new Error(`${pids.length} processes in place of ${of}`)
  return { ...server, pids, everywhere: true, title: `${workers} workers`, credential: 'bearer' }
}

const table = []
const workDir = mkdtempSync(path.join(tmpdir(), 'latchkey-bench-'))
const reader = new Client({ connectionString: databaseUrl })
await reader.connect()
const others = 'select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()'
const database = { backends: async () => (await reader.query(others)).rows.map(({ pid }) => pid) }
try {
  const given = {
    databaseUrl,
    workDir,
    dataDir: path.join(workDir, 'data'),
    masterKey: randomBytes(32).toString('base64'),
  }
  const caller = await seed(given)
  const counts = values.workers.split(',').map(Number)
  for (const id of values.workload.split(',')) {
    const workload = ALL[id]
    const runs = counts.map(() => [])
    for (let round = 1; round <= Number(values.rounds); round++) {
      for (const [i, workers] of counts.entries()) {
        // One server at a time: an idle one would still have its heartbeat and its memory.
        const target = { ...(await start(workers, given)), caller }
        try {
          await checkAnswers(target, workload)
          const requests = await messages(target, workload)
          await keepBusy(target, {
            requests,
            connections: load.connections,
            seconds: 0,
            atLeast: workload.warmUp * workers,
          })
          const run = await measure(target, { requests, ...load }, database)
          runs[i].push(run)
          process.stderr.write(
            `${workload.title}, round ${round}: ${workers} workers ${run.perSecond.toFixed(0)}/s, ${run.cpu.toFixed(0)} µs, others use ${run.others.toFixed(2)} cores\n`,
          )
        } finally {
          await target.stop()
        }
      }
    }
    for (const [i, workers] of counts.entries()) {
      const of = (figure) => median(runs[i].map((run) => run[figure]))
      const ratio = median(runs[i].map((run, round) => run.perSecond / runs[0][round].perSecond))
      const cores = median(runs[i].map((run) => (run.cpu * run.perSecond) / 1e6))
      const perCore = median(runs[i].map((run, round) => runs[0][round].cpu / run.cpu))
      const cells = [
        workload.title,
        workers,
        of('perSecond').toFixed(0),
        ratio.toFixed(2),
        cores.toFixed(2),
        perCore.toFixed(2),
      ]
      const cpu = ['cpu', 'databaseCpu', 'loadCpu'].map((figure) => of(figure).toFixed(0))
      const times = ['p50', 'p99'].map((figure) => of(figure).toFixed(1))
      table.push(
        `| ${[...cells, ...cpu, ...times, Math.max(...runs[i].map((run) => run.others)).toFixed(2)].join(' | ')} |\n`,
      )
    }
  }
} finally {
  await reader.end()
  rmSync(workDir, { recursive: true, force: true })
}
process.stdout.write(`
Workers on PostgreSQL, ${load.connections} connections, ${values.rounds} rounds of ${load.seconds} s each, ${availableParallelism()} cores for workers, PostgreSQL and load; Node ${process.versions.node}.

| request | workers | requests/s | ratio | cores of the workers | per core | worker µs/request | PostgreSQL µs/request | load µs/request | p50 ms | p99 ms | others, cores |
|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
${table.join('')}`)
