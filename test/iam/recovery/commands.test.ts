import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { expect, test } from 'vitest'
import { verifyPassword } from '../../../src/authn/password/index.ts'
import { openDatabase } from '../../../src/store/open.ts'
import { seedAccount } from '../../support/seed-account.ts'
import { testServices } from '../../support/services.ts'
import { temporaryDirectory } from '../../support/temporary-directory.ts'

const ROOT = path.join(import.meta.dirname, '../../..')
const ACCOUNT = '123456789012'
const SILENT = { info() {}, warn() {} }
/** Several starts, perhaps on a busy machine. */
const PATIENCE_MS = 180_000

test('reset-root and recover-user refuse beside a running server, print a password once, and say what is wrong in a line', {
  timeout: PATIENCE_MS,
}, async () => {
  const dataDir = temporaryDirectory()
  const env = { ...process.env, LATCHKEY_DATA_DIR: dataDir, DATABASE_URL: '' }
  const run = (script: string, ...args: string[]) => {
    const command = ['--import', 'tsx', path.join(ROOT, 'scripts', `${script}.ts`), ...args]
    return spawnSync(process.execPath, command, { cwd: ROOT, env, encoding: 'utf8' })
  }
  const database = await openDatabase({ dataDir, log: SILENT })
  const account = await seedAccount(testServices({ db: database.db }), { accountId: ACCOUNT })
  const alice = await account.createTestUser({ name: 'alice' })
  const busy = run('reset-root', '--account', ACCOUNT)
  expect([busy.status, busy.stdout]).toEqual([1, ''])
  expect(busy.stderr).toMatch(/ is in use by process \d+ .*\n.*stop the server first\..*\n$/)
  await database.close()

  const usage = 'usage: npm run recover-user -- --account <12 digits> --user <name> [--password] [--mfa]\n'
  expect(run('recover-user', '--account', ACCOUNT)).toMatchObject({ status: 2, stdout: '', stderr: usage })
  expect(run('reset-root', '--account', ACCOUNT, '--user', 'alice').status).toBe(2)

  const root = run('reset-root', '--account', ACCOUNT, '--password', '--mfa')
  expect([root.status, root.stderr]).toEqual([0, ''])
  expect(root.stdout).toMatch(
    /^All sessions of arn:aws:iam::123456789012:root are ended; it signs in as root@123456789012\.example\.\nMFA devices deleted: there were none\.\nPassword, shown this once, to be changed at the first sign-in: \S{24}\n$/,
  )
  const user = run('recover-user', '--account', ACCOUNT, '--user', 'Alice')
  expect(user.stdout).toContain('Access keys that are active and stay so: 1.')

  const again = await openDatabase({ dataDir, log: SILENT })
  const stored = await again.db.loginProfile.findMany({ select: { userId: true, passwordHash: true } })
  const printed = { [ACCOUNT]: passwordIn(root.stdout), [alice.id]: passwordIn(user.stdout) }
  expect(stored.map(({ userId }) => userId).toSorted()).toEqual(Object.keys(printed).toSorted())
  for (const { userId, passwordHash } of stored)
    expect(await verifyPassword(passwordHash, printed[userId] ?? '', null)).toBe(true)
  await again.close()
})

function passwordIn(printed: string): string {
  return /first sign-in: (\S{24})\n/.exec(printed)?.[1] ?? ''
}
