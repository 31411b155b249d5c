import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { expect, inject, test } from 'vitest'
import { openDatabase } from '../../src/store/open.ts'
import { lockDirectory } from '../../src/store/directory-lock.ts'
import { assertKeyAtHand, MasterKeyError } from '../../src/store/master-key.ts'
import { DatabaseDamagedError, DatabaseMissingError } from '../../src/store/whole-database.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'
import { refusedServer } from './server-process.ts'

const TIMEOUT = { timeout: 120_000 }
const log = { info() {}, warn() {} }
const image = inject('databaseImage')
const open = (dataDir: string, renew = false) => openDatabase({ dataDir, log, image, renew })

test(
  'a part of a backup is refused and left as it is; a new database is made only when that is asked for',
  TIMEOUT,
  async () => {
    const dataDir = path.join(temporaryDirectory(), 'data')
    await (await open(dataDir)).close()
    const pg = path.join(dataDir, 'pg')

    renameSync(path.join(pg, 'PG_VERSION'), path.join(dataDir, 'kept'))
    const files = readdirSync(pg)
    await expect(open(dataDir)).rejects.toThrow(DatabaseMissingError)
    await expect(open(dataDir)).rejects.toThrow('LATCHKEY_NEW_DATABASE=true')
    expect(readdirSync(pg)).toEqual(files)
    renameSync(path.join(dataDir, 'kept'), path.join(pg, 'PG_VERSION'))
    await (await open(dataDir)).close()

    rmSync(pg, { recursive: true })
    writeFileSync(path.join(dataDir, 'master.key'), 'any', { mode: 0o600 })
    await expect(open(dataDir)).rejects.toThrow('there is a master.key')
    expect(existsSync(pg)).toBe(false)
    mkdirSync(pg, { mode: 0o700 })
    writeFileSync(path.join(pg, 'what is left'), '')
    const made = await open(dataDir, true)
    await made.close()
    const aside = readdirSync(dataDir).find((name) => /^pg\.\d+$/.test(name)) ?? ''
    expect(readdirSync(path.join(dataDir, aside))).toEqual(['what is left'])
  },
)

test('a damaged database is called so, with what is missing of it', TIMEOUT, async () => {
  const dataDir = path.join(temporaryDirectory(), 'data')
  await (await open(dataDir)).close()
  const control = path.join(dataDir, 'pg/global/pg_control')
  truncateSync(control, 100)
  await expect(open(dataDir)).rejects.toThrow(DatabaseDamagedError)
  rmSync(control)
  await expect(open(dataDir)).rejects.toThrow(
    `The database at ${path.join(dataDir, 'pg')} is damaged (missing: global/pg_control); restore the backup.`,
  )
})

test('a lock file that nobody can read is taken over within seconds, and the log says so', async () => {
  const file = path.join(temporaryDirectory(), 'pg.lock')
  writeFileSync(file, '{"token": "cut o')
  const lines: string[] = []
  let rounds = 0
  const pause = async () => void rounds++
  const lock = await lockDirectory(file, {
    pause,
    log: { info() {}, warn: (_details, line) => void lines.push(line) },
  })
  lock.release()
  expect(rounds).toBeLessThan(6)
  expect(lines).toEqual([expect.stringContaining('taken over')])
})

test('a database with secrets and no key at all does not get a new key', TIMEOUT, async () => {
  const dataDir = path.join(temporaryDirectory(), 'data')
  const { db, pool, close } = await open(dataDir)
  await assertKeyAtHand(pool, { dataDir })
  const sealed = { privateKey: new Uint8Array(1), sealedBy: '12345678' }
  await db.signingKey.create({ data: { id: 'k', publicKey: '{}', createdAt: new Date(), ...sealed } })
  await expect(assertKeyAtHand(pool, { dataDir })).rejects.toThrow(MasterKeyError)
  await expect(assertKeyAtHand(pool, { dataDir })).rejects.toThrow('12345678')
  await assertKeyAtHand(pool, { dataDir, fromEnvironment: '0f'.repeat(32) })
  await close()
  expect(existsSync(path.join(dataDir, 'master.key'))).toBe(false)
})

test('a file in the place of the data directory is one line with what to do', TIMEOUT, async () => {
  const file = path.join(temporaryDirectory(), 'data')
  writeFileSync(file, '')
  expect(await refusedServer({ LATCHKEY_DATA_DIR: file })).toEqual({
    code: 1,
    errors: `Latchkey cannot start: ${file} is a file and no directory: move it away, or choose another LATCHKEY_DATA_DIR.\n`,
  })
})

test('a start that is refused for the first password leaves no master key behind', TIMEOUT, async () => {
  const dataDir = path.join(temporaryDirectory(), 'data')
  const refused = await refusedServer({
    LATCHKEY_DATA_DIR: dataDir,
    LATCHKEY_ROOT_PASSWORD: 'Password1!',
  })
  expect(refused).toEqual({
    code: 1,
    errors: expect.stringMatching(/^Latchkey cannot start: LATCHKEY_ROOT_PASSWORD .*\n$/),
  })
  expect(existsSync(path.join(dataDir, 'master.key'))).toBe(false)
})

const neverPause = () => Promise.reject(new Error('waited'))

test('a lock file that is not whole and that nobody has touched for long is taken over at once', async () => {
  const file = path.join(temporaryDirectory(), 'pg.lock')
  writeFileSync(file, '')
  const past = new Date(Date.now() - 60_000)
  utimesSync(file, past, past)
  const lines: string[] = []
  const lock = await lockDirectory(file, {
    pause: neverPause,
    log: { info() {}, warn: (_details, line) => void lines.push(line) },
  })
  lock.release()
  expect(lines).toEqual([expect.stringContaining('taken over')])
})

test('a restore that was interrupted is no first start', TIMEOUT, async () => {
  const dataDir = path.join(temporaryDirectory(), 'data')
  mkdirSync(path.join(dataDir, 'pg.restoring'), { recursive: true, mode: 0o700 })
  await expect(open(dataDir)).rejects.toThrow('a restore was interrupted')
})
