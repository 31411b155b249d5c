import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { buildServer, refusedServer } from '../durability/server-process.ts'
import { latchkey } from '../support/run-command.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'

const ROOT = path.join(import.meta.dirname, '../..')
const TIMEOUT = { timeout: 180_000 }
const ACCOUNT = '123456789012'

beforeAll(buildServer, 180_000)

test('an export whose reader ends first says so in one line, and is no success', TIMEOUT, async () => {
  const env = { LATCHKEY_DATA_DIR: path.join(temporaryDirectory(), 'data'), LATCHKEY_ACCOUNT_ID: ACCOUNT }
  expect((await latchkey(['seed'], env)).code).toBe(0)
  const command = path.join(ROOT, 'dist/command/latchkey.js')
  const child = spawn(process.execPath, [command, 'audit', 'export', '--account', ACCOUNT], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let errors = ''
  child.stderr.on('data', (chunk) => (errors += String(chunk)))
  // Gone before the first line, as a reader that has seen enough.
  child.stdout.destroy()
  await once(child, 'close')
  expect([child.exitCode, errors]).toEqual([
    1,
    'latchkey audit export: What read the export stopped reading before its end: what it has is a part of the trail.\n',
  ])
})

test(
  'a full disk at the first start is one line with path and remedy, and the next start begins again',
  TIMEOUT,
  async ({ skip }) => {
    const disk = path.join(temporaryDirectory(), 'disk')
    mkdirSync(disk)
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m,mode=0700', 'tmpfs', disk], { stdio: 'ignore' })
    } catch {
      skip('no right to mount a small disk')
    }
    onTestFinished(() => void execFileSync('umount', ['-l', disk]))
    const dataDir = path.join(disk, 'data')
    const { code, errors } = await refusedServer({ LATCHKEY_DATA_DIR: dataDir })
    expect(code).toBe(1)
    expect(errors).toMatch(/^Latchkey cannot start: \S+ .*the disk is full: free some space\.\n$/)
    expect(existsSync(path.join(dataDir, 'master.key'))).toBe(false)
    // Not one byte is left: even the lock and the mark of what is unfinished cannot be written.
    rmSync(dataDir, { recursive: true })
    try {
      writeFileSync(path.join(disk, 'filler'), Buffer.alloc(9_000_000))
    } catch {
      // As full as it gets.
    }
    mkdirSync(dataDir, { mode: 0o700 })
    const full = await refusedServer({ LATCHKEY_DATA_DIR: dataDir })
    expect(full).toEqual({
      code: 1,
      errors: expect.stringMatching(/^Latchkey cannot start: \S+ .*the disk is full: free some space\.\n$/),
    })
    expect(readdirSync(dataDir)).toEqual([])
  },
)
