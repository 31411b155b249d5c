#!/usr/bin/env node
// Changes per second (a tag of a user, over GraphQL with bearer tokens) by how many callers wait for their answers at once, in one
// account and in twenty. Prints a Markdown table; progress goes to stderr. Linux.
//
//   node http/changes.mjs [--callers 1,10,100,300] [--accounts 1,20] [--seconds 5] [--gateways 1]
//
// On the embedded database; with BENCH_DATABASE_URL on PostgreSQL, in a database of its own, which is EMPTIED. There the
// callers may be spread over several gateways.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { build } from '../../scripts/build.mjs'

const { values } = parseArgs({
  options: {
    callers: { type: 'string', default: '1,10,100,300' },
    accounts: { type: 'string', default: '1,20' },
    seconds: { type: 'string', default: '5' },
    gateways: { type: 'string', default: '1' },
  },
})
const seconds = Number(values.seconds)

// What follows is imported from dist.
await build()
const { keepBusy } = await import('./measure.mjs')
const { cpuSeconds } = await import('./processes.mjs')
const { CREDENTIALS } = await import('./requests.mjs')
const { seed, seedTaggers } = await import('./seed.mjs')
const { startServer } = await import('./servers.mjs')

const TAG = 'mutation ($input: TagUserInput!) { tagUser(input: $input) { user { name } } }'
/** Principals who change, of all accounts together: those of one account take turns. */
const PRINCIPALS = 20

/** Whole HTTP messages, a thousand, of all accounts and their principals in turn. */
function messagesOf(port, callers) {
  return Array.from({ length: 1000 }, (_, i) => {
    const { headers, userName } = callers[i % callers.length]
    const variables = { input: { userName, tags: [{ key: 'round', value: String(i) }] } }
    const body = JSON.stringify({ query: TAG, variables })
    const all = { host: `127.0.0.1:${port}`, ...headers, 'content-length': Buffer.byteLength(body) }
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
    return Buffer.from(`POST /graphql HTTP/1.1\r\n${lines.join('')}\r\n${body}`).toString('base64')
  })
}

/** One row: the callers are shared out among the gateways. */
async function row(servers, callers, connections) {
  const share = Math.max(1, Math.round(connections / servers.length))
  const used = () => servers.reduce((total, { pid }) => total + (cpuSeconds(pid) ?? 0), 0)
  const before = used()
  const seen = await Promise.all(
    servers.map((server) =>
      keepBusy(server, { requests: messagesOf(server.port, callers), connections: share, seconds }),
    ),
  )
  const cpu = used() - before
  const sum = (figure) => seen.reduce((total, one) => total + one[figure], 0)
  const longest = Math.max(...seen.map((one) => one.seconds))
  return {
    perSecond: ((sum('requests') - sum('failed')) / longest).toFixed(0),
    failed: sum('failed'),
    cpu: ((cpu / sum('requests')) * 1e6).toFixed(0),
    p50: Math.max(...seen.map(({ p50 }) => p50)).toFixed(0),
    p99: Math.max(...seen.map(({ p99 }) => p99)).toFixed(0),
  }
}

const table = []
const databaseUrl = process.env.BENCH_DATABASE_URL
const workDir = mkdtempSync(path.join(tmpdir(), 'latchkey-bench-'))
const servers = []
try {
  const masterKey = randomBytes(32).toString('base64')
  const dataDir = path.join(workDir, 'data')
  const given = { databaseUrl, dataDir, masterKey }
  await seed(given)
  const groups = []
  for (const accounts of values.accounts.split(',').map(Number))
    groups.push({ accounts, taggers: await seedTaggers({ ...given, accounts, principals: PRINCIPALS }) })
  for (let n = 0; n < Number(values.gateways); n++)
    servers.push(await startServer({ kind: 'latchkey', workDir, ...given, publicUrl: 'http://127.0.0.1:4000' }))
  for (const { accounts, taggers } of groups) {
    const callers = []
    for (const tagger of taggers) {
      const headersFor = await CREDENTIALS.bearer({ port: servers[0].port, caller: tagger })
      callers.push({ headers: headersFor(), userName: tagger.userName })
    }
    await row(servers, callers, 4)
    for (const connections of values.callers.split(',').map(Number)) {
      const cells = await row(servers, callers, connections).catch(({ message }) => ({ perSecond: message }))
      process.stderr.write(`${accounts} accounts, ${connections} callers: ${JSON.stringify(cells)}\n`)
      const { perSecond, failed = '', cpu = '', p50 = '', p99 = '' } = cells
      table.push(`| ${accounts} | ${connections} | ${perSecond} | ${failed} | ${cpu} | ${p50} | ${p99} |\n`)
    }
  }
} finally {
  for (const server of servers) await server.stop()
  rmSync(workDir, { recursive: true, force: true })
}
process.stdout.write(`
Changes of a tag on ${databaseUrl ? 'PostgreSQL' : 'the embedded database'}, ${servers.length} gateway(s), ${seconds} s a row; Node ${process.versions.node}.

| accounts | callers | changes/s | failed | server µs | p50 ms | p99 ms |
|---:|---:|---:|---:|---:|---:|---:|
${table.join('')}`)
