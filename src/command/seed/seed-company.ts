import type pg from 'pg'
import { mfaArn, policyArn, userArn } from '../../authn/arn.ts'
import { generatePassword } from '../../authn/password/index.ts'
import { createAccessKey } from '../../iam/access-keys/create-access-key.ts'
import { updateAccessKey } from '../../iam/access-keys/update-access-key.ts'
import type { Call, Services } from '../../iam/call.ts'
import { attachUserPolicy } from '../../iam/held-policies/attached-policies.ts'
import { putUserPolicy } from '../../iam/held-policies/inline-policies.ts'
import { createLoginProfile } from '../../iam/login-profiles/login-profiles.ts'
import { createVirtualMfaDevice } from '../../iam/mfa/create-virtual-mfa-device.ts'
import { createPolicy } from '../../iam/policies/create-policy.ts'
import { createUser } from '../../iam/users/create-user.ts'
import { createLastUsedRecorder } from '../../store/last-used.ts'
import { callOfRoot } from '../root-call.ts'
import type { DemonstrationKey, DemonstrationUser } from './demonstration.ts'
import { POLICIES, SHOWN_CREDENTIALS, UNASSIGNED_DEVICE, USERS } from './demonstration-company.ts'

/** In milliseconds. */
const DAY = 24 * 60 * 60 * 1000
/** How many days ago the company began. */
export const OLDEST = Math.max(...USERS.map(({ joinedDaysAgo }) => joinedDaysAgo)) + 1
const SILENT = { info() {}, warn() {} }

/** The account is not empty. The message is one line for the operator. */
export class SeedRefused extends Error {
  override readonly name = 'SeedRefused'
}

/** What only this run knows: it is stored encrypted or hashed. */
export interface Seeded {
  readonly passwords: ReadonlyMap<string, string>
  readonly accessKey: { readonly userName: string; readonly accessKeyId: string; readonly secretAccessKey: string }
  readonly mfaDevice: { readonly serialNumber: string; readonly seed: string }
}

export interface SeedOptions {
  readonly services: Services
  readonly pool: pg.Pool
  readonly accountId: string
}

/** One operation of the company's history. */
interface Deed {
  readonly daysAgo: number
  readonly action: string
  readonly resource: string
  readonly run: (call: Call) => Promise<unknown>
}

/**
 * Fills the company into an account that has a root user and nobody else. Everything goes through the operations of iam/, as the
 * root user would do it, so that quotas hold and the audit trail is real; only the clock is set back, to make old keys old.
 * Throws SeedRefused.
 */
export async function seedCompany({ services, pool, accountId }: SeedOptions): Promise<Seeded> {
  const users = await services.db.user.count({ where: { accountId, root: false } })
  if (users > 0) {
    const found = users === 1 ? 'a user' : `${users} users`
    throw new SeedRefused(`Account ${accountId} has ${found} already: only an empty account is filled.`)
  }
  const today = services.clock().getTime()
  const lastUsed = createLastUsedRecorder({ pool, log: SILENT, flushEveryMs: DAY })
  const secrets = { passwords: new Map<string, string>(), keys: new Map<string, Seeded['accessKey']>(), mfaSeed: '' }

  function history(): Deed[] {
    const device = { accountId, path: '/', name: UNASSIGNED_DEVICE }
    return [
      ...POLICIES.map(({ name, path, description, statements }) => ({
        daysAgo: OLDEST,
        action: 'iam:CreatePolicy',
        resource: policyArn({ accountId, path, name }),
        run: (call: Call) =>
          createPolicy(call, { policyName: name, path, description, policyDocument: documentOf(statements) }),
      })),
      ...USERS.flatMap(historyOf),
      {
        daysAgo: 1,
        action: 'iam:CreateVirtualMFADevice',
        resource: mfaArn(device),
        run: async (call: Call) => {
          const created = await createVirtualMfaDevice(call, { virtualMfaDeviceName: device.name })
          secrets.mfaSeed = created.base32StringSeed
        },
      },
    ]
  }

  function historyOf({ name: userName, path, joinedDaysAgo: daysAgo, ...user }: DemonstrationUser): Deed[] {
    const joined = { daysAgo, resource: userArn({ accountId, path, name: userName }) }
    const { boundary, inline, password: kind } = user
    const deeds: Deed[] = [
      {
        ...joined,
        action: 'iam:CreateUser',
        run: (call) =>
          createUser(call, {
            userName,
            path,
            tags: Object.entries(user.tags).map(([key, value]) => ({ key, value })),
            permissionsBoundary: boundary === undefined ? null : arnOfPolicy(boundary),
          }),
      },
      ...user.attached.map((policyName) => ({
        ...joined,
        action: 'iam:AttachUserPolicy',
        run: (call: Call) => attachUserPolicy(call, { userName, policyArn: arnOfPolicy(policyName) }),
      })),
    ]
    if (inline !== undefined) {
      const policyDocument = documentOf(inline.statements)
      const run = (call: Call) => putUserPolicy(call, { userName, policyName: inline.name, policyDocument })
      deeds.push({ ...joined, action: 'iam:PutUserPolicy', run })
    }
    if (kind !== undefined) {
      const password = generatePassword(services.random)
      secrets.passwords.set(userName, password)
      const profile = { userName, password, passwordResetRequired: kind === 'to-be-changed' }
      deeds.push({ ...joined, action: 'iam:CreateLoginProfile', run: (call) => createLoginProfile(call, profile) })
    }
    return [...deeds, ...user.keys.flatMap((key) => historyOfKey(userName, joined.resource, key))]
  }

  function historyOfKey(userName: string, resource: string, key: DemonstrationKey): Deed[] {
    let accessKeyId = ''
    const { lastUsed: used, deactivatedDaysAgo } = key
    const made: Deed = {
      daysAgo: key.madeDaysAgo,
      action: 'iam:CreateAccessKey',
      resource,
      run: async (call) => {
        const created = await createAccessKey(call, { userName, description: key.description })
        accessKeyId = created.accessKey.id
        secrets.keys.set(userName, { userName, accessKeyId, secretAccessKey: created.secretAccessKey })
        if (used === undefined) return
        const { operation, sourceIp } = used
        const at = new Date(today - used.daysAgo * DAY)
        lastUsed.recordKey({ accountId, accessKeyId, at, service: 'iam', region: 'us-east-1', operation, sourceIp })
      },
    }
    if (deactivatedDaysAgo === undefined) return [made]
    const run = (call: Call) => updateAccessKey(call, { userName, accessKeyId, status: 'INACTIVE' })
    return [made, { daysAgo: deactivatedDaysAgo, action: 'iam:UpdateAccessKey', resource, run }]
  }

  function arnOfPolicy(name: string): string {
    const path = POLICIES.find((policy) => policy.name === name)?.path ?? '/'
    return policyArn({ accountId, path, name })
  }

  const deeds = history().toSorted((a, b) => b.daysAgo - a.daysAgo)
  for (const [n, { daysAgo, action, resource, run }] of deeds.entries()) {
    // A second apart, so that the trail of a day reads in the order in which things were done.
    const at = new Date(today - daysAgo * DAY + n * 1000)
    await run(await callOfRoot({ ...services, clock: () => at }, accountId, { action, resource, by: 'latchkey seed' }))
  }
  await lastUsed.close()
  return {
    passwords: secrets.passwords,
    accessKey: secrets.keys.get(SHOWN_CREDENTIALS)!,
    mfaDevice: {
      serialNumber: mfaArn({ accountId, path: '/', name: UNASSIGNED_DEVICE }),
      seed: secrets.mfaSeed,
    },
  }
}

function documentOf(statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2)
}
