import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, inject, onTestFinished, test } from 'vitest'
import { DirectoryInUseError } from '../../src/store/directory-lock.ts'
import { MigrationError } from '../../src/store/migrate.ts'
import { readMigrations } from '../../src/store/migrations-folder.ts'
import { openDatabase } from '../../src/store/open.ts'
import { OpenToOthersError } from '../../src/store/private-files.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'

/** A database in WebAssembly starts and stops here several times, beside whatever else the machine does. */
const PATIENCE = { timeout: 120_000 }
const log = { info() {}, warn() {} }
const image = inject('databaseImage')
const account = { id: '111122223333', createdAt: new Date('2026-01-01T00:00:00Z') }

test(
  'the directory keeps its data over restarts, refuses a second opening, and knows a newer or other history',
  PATIENCE,
  async () => {
    const dataDir = path.join(temporaryDirectory(), 'data')
    const first = await openDatabase({ dataDir, log, image })
    expect(first.kind).toBe('embedded')
    expect(statSync(dataDir).mode & 0o077).toBe(0)
    await first.db.account.create({ data: account })
    await expect(openDatabase({ dataDir, log, image })).rejects.toThrow(DirectoryInUseError)
    await first.close()
    await first.close()
    expect(readdirSync(dataDir)).toEqual(['pg'])

    // An earlier release left what it unpacked open; nobody could get there.
    const version = path.join(dataDir, 'pg/PG_VERSION')
    chmodSync(version, 0o666)
    const second = await openDatabase({ dataDir, log, image })
    expect(statSync(version).mode & 0o777).toBe(0o600)
    expect(await second.db.account.findMany({ select: { id: true } })).toEqual([{ id: account.id }])
    await second.close()

    await expect(openDatabase({ dataDir, log, image, migrations: [] })).rejects.toThrow(MigrationError)
    const reworded = readMigrations().map(({ name, sql }) => ({ name, sql: `${sql}-- more\n` }))
    await expect(openDatabase({ dataDir, log, image, migrations: reworded })).rejects.toThrow('in another wording')
    chmodSync(dataDir, 0o701)
    await expect(openDatabase({ dataDir, log, image })).rejects.toThrow(OpenToOthersError)
    chmodSync(dataDir, 0o700)
    // None of the refusals may leave the directory locked.
    const third = await openDatabase({ dataDir, log, image })
    await third.close()
  },
)

test('a process that is killed gives the directory free, and what it committed is there', PATIENCE, async () => {
  const dataDir = path.join(temporaryDirectory(), 'data')
  const holder = spawn(
    process.execPath,
    ['--import', 'tsx', path.join(import.meta.dirname, 'hold-database.ts'), dataDir, image],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  onTestFinished(() => void holder.kill('SIGKILL'))
  await once(holder.stdout, 'data')
  await expect(openDatabase({ dataDir, log, image })).rejects.toThrow(`in use by process ${holder.pid} `)

  holder.kill('SIGKILL')
  await once(holder, 'exit')
  const { db, close } = await openDatabase({ dataDir, log, image })
  expect(await db.account.count()).toBe(1)
  await close()
})

test(
  'a first start that was killed halfway is begun anew, also when the prepared image is damaged',
  PATIENCE,
  async () => {
    const dataDir = temporaryDirectory()
    mkdirSync(path.join(dataDir, 'pg'))
    writeFileSync(path.join(dataDir, 'pg/PG_VERSION'), '18\n')
    writeFileSync(path.join(dataDir, 'pg.unfinished'), '')
    const damaged = path.join(dataDir, 'image.tar.gz')
    writeFileSync(damaged, readFileSync(image).subarray(0, 100_000))
    const { db, close } = await openDatabase({ dataDir, log, image: damaged })
    expect(await db.account.count()).toBe(0)
    await close()
    expect(existsSync(path.join(dataDir, 'pg.unfinished'))).toBe(false)
  },
)
