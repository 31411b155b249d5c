#!/usr/bin/env node
// How long `latchkey import --apply` takes with a company of 1,000 users, 200 roles and 300 policies, and once more when all of
// it is there.
//
//   BENCH_DATABASE_URL=postgresql://… node import/run.mjs      an EMPTY database; without the variable on the embedded one
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { build } from '../../scripts/build.mjs'
import { companyDetails } from './company.mjs'

const ACCOUNT = '444455556666'
const ROOT = path.join(import.meta.dirname, '../..')
const directory = mkdtempSync(path.join(tmpdir(), 'latchkey-bench-'))
const file = path.join(directory, 'company.json')
const { BENCH_DATABASE_URL: DATABASE_URL } = process.env
const env = {
  PATH: process.env.PATH,
  LATCHKEY_DATA_DIR: path.join(directory, 'data'),
  ...(DATABASE_URL && { DATABASE_URL }),
}

await build()
try {
  writeFileSync(file, JSON.stringify(companyDetails()))
  latchkey('migrate')
  latchkey('create-account', '--email', 'root@bench.example', '--account-id', ACCOUNT)
  for (const round of ['first', 'again']) {
    const started = performance.now()
    const said = latchkey('import', file, '--account', ACCOUNT, '--apply')
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    console.log(`${round}: ${seconds} s, ${said.trimEnd().split('\n').at(-1)}`)
  }
} finally {
  rmSync(directory, { recursive: true, force: true })
}

function latchkey(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(ROOT, 'scripts/latchkey.mjs'), ...args], {
    env,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`latchkey ${args.join(' ')}: ${stderr}`)
  return stdout
}
