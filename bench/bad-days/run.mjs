#!/usr/bin/env node
// Bad days, in figures: a database that is cut off or hangs behind a proxy, a stop under load, and a soak. Prints a table each.
// Linux, PostgreSQL in BENCH_DATABASE_URL, in a database of its own, which is EMPTIED.
//
//   node --import tsx bad-days/run.mjs [--scenes cut,pause,stop,soak] [--cut 30] [--pause 60] [--minutes 20]
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { build } from '../../scripts/build.mjs'
import { tcpProxy, through } from '../../test/support/tcp-proxy.ts'

const { values } = parseArgs({
  options: {
    scenes: { type: 'string', default: 'cut,pause,stop,soak' },
    cut: { type: 'string', default: '30' },
    pause: { type: 'string', default: '60' },
    minutes: { type: 'string', default: '20' },
  },
})
const databaseUrl = process.env.BENCH_DATABASE_URL
if (databaseUrl === undefined) throw new Error('BENCH_DATABASE_URL has to name a database of PostgreSQL, to be emptied')

// What follows is imported from dist.
await build()
const { CREDENTIALS } = await import('../http/requests.mjs')
const { seed, seedTaggers } = await import('../http/seed.mjs')
const { startServer } = await import('../http/servers.mjs')
const { openDatabase } = await import('../../dist/store/open.js')
const { outage, soak, stopUnderLoad } = await import('./scenes.mjs')

const SCENES = {
  cut: (around) => outage({ ...around, kind: 'cut', seconds: Number(values.cut) }),
  pause: (around) => outage({ ...around, kind: 'pause', seconds: Number(values.pause) }),
  stop: stopUnderLoad,
  soak: (around) => soak({ ...around, minutes: Number(values.minutes) }),
}

const workDir = mkdtempSync(path.join(tmpdir(), 'latchkey-bench-'))
const given = { databaseUrl, dataDir: path.join(workDir, 'data'), masterKey: randomBytes(32).toString('base64') }
const proxy = await tcpProxy(Number(new URL(databaseUrl).port || 5432))
const database = await openDatabase({ databaseUrl, dataDir: '/nowhere', log: { info() {}, warn() {} } })
try {
  await seed(given)
  const seeded = await seedTaggers({ ...given, accounts: 1, principals: 20 })
  for (const name of values.scenes.split(',')) {
    const server = await startServer({ kind: 'latchkey', workDir, ...given, databaseUrl: through(proxy, databaseUrl) })
    try {
      const taggers = []
      for (const caller of seeded) {
        const headersFor = await CREDENTIALS.bearer({ port: server.port, caller })
        taggers.push({ ...caller, headers: headersFor() })
      }
      const rows = await SCENES[name]({ server, proxy, taggers, pool: database.pool })
      const lines = rows.map(([what, value]) => `| ${what} | ${value} |\n`)
      process.stdout.write(`\n${name}\n\n| | |\n|---|---|\n${lines.join('')}`)
    } finally {
      await server.stop()
    }
  }
} finally {
  await database.close()
  await proxy.close()
  rmSync(workDir, { recursive: true, force: true })
}
