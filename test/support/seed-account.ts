import type { AccessKey, User } from '../../src/generated/prisma/client.ts'
import type { Services } from '../../src/iam/call.ts'
import { newAccessKeyId, newSecretAccessKey, uniqueId } from '../../src/iam/identifiers.ts'

export interface SeedOptions {
  readonly accountId?: string
  readonly rootEmail?: string
  readonly alias?: string
}

export interface TestUserOptions {
  readonly name: string
  readonly path?: string
  readonly tags?: Readonly<Record<string, string>>
  /** Inline policies: name to document. */
  readonly policies?: Readonly<Record<string, object | string>>
  /** Ids of managed policies. */
  readonly attached?: readonly string[]
  readonly boundary?: string
  /** How many active access keys; one when left out. */
  readonly accessKeys?: number
  /** Already hashed. */
  readonly passwordHash?: string
}

/** A key with the secret that the database only has encrypted. */
export type TestAccessKey = AccessKey & { readonly secretAccessKey: string }

export type TestUser = User & { readonly arn: string; readonly accessKeys: readonly TestAccessKey[] }

export interface TestPolicyOptions {
  readonly name: string
  readonly path?: string
  readonly document: object | string
}

export interface SeededAccount {
  readonly accountId: string
  readonly root: User
  createTestUser(options: TestUserOptions): Promise<TestUser>
  /** A managed policy with one version; returns its id and ARN. */
  createTestPolicy(options: TestPolicyOptions): Promise<{ readonly id: string; readonly arn: string }>
  createTestAccessKey(userId: string, changes?: { readonly status?: 'ACTIVE' | 'INACTIVE' }): Promise<TestAccessKey>
}

/** An account with its root row, written past the operations, and functions that write more of it. */
export async function seedAccount(services: Services, options: SeedOptions = {}): Promise<SeededAccount> {
  const { db, clock, random, secrets } = services
  const { accountId = '123456789012', rootEmail = `root@${accountId}.example`, alias } = options
  await db.account.create({ data: { id: accountId, alias, createdAt: clock() } })
  const root = await db.user.create({
    data: {
      accountId,
      id: accountId,
      root: true,
      name: '<root_account>',
      nameKey: '<root_account>',
      email: rootEmail,
      createdAt: clock(),
    },
  })

  const createTestAccessKey: SeededAccount['createTestAccessKey'] = async (userId, { status = 'ACTIVE' } = {}) => {
    const id = newAccessKeyId('AKIA', accountId, random)
    const secretAccessKey = newSecretAccessKey(random)
    const { ciphertext, keyId } = secrets.seal(Buffer.from(secretAccessKey), `access-key:${accountId}:${id}`)
    const row = await db.accessKey.create({
      data: { accountId, id, userId, status, secret: ciphertext, secretKeyId: keyId, createdAt: clock() },
    })
    return { ...row, secretAccessKey }
  }

  return {
    accountId,
    root,
    createTestAccessKey,

    async createTestUser({ name, path = '/', tags = {}, policies = {}, attached = [], ...rest }) {
      const user = await db.user.create({
        data: {
          accountId,
          id: uniqueId('AIDA', random),
          name,
          nameKey: name.toLowerCase(),
          path,
          createdAt: clock(),
          boundaryPolicyId: rest.boundary,
        },
      })
      const owner = { accountId, userId: user.id }
      await db.userTag.createMany({
        data: Object.entries(tags).map(([key, value]) => ({ ...owner, key, keyFold: key.toLowerCase(), value })),
      })
      await db.userPolicy.createMany({
        data: Object.entries(policies).map(([policyName, document]) => ({
          ...owner,
          name: policyName,
          nameKey: policyName.toLowerCase(),
          document: textOf(document),
          updatedAt: clock(),
        })),
      })
      await db.userPolicyAttachment.createMany({
        data: attached.map((policyId) => ({ ...owner, policyId, attachedAt: clock() })),
      })
      if (rest.passwordHash !== undefined) {
        await db.loginProfile.create({
          data: { ...owner, passwordHash: rest.passwordHash, createdAt: clock(), passwordChangedAt: clock() },
        })
      }
      const accessKeys: TestAccessKey[] = []
      for (let n = rest.accessKeys ?? 1; n > 0; n--) accessKeys.push(await createTestAccessKey(user.id))
      return { ...user, arn: `arn:aws:iam::${accountId}:user${path}${name}`, accessKeys }
    },

    async createTestPolicy({ name, path = '/', document }) {
      const id = uniqueId('ANPA', random)
      const at = { createdAt: clock() }
      await db.policy.create({
        data: {
          accountId,
          id,
          name,
          nameKey: name.toLowerCase(),
          path,
          ...at,
          updatedAt: clock(),
          versions: { create: { number: 1, document: textOf(document), ...at } },
        },
      })
      return { id, arn: `arn:aws:iam::${accountId}:policy${path}${name}` }
    },
  }
}

function textOf(document: object | string): string {
  return typeof document === 'string' ? document : JSON.stringify(document)
}
