import { execFile, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { presentClock } from '../aws-query/clients.ts'
import { toolEnvironment } from '../contract/aws-tools.ts'
import { openWorld } from '../support/world.ts'
import { type Account, type Installation, keyOf, openInstallation } from '../support/installation.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'

const run = promisify(execFile)
const TIMEOUT = { timeout: 300_000 }
const types = spawnSync('aws-nuke', ['resource-types'], { encoding: 'utf8' })
const there = types.status === 0

test('aws-nuke is there, or what needs it is left out', () => {
  if (!there) console.warn('aws-nuke is missing: apt-get install aws-nuke. Its tests are left out.')
})

describe.runIf(there)('aws-nuke', () => {
  let installation: Installation
  let account: Account
  beforeAll(async () => {
    installation = await openInstallation({ clock: presentClock() })
    ;({ account } = await openWorld(installation))
    await account.root('mutation { createAccountAlias(input: { accountAlias: "emptied" }) { __typename } }')
  })
  afterAll(() => installation.stop())

  /** The service without a name is what the program begins with; it has to be the last, for it fits every type. */
  function configuration(): string {
    const services = ['iam', 'sts', '""'].map((name) => `      - { service: ${name}, url: ${installation.url} }`)
    const ofIam = types.stdout.split('\n').filter((type) => type.startsWith('IAM'))
    return `regions: [us-east-1]
account-blocklist: ["999999999999"]
accounts: { "${account.accountId}": {} }
resource-types: { targets: [${ofIam.join(', ')}] }
endpoints:
  - region: us-east-1
    services:
${services.join('\n')}
`
  }

  test('lists all that an account has, and empties it but for what it does not know', TIMEOUT, async () => {
    const { accountId, rootKey } = account
    const { db } = installation
    const where = { accountId }
    // Signing certificates are none of its types, and a user with one is not deleted.
    await db.signingCertificate.deleteMany({ where })
    const file = path.join(temporaryDirectory(), 'nuke.yml')
    writeFileSync(file, configuration())
    const { accessKeyId, secretAccessKey } = keyOf(rootKey)
    const key = ['--access-key-id', accessKeyId, '--secret-access-key', secretAccessKey]
    const forced = ['--no-dry-run', '--force', '--force-sleep', '3', '--default-region', 'us-east-1']
    const { stdout } = await run('aws-nuke', ['--config', file, ...key, ...forced], {
      env: toolEnvironment(keyOf(rootKey)),
    })
    expect(stdout).toMatch(/Nuke complete: 0 failed, 0 skipped, 2\d finished\./)
    const rest = await Promise.all([
      db.user.count({ where: { ...where, root: false } }),
      db.group.count({ where }),
      db.role.count({ where }),
      db.policy.count({ where: { ...where, builtIn: false } }),
      db.instanceProfile.count({ where }),
      db.mfaDevice.count({ where }),
      db.oidcProvider.count({ where }),
      db.samlProvider.count({ where }),
      db.serverCertificate.count({ where }),
      db.serviceSpecificCredential.count({ where }),
      db.sshPublicKey.count({ where }),
    ])
    expect(rest).toEqual(rest.map(() => 0))
  })
})
