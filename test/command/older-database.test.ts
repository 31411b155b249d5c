import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readMigrations } from '../../src/store/migrations-folder.ts'
import { openDatabase } from '../../src/store/open.ts'
import { createScratchDatabase } from '../durability/scratch-postgresql.ts'
import { latchkey } from '../support/run-command.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'

const POSTGRESQL = process.env.TEST_DATABASE_URL
const SILENT = { info() {}, warn() {} }
/** Among them one that makes a table with sealed secrets. */
const LACKING = readMigrations().filter(({ name }) => name >= '20261130')

test('what an older version left is backed up and looked at as it is, and migrated only by who is asked to', {
  timeout: 240_000,
}, async () => {
  const folder = temporaryDirectory()
  const dataDir = path.join(folder, 'data')
  const scratch = POSTGRESQL === undefined ? null : await createScratchDatabase(POSTGRESQL, 'older')
  onTestFinished(async () => scratch?.drop())
  const env = { LATCHKEY_DATA_DIR: dataDir, LATCHKEY_MASTER_KEY: '0f'.repeat(32), DATABASE_URL: scratch?.url ?? '' }
  const where = { databaseUrl: scratch?.url ?? null, dataDir, log: SILENT }
  const older = readMigrations().filter((migration) => !LACKING.some(({ name }) => name === migration.name))
  await (await openDatabase({ ...where, migrations: older })).close()
  const names = LACKING.map(({ name }) => name).join(', ')

  const archive = path.join(folder, 'backup.tar.gz')
  expect(await latchkey(['backup', '--to', archive], env)).toMatchObject({ code: 0, err: '' })
  const examined = await latchkey(['doctor', '--json'], env)
  expect([examined.code, JSON.parse(examined.out).findings]).toEqual([
    0,
    expect.arrayContaining([
      expect.objectContaining({ check: 'migrations', level: 'warning', message: `Not applied: ${names}.` }),
    ]),
  ])
  const account = ['--account', '123456789012']
  const COMMANDS = [
    ['rotate-keys', '--status'],
    ['audit export', ...account],
    ['audit retain', '--days', '400'],
    ['reset-root', ...account],
    ['create-account', '--email', 'root@example.com'],
  ]
  for (const [name = '', ...options] of COMMANDS)
    expect(await latchkey([...name.split(' '), ...options], env)).toEqual({
      code: 1,
      out: '',
      err: `latchkey ${name}: The database is of an older version and lacks ${names}: take a backup, then run latchkey migrate, or start a server of this version.\n`,
    })
  expect(await latchkey(['migrate', 'status'], env)).toMatchObject({ code: 1, out: `Not applied: ${names}.\n` })
  expect(await latchkey(['migrate'], env)).toMatchObject({ code: 0, out: `Applied: ${names}.\n` })
  expect(await latchkey(['rotate-keys', '--status'], env)).toMatchObject({ code: 0, err: '' })
})
