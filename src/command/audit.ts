import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Exported, exportEvents } from '../iam/audit/export-events.ts'
import { retainEvents } from '../iam/audit/retain-events.ts'
import { RefusedError, type Surroundings, UsageError } from './command.ts'
import { onDatabase } from './on-database.ts'

interface Wanted {
  readonly account: string
  readonly since: string | undefined
  readonly until: string | undefined
}

/** Writes the trail of an account as lines of JSON. A reader that stops reading has not got all of it: that is an error. */
export async function exportTrail({ account, since, until }: Wanted, around: Surroundings): Promise<void> {
  const exported: Exported = { accountId: account, since: moment(since), until: moment(until) }
  await onDatabase(around, async ({ db }) => {
    const found = await db.account.findUnique({ where: { id: account }, select: { id: true } })
    if (found === null) throw new RefusedError(`There is no account ${account}.`)
    try {
      await pipeline(Readable.from(exportEvents({ db }, exported)), around.out, { end: false })
    } catch (error) {
      if (!isBrokenPipe(error)) throw error
      throw new RefusedError('What read the export stopped reading before its end: what it has is a part of the trail.')
    }
  })
}

/** Deletes what is older than so many days; at least one: a slip of the finger must not delete everything. */
export async function retainTrail({ days }: { readonly days: string }, around: Surroundings): Promise<void> {
  if (!/^[1-9]\d{0,4}$/.test(days)) throw new UsageError(`--days ${days} is not a whole number from 1 to 99999`)
  await onDatabase(around, async ({ db }) => {
    const deleted = await retainEvents({ db, clock: () => new Date() }, Number(days))
    around.out.write(`Deleted ${deleted} events older than ${days} days.\n`)
  })
}

function moment(text: string | undefined): Date | null {
  if (text === undefined) return null
  const date = new Date(text)
  if (Number.isNaN(date.getTime())) throw new UsageError(`${text} is no ISO 8601 time`)
  return date
}

function isBrokenPipe(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === 'EPIPE' || code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ERR_STREAM_DESTROYED'
}
