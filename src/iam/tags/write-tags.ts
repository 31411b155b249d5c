import { ENTITIES, type TaggedKind } from '../../access/entities.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Tx } from '../call.ts'
import { checkQuota, type QuotaName } from '../quotas.ts'
import { foldTagKey, type TagInput } from './tag-rules.ts'

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

/** The tags of something of a kind that has tags, by the key of its row. */
export function tagsOf(tx: Tx, kind: TaggedKind, accountId: string, owner: string): TagRows {
  const { table, owner: column, quota } = ENTITIES[kind].stored.tags
  const place = { table, column, accountId, owner }
  const folded = ENTITIES[kind].tagKeys === 'case-insensitive'
  return {
    quota,
    write: (tags) => (folded ? writeFolded(tx, place, tags) : writeExact(tx, place, tags)),
    remove: (keys) => removeRows(tx, place, folded ? { key_fold: keys.map(foldTagKey) } : { key: keys }),
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

async function removeRows(
  tx: Tx,
  { table, column, accountId, owner }: Place,
  compared: Readonly<Record<string, readonly string[]>>,
): Promise<number> {
  const [[name, keys] = ['key', []]] = Object.entries(compared)
  return await tx.$executeRaw`
    delete from ${Prisma.raw(table)}
    where account_id = ${accountId} and ${Prisma.raw(column)} = ${owner} and ${Prisma.raw(name)} = any(${[...keys]})`
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
