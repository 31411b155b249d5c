import type { Account, House } from '../graphql/open-house.ts'
import { printJson } from './print.ts'

export type Row = Readonly<Record<string, unknown>>

/** What requests wrote about themselves. */
export interface LeftBehind {
  readonly events: readonly Row[]
  readonly decisions: readonly Row[]
}

/** The audit trail and the decision records of an account, oldest first, without what is null. */
export async function leftBehind({ db }: House, account: Account): Promise<LeftBehind> {
  const { accountId } = account
  const events = await account.trail()
  const decisions = await db.decisionRecord.findMany({ where: { accountId }, orderBy: { at: 'asc' } })
  return {
    events: events.map(({ id, ...event }) => given({ event: id, ...event })),
    decisions: decisions
      .map(({ id, context, ...decision }) => ({ ...decision, ...byKey(context), decision: id }))
      // Of one moment there are several, whose ids say nothing about their order.
      .toSorted((a, b) => a.at.getTime() - b.at.getTime() || compare(withoutId(a), withoutId(b))),
  }
}

/** A column for each key of the context, so that only what is not like in most requests is printed. */
function byKey(context: unknown): Row {
  if (!Array.isArray(context)) return { context }
  return Object.fromEntries(
    context.map(({ key, ...rest }: { readonly key: string; readonly values?: unknown }) => [
      `context ${key}`,
      rest.values ?? rest,
    ]),
  )
}

function given(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null))
}

function withoutId(row: { readonly decision: string }): string {
  return printJson({ ...row, decision: null })
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
