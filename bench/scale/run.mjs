#!/usr/bin/env node
// What the size of an account costs: the same requests to an account with 100 users and to one with 100,000 users, 200,000
// keys, 1,000 policies and 5 million audit events. Prints a Markdown table; progress goes to stderr. Linux, PostgreSQL.
//
//   BENCH_DATABASE_URL=… node scale/run.mjs [--sizes small,full] [--requests 300]
//
// BENCH_DATABASE_URL names a database of its own, which is EMPTIED. Requests are sent one after the other, each row by a server
// of its own. "Sequential scans" is how often PostgreSQL read a whole table of users, keys or events for that row.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { Client } from 'pg'
import { build } from '../../scripts/build.mjs'

const { values } = parseArgs({
  options: { sizes: { type: 'string', default: 'small,full' }, requests: { type: 'string', default: '300' } },
})
const databaseUrl = process.env.BENCH_DATABASE_URL
if (!databaseUrl) throw new Error('BENCH_DATABASE_URL must name a PostgreSQL database that may be emptied')

// What follows is imported from dist.
await build()
const { startServer } = await import('../http/servers.mjs')
const { ACCOUNT_ID, accessKeyId, CALLER, seed, SIZES, userName } = await import('./seed.mjs')

const WATCHED = ['user', 'access_key', 'audit_event']
const USERS = `query ($first: Int, $last: Int, $search: String, $accessKeyId: ID) {
  users(first: $first, last: $last, search: $search, accessKeyId: $accessKeyId) {
    edges { node { name accessKeys { accessKeyId status createdAt lastUsed { at service } } } } pageInfo { hasNextPage endCursor } } }`
const EVENTS = `query ($filter: AuditEventFilter) {
  auditEvents(first: 25, filter: $filter) { edges { node { eventId at action resource principalArn result } } pageInfo { hasNextPage endCursor } } }`
const TAG = 'mutation ($input: TagUserInput!) { tagUser(input: $input) { user { name } } }'
const GENERATE = 'mutation { generateCredentialReport { state } }'
const REPORT = '{ credentialReport { content } }'

/** Rows of the table: what the n-th request asks, and how many things its answer must hold. */
const REQUESTS = {
  'first page of users with keys': {
    query: USERS,
    variables: () => ({ first: 25 }),
    holds: (data) => data.users.edges.length === 25,
  },
  'last page of users with keys': {
    query: USERS,
    variables: () => ({ last: 25 }),
    holds: (data) => data.users.edges.length === 25,
  },
  'users of a key id (argument)': {
    query: USERS,
    variables: (_n, { keyId }) => ({ first: 25, accessKeyId: keyId }),
    holds: (data) => data.users.edges.length === 1,
  },
  'users of a key id (search box)': {
    query: USERS,
    variables: (_n, { keyId }) => ({ first: 25, search: keyId }),
    holds: (data) => data.users.edges.length === 1,
  },
  'users by a part of the name that one has': {
    query: USERS,
    variables: (_n, { name }) => ({ first: 25, search: name.slice(1) }),
    holds: (data) => data.users.edges.length === 1,
  },
  'users by a part of the name that nobody has': {
    query: USERS,
    variables: (n) => ({ first: 25, search: `nobody-${n}` }),
    holds: (data) => data.users.edges.length === 0,
  },
  'events of a key id': {
    query: EVENTS,
    variables: (_n, { keyId }) => ({ filter: { accessKeyId: keyId } }),
    holds: (data) => data.auditEvents.edges.length > 0,
  },
  'newest events': {
    query: EVENTS,
    variables: () => ({ filter: {} }),
    holds: (data) => data.auditEvents.edges.length === 25,
  },
  'change of a tag, with its event': {
    query: TAG,
    variables: (n, { name }) => ({ input: { userName: name, tags: [{ key: 'team', value: `team-${n}` }] } }),
    holds: (data) => data.tagUser.user !== null,
  },
}

function createCaller({ port }, password) {
  let authorization
  const send = async (query, variables) => {
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
      body: JSON.stringify({ query, variables }),
    })
    const { data, errors } = await response.json()
    if (errors) throw new Error(`${query}: ${JSON.stringify(errors)}`)
    return data
  }
  return {
    send,
    async signIn() {
      const query = 'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }'
      const { signIn } = await send(query, { input: { account: ACCOUNT_ID, userName: CALLER, password } })
      authorization = `Bearer ${signIn.accessToken}`
    },
  }
}

async function scans(client) {
  const { rows } = await client.query(
    'select coalesce(sum(seq_scan), 0)::int as scans from pg_stat_user_tables where schemaname = current_schema() and relname = any($1)',
    [WATCHED],
  )
  return rows[0].scans
}

/** Counters are written when a connection ends; the answer may be some moments old. */
async function settledScans(client) {
  let [before, now] = [-1, await scans(client)]
  while (before !== now) {
    await pause(1_500)
    await client.query('select pg_stat_clear_snapshot()')
    ;[before, now] = [now, await scans(client)]
  }
  return now
}

async function withServer(options, password, work) {
  const server = await startServer(options)
  try {
    const caller = createCaller(server, password)
    await caller.signIn()
    return await work(caller, server)
  } finally {
    await server.stop()
  }
}

async function measure(database, title, { query, variables, holds }) {
  const { client, options, password, targets } = database
  const before = await settledScans(client)
  const times = await withServer(options, password, async ({ send }) => {
    const taken = []
    for (let n = 0; n < Number(values.requests) + 50; n++) {
      const start = performance.now()
      const data = await send(query, variables(n, targets))
      const time = performance.now() - start
      if (!holds(data)) throw new Error(`${title}: unexpected answer ${JSON.stringify(data).slice(0, 400)}`)
      // The first ones warm up connections, plans and code.
      if (n >= 50) taken.push(time)
    }
    return taken.toSorted((a, b) => a - b)
  })
  const at = (q) => times[Math.floor(times.length * q)]
  const row = { p50: at(0.5), p99: at(0.99), scans: (await settledScans(client)) - before }
  process.stderr.write(
    `${database.title}: ${title}: p50 ${row.p50.toFixed(2)} ms, p99 ${row.p99.toFixed(2)} ms, ${row.scans} scans\n`,
  )
  return row
}

/** Seconds until the report is there, its size, and how much memory the server took at most (MB). */
async function measureReport({ options, password, title }) {
  return await withServer(options, password, async ({ send }, { pid }) => {
    const start = performance.now()
    let { generateCredentialReport: report } = await send(GENERATE)
    while (report.state !== 'COMPLETE') {
      await pause(20)
      ;({ generateCredentialReport: report } = await send(GENERATE))
    }
    const seconds = (performance.now() - start) / 1000
    const readAt = performance.now()
    const { credentialReport } = await send(REPORT)
    const read = performance.now() - readAt
    const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
    const lines = credentialReport.content.split('\n').length
    process.stderr.write(`${title}: credential report ${seconds.toFixed(2)} s\n`)
    return { seconds, read, megabytes: credentialReport.content.length / 1e6, lines, peak }
  })
}

async function measureAll(size, workDir, masterKey) {
  const options = { kind: 'latchkey', workDir, dataDir: workDir, databaseUrl, masterKey }
  process.stderr.write(`${size.title}: filling the database\n`)
  const password = await seed({ databaseUrl, dataDir: workDir, masterKey, size })
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const n = Math.floor(size.users / 2)
    const targets = { keyId: await accessKeyId(client, n), name: userName(n) }
    const database = { client, options, password, targets, title: size.title }
    const rows = {}
    for (const [title, request] of Object.entries(REQUESTS)) rows[title] = await measure(database, title, request)
    return { rows, report: await measureReport(database) }
  } finally {
    await client.end()
  }
}

const results = []
const workDir = mkdtempSync(path.join(tmpdir(), 'latchkey-scale-'))
try {
  const masterKey = randomBytes(32).toString('base64')
  for (const name of values.sizes.split(',')) {
    results.push({ size: SIZES[name], ...(await measureAll(SIZES[name], workDir, masterKey)) })
  }
} finally {
  rmSync(workDir, { recursive: true, force: true })
}

const cells = ({ p50, p99, scans }) => `${p50.toFixed(1)} | ${p99.toFixed(1)} | ${scans}`
const [first] = results
const last = results.at(-1)
process.stdout.write(`
One request at a time, ${values.requests} of each, PostgreSQL on the same machine; Node ${process.versions.node}. Times in milliseconds, as the client sees them.

| request |${results.map(({ size }) => ` ${size.users.toLocaleString('en')} users, ${size.events.toLocaleString('en')} events: p50 | p99 | sequential scans |`).join('')} p50 to p50 |
|---|${results.map(() => '---:|---:|---:|').join('')}---:|
${Object.keys(REQUESTS)
  .map(
    (title) =>
      `| ${title} | ${results.map(({ rows }) => cells(rows[title])).join(' | ')} | ${(last.rows[title].p50 / first.rows[title].p50).toFixed(2)} |\n`,
  )
  .join('')}
${results.map(({ size, report }) => `Credential report of ${size.users.toLocaleString('en')} users: made in ${report.seconds.toFixed(1)} s, read in ${report.read.toFixed(0)} ms (${report.megabytes.toFixed(1)} MB, ${report.lines.toLocaleString('en')} lines), the server never above ${report.peak.toFixed(0)} MB.`).join('\n')}
`)
