import { expect, test } from 'vitest'
import { verifyPassword } from '../../../src/authn/password/index.ts'
import { openDatabase } from '../../../src/store/open.ts'
import { seedAccount } from '../../support/seed-account.ts'
import { latchkey } from '../../support/run-command.ts'
import { testServices } from '../../support/services.ts'
import { temporaryDirectory } from '../../support/temporary-directory.ts'

const ACCOUNT = '123456789012'
const SILENT = { info() {}, warn() {} }
/** Several starts, perhaps on a busy machine. */
const PATIENCE_MS = 180_000

test('reset-root and recover-user refuse beside a running server, print a password once, and say what is wrong in a line', {
  timeout: PATIENCE_MS,
}, async () => {
  const dataDir = temporaryDirectory()
  const run = (...args: string[]) => latchkey(args, { LATCHKEY_DATA_DIR: dataDir })
  const database = await openDatabase({ dataDir, log: SILENT })
  const account = await seedAccount(testServices({ db: database.db }), { accountId: ACCOUNT })
  const alice = await account.createTestUser({ name: 'alice' })
  const busy = await run('reset-root', '--account', ACCOUNT)
  expect([busy.code, busy.out]).toEqual([1, ''])
  expect(busy.err).toMatch(/ is in use by process \d+ .*\n.*stop the server first\..*\n$/)
  await database.close()

  const root = await run('reset-root', '--account', ACCOUNT, '--password', '--mfa')
  expect([root.code, root.err]).toEqual([0, ''])
  expect(root.out).toMatch(
    /^All sessions of arn:aws:iam::123456789012:root are ended; it signs in as root@123456789012\.example\.\nMFA devices deleted: there were none\.\nPassword, shown this once, to be changed at the first sign-in: \S{24}\n$/,
  )
  const user = await run('recover-user', '--account', ACCOUNT, '--user', 'Alice')
  expect(user.out).toContain('Access keys that are active and stay so: 1.')

  const again = await openDatabase({ dataDir, log: SILENT })
  const stored = await again.db.loginProfile.findMany({ select: { userId: true, passwordHash: true } })
  const printed = { [ACCOUNT]: passwordIn(root.out), [alice.id]: passwordIn(user.out) }
  expect(stored.map(({ userId }) => userId).toSorted()).toEqual(Object.keys(printed).toSorted())
  for (const { userId, passwordHash } of stored)
    expect(await verifyPassword(passwordHash, printed[userId] ?? '', null)).toBe(true)
  await again.close()
})

function passwordIn(printed: string): string {
  return /first sign-in: (\S{24})\n/.exec(printed)?.[1] ?? ''
}
