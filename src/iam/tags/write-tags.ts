import { Prisma } from '../../generated/prisma/client.ts'
import type { Tx } from '../call.ts'
import { checkQuota, type QuotaName } from '../quotas.ts'
import { foldTagKey, type TagInput } from './tag-rules.ts'

/** The row that tags hang on. */
interface Tagged {
  readonly accountId: string
  readonly id: string
}

/** The tags of one thing. */
export interface TagRows {
  readonly quota: QuotaName
  /** Adds tags or replaces those that have the same keys. Answers how many there are then. */
  write(tags: readonly TagInput[]): Promise<number>
  /** Takes tags away; keys that are not there are ignored. */
  remove(keys: readonly string[]): Promise<unknown>
}

/**
 * Adds tags or replaces those that have the same keys; the new spelling stays. The tags must have been checked. Throws
 * LimitExceeded when the thing would have too many.
 */
export async function writeTags(rows: TagRows, tags: readonly TagInput[]): Promise<void> {
  if (tags.length > 0) checkQuota(rows.quota, await rows.write(tags))
}

/** Tags of a user: keys are the same without regard to case. */
export function tagsOfUser(tx: Tx, { accountId, id: userId }: Tagged): TagRows {
  return {
    quota: 'TagsPerUser',
    write: (tags) => writeFolded(tx, { table: 'user_tag', column: 'user_id', accountId, owner: userId }, tags),
    remove: (keys) => tx.userTag.deleteMany({ where: { accountId, userId, keyFold: { in: keys.map(foldTagKey) } } }),
  }
}

/** Tags of a role: keys are the same without regard to case. */
export function tagsOfRole(tx: Tx, { accountId, id: roleId }: Tagged): TagRows {
  return {
    quota: 'TagsPerRole',
    write: (tags) => writeFolded(tx, { table: 'role_tag', column: 'role_id', accountId, owner: roleId }, tags),
    remove: (keys) => tx.roleTag.deleteMany({ where: { accountId, roleId, keyFold: { in: keys.map(foldTagKey) } } }),
  }
}

/** Tags of an instance profile: keys that differ in case are two. */
export function tagsOfInstanceProfile(tx: Tx, { accountId, id: profileId }: Tagged): TagRows {
  return {
    quota: 'TagsPerInstanceProfile',
    write: (tags) =>
      writeExact(tx, { table: 'instance_profile_tag', column: 'profile_id', accountId, owner: profileId }, tags),
    remove: (keys) => tx.instanceProfileTag.deleteMany({ where: { accountId, profileId, key: { in: [...keys] } } }),
  }
}

/** Tags of a managed policy: keys that differ in case are two. */
export function tagsOfPolicy(tx: Tx, { accountId, id: policyId }: Tagged): TagRows {
  return {
    quota: 'TagsPerPolicy',
    write: (tags) => writeExact(tx, { table: 'policy_tag', column: 'policy_id', accountId, owner: policyId }, tags),
    remove: (keys) => tx.policyTag.deleteMany({ where: { accountId, policyId, key: { in: [...keys] } } }),
  }
}

/** Tags of a virtual MFA device: keys that differ in case are two. */
export function tagsOfMfaDevice(tx: Tx, { accountId, id: deviceId }: Tagged): TagRows {
  return {
    quota: 'TagsPerMFADevice',
    write: (tags) => writeExact(tx, { table: 'mfa_device_tag', column: 'device_id', accountId, owner: deviceId }, tags),
    remove: (keys) => tx.mfaDeviceTag.deleteMany({ where: { accountId, deviceId, key: { in: [...keys] } } }),
  }
}

/** Tags of an identity provider: keys that differ in case are two. */
export function tagsOfOidcProvider(tx: Tx, { accountId, url }: { accountId: string; url: string }): TagRows {
  return {
    quota: 'TagsPerOpenIdConnectProvider',
    write: (tags) =>
      writeExact(tx, { table: 'oidc_provider_tag', column: 'provider_url', accountId, owner: url }, tags),
    remove: (keys) => tx.oidcProviderTag.deleteMany({ where: { accountId, providerUrl: url, key: { in: [...keys] } } }),
  }
}

/** The table of tags and the entity that they belong to. Tables and columns are written above, never taken from a request. */
interface Place {
  readonly table: string
  /** Names the owner, beside the account. */
  readonly column: string
  readonly accountId: string
  readonly owner: string
}

/** Rows with the key in the form in which keys are compared beside the one that was written. */
function writeFolded(tx: Tx, place: Place, tags: readonly TagInput[]): Promise<number> {
  const rows = tags.map(({ key, value }) => ({ key_fold: foldTagKey(key), key, value }))
  return writeRows(tx, place, rows, Prisma.raw('key_fold'), Prisma.raw('key_fold, key, value'))
}

function writeExact(tx: Tx, place: Place, tags: readonly TagInput[]): Promise<number> {
  const rows = tags.map(({ key, value }) => ({ key, value }))
  return writeRows(tx, place, rows, Prisma.raw('key'), Prisma.raw('key, value'))
}

/** One statement, because others wait for the end of the change. It counts what was there before, and leaves out what it replaces. */
async function writeRows(
  tx: Tx,
  { table, column, accountId, owner }: Place,
  rows: readonly object[],
  compared: Prisma.Sql,
  columns: Prisma.Sql,
): Promise<number> {
  const [into, named] = [Prisma.raw(table), Prisma.raw(column)]
  const [found] = await tx.$queryRaw<{ others: bigint }[]>`
    with given as (
      select * from json_to_recordset(${JSON.stringify(rows)}::json) as g (key_fold text, key text, value text)),
    written as (
      insert into ${into} (account_id, ${named}, ${columns}) select ${accountId}, ${owner}, ${columns} from given
      on conflict (account_id, ${named}, ${compared}) do update set key = excluded.key, value = excluded.value)
    select count(*) as others from ${into}
    where account_id = ${accountId} and ${named} = ${owner} and ${compared} not in (select ${compared} from given)`
  return Number(found?.others ?? 0n) + rows.length
}
