import { createHash, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { loadMasterKey } from '../../src/store/master-key.ts'
import { openDatabase } from '../../src/store/open.ts'
import { createSecretBox } from '../../src/store/secret-box.ts'
import { loadSigningKeys } from '../../src/store/signing-keys.ts'
import { seedAccount } from '../support/seed-account.ts'
import { latchkey } from '../support/run-command.ts'
import { testServices } from '../support/services.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'

const SILENT = { info() {}, warn() {} }
/** Several starts, perhaps on a busy machine. */
const PATIENCE_MS = 240_000

const [OLD, NEW] = [randomBytes(32), randomBytes(32)]
const idOf = (key: Buffer) => createHash('sha256').update(key).digest('hex').slice(0, 8)
const textOf = (...keys: Buffer[]) => keys.map((key) => key.toString('base64')).join()

test('rotate-keys moves an embedded database to a new master key and a new signing key', {
  timeout: PATIENCE_MS,
}, async () => {
  const dataDir = temporaryDirectory()
  const run = (masterKey: string, ...args: string[]) =>
    latchkey(['rotate-keys', ...args], { LATCHKEY_DATA_DIR: dataDir, LATCHKEY_MASTER_KEY: masterKey })

  const database = await openDatabase({ dataDir, log: SILENT })
  const ring = loadMasterKey({ fromEnvironment: textOf(OLD), dataDir }).deriveKeys('secrets')
  const services = testServices({ db: database.db, secrets: createSecretBox(ring, randomBytes) })
  const account = await seedAccount(services)
  await account.createTestUser({ name: 'alice', accessKeys: 2 })
  await loadSigningKeys(services)
  const busy = await run(textOf(NEW, OLD))
  expect([busy.code, busy.out]).toEqual([1, ''])
  expect(busy.err).toMatch(
    /^latchkey rotate-keys: The data directory .* is in use by process \d+ .*\nThe embedded database belongs to one process: stop the server first\. On PostgreSQL it may run on\.\n$/,
  )
  await database.close()

  expect((await run(textOf(NEW))).err).toContain(`The database holds secrets under master key ${idOf(OLD)}`)
  const before = await run(textOf(NEW, OLD), '--status')
  expect([before.code, before.err]).toEqual([0, ''])
  expect(before.out).toContain('No gateway has been heard of for a minute.\n')
  const rotated = await run(textOf(NEW, OLD))
  expect([rotated.code, rotated.err]).toEqual([0, ''])
  expect(rotated.out).toMatch(
    new RegExp(
      `^Encrypted anew under master key ${idOf(NEW)}: access keys 2, MFA seeds 0, keys of recovery codes 0, keys of server certificates 0, signing keys 1, keys of token issuers 0\\.\n` +
        'The other master keys are needed for 36 hours more: until then there are temporary credentials under them\\.\n' +
        'Published signing key [\\w-]{43}; it signs from \\d{4}-.*Z\\. Tokens of the key before stay valid until they expire\\.\n$',
    ),
  )
  const without = await run(textOf(NEW), '--secrets')
  expect([without.code, without.out]).toEqual([
    0,
    `Encrypted anew under master key ${idOf(NEW)}: access keys 0, MFA seeds 0, keys of recovery codes 0, keys of server certificates 0, signing keys 0, keys of token issuers 0.\n`,
  ])
  const after = (await run(textOf(NEW), '--status')).out
  expect(after).toMatch(
    new RegExp(`^Master key ${idOf(OLD)}: not known here, .*, given up 20.*, stored under it: nothing$`, 'm'),
  )
  expect(after).toMatch(
    new RegExp(`^Master key ${idOf(NEW)}: in front here, .*, stored under it: access keys 2, signing keys 2$`, 'm'),
  )
  const revoked = await run(textOf(NEW), '--revoke-now')
  expect([revoked.code, revoked.err]).toEqual([0, ''])
  expect(revoked.out).toMatch(
    /^Revoked signing keys: [\w-]{43}, [\w-]{43}\. All that they signed is refused from the next request on; [\w-]{43} signs now\.\n$/,
  )
})
