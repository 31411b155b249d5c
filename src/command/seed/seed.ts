import { randomBytes } from 'node:crypto'
import { hashPassword } from '../../authn/password/index.ts'
import type { Config } from '../../config.ts'
import { BUILT_IN_POLICIES } from '../../iam/policies/built-in/index.ts'
import { ensureAccount } from '../../store/bootstrap.ts'
import { joinGateways } from '../../store/gateways.ts'
import type { Database } from '../../store/open.ts'
import type { KeyRing } from '../../store/secret-box.ts'
import { RefusedError, type Surroundings } from '../command.ts'
import { memberOf, onDatabase, openKeys } from '../on-database.ts'
import { servicesOfCommand } from '../root-call.ts'
import { POLICIES, USERS } from './demonstration-company.ts'
import { OLDEST, type Seeded, SeedRefused, seedCompany } from './seed-company.ts'

const DAY = 24 * 60 * 60 * 1000

/** Fills the demonstration company into the first account of the database, which it makes when there is none, and prints how to sign in. */
export async function seed(around: Surroundings): Promise<void> {
  await onDatabase(around, async (database, config) => {
    const ring = await openKeys(database, config)
    const member = await joinGateways({ ...memberOf(database, ring), kind: 'seed' })
    try {
      await fill(database, config, ring, around)
    } finally {
      await member.leave()
    }
  })
}

async function fill({ db, pool }: Database, config: Config, ring: KeyRing, around: Surroundings): Promise<void> {
  const services = servicesOfCommand({ db }, ring)
  // An account that this run makes is older than what happens in it.
  const longAgo = new Date(Date.now() - (OLDEST + 1) * DAY)
  const { rootEmail, rootPassword, accountId } = config
  const given = { rootEmail, rootPassword, accountId, hashPassword, builtInPolicies: BUILT_IN_POLICIES }
  const account = await ensureAccount({ db, random: randomBytes, clock: () => longAgo, ...given })
  const seeded = await seedCompany({ services, pool, accountId: account.accountId }).catch((error: unknown) => {
    throw error instanceof SeedRefused ? new RefusedError(`Nothing was seeded: ${error.message}`) : error
  })
  around.out.write(summary(account, seeded))
}

interface AccountFacts {
  readonly accountId: string
  readonly rootEmail: string
  readonly generatedPassword: string | null
}

function summary({ accountId, rootEmail, generatedPassword }: AccountFacts, seeded: Seeded): string {
  const users = USERS.map(({ name, path, attached, keys }) => [
    name,
    path,
    keys.map((key) => (key.deactivatedDaysAgo === undefined ? `${key.madeDaysAgo} d` : 'inactive')).join(', ') || '-',
    attached.join(', ') || '-',
    seeded.passwords.get(name) ?? '-',
  ])
  const { accessKey, mfaDevice } = seeded
  const lines = [
    `Account ${accountId} has ${USERS.length} users and ${POLICIES.length} policies.`,
    '',
    ...table([['USER', 'PATH', 'KEYS', 'POLICIES', 'PASSWORD'], ...users]),
    '',
    'Passwords and secrets are shown this once. Start the server (npm start), open its address and sign in at the top right:',
    '',
    ...table([
      ['Account', accountId],
      ['User name', 'olivia'],
      ['Password', seeded.passwords.get('olivia') ?? ''],
    ]),
    '',
    ...table([
      ['Root user', rootEmail],
      ...(generatedPassword === null
        ? []
        : [['Its password', `${generatedPassword}, which has to be changed at the first sign-in`]]),
      [`Key of ${accessKey.userName}`, `${accessKey.accessKeyId} ${accessKey.secretAccessKey}`],
      ['MFA device', `${mfaDevice.serialNumber}, not enabled for anybody; its seed is`],
      ['', mfaDevice.seed],
    ]),
    '',
  ]
  return lines.map((line) => `${line.trimEnd()}\n`).join('')
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_cell, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`)
}
