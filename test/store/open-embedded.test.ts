import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { DirectoryInUseError } from '../../src/store/directory-lock.ts'
import { MigrationError } from '../../src/store/migrate.ts'
import { readMigrations } from '../../src/store/migrations-folder.ts'
import { openDatabase } from '../../src/store/open.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'

const log = { info() {}, warn() {} }
const account = { id: '111122223333', createdAt: new Date('2026-01-01T00:00:00Z') }

test('the directory keeps its data over restarts, refuses a second opening, and knows a newer or other history', async () => {
  const dataDir = path.join(temporaryDirectory(), 'data')
  const first = await openDatabase({ dataDir, log })
  expect(first.kind).toBe('embedded')
  expect(statSync(dataDir).mode & 0o077).toBe(0)
  await first.db.account.create({ data: account })
  await expect(openDatabase({ dataDir, log })).rejects.toThrow(DirectoryInUseError)
  await first.close()
  await first.close()
  expect(readdirSync(dataDir)).toEqual(['pg'])

  const second = await openDatabase({ dataDir, log })
  expect(await second.db.account.findMany({ select: { id: true } })).toEqual([{ id: account.id }])
  await second.close()

  await expect(openDatabase({ dataDir, log, migrations: [] })).rejects.toThrow(MigrationError)
  const reworded = readMigrations().map(({ name, sql }) => ({ name, sql: `${sql}-- more\n` }))
  await expect(openDatabase({ dataDir, log, migrations: reworded })).rejects.toThrow('in another wording')
  // None of the refusals may leave the directory locked.
  const third = await openDatabase({ dataDir, log })
  await third.close()
})

test('a process that is killed gives the directory free, and what it committed is there', async () => {
  const dataDir = path.join(temporaryDirectory(), 'data')
  const holder = spawn(
    process.execPath,
    ['--import', 'tsx', path.join(import.meta.dirname, 'hold-database.ts'), dataDir],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  onTestFinished(() => void holder.kill('SIGKILL'))
  await once(holder.stdout, 'data')
  await expect(openDatabase({ dataDir, log })).rejects.toThrow(`in use by process ${holder.pid} `)

  holder.kill('SIGKILL')
  await once(holder, 'exit')
  const { db, close } = await openDatabase({ dataDir, log })
  expect(await db.account.count()).toBe(1)
  await close()
})

test('a first start that was killed halfway is begun anew', async () => {
  const dataDir = temporaryDirectory()
  mkdirSync(path.join(dataDir, 'pg'))
  writeFileSync(path.join(dataDir, 'pg/PG_VERSION'), '18\n')
  writeFileSync(path.join(dataDir, 'pg.unfinished'), '')
  const { db, close } = await openDatabase({ dataDir, log })
  expect(await db.account.count()).toBe(0)
  await close()
  expect(existsSync(path.join(dataDir, 'pg.unfinished'))).toBe(false)
})
