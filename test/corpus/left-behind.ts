import type { Account, Installation } from '../support/installation.ts'
import { printJson } from './print.ts'

export type Row = Readonly<Record<string, unknown>>

/** What requests wrote about themselves. */
export interface LeftBehind {
  readonly events: readonly Row[]
  readonly decisions: readonly Row[]
}

/** The audit trail and the decision records of an account, oldest first, without what is null. */
export async function leftBehind({ db }: Installation, account: Account): Promise<LeftBehind> {
  const { accountId } = account
  const events = await account.trail()
  const decisions = await db.decisionRecord.findMany({ where: { accountId }, orderBy: { at: 'asc' } })
  return {
    events: inOrder(events.map(({ id, ...event }) => ({ event: id, ...event }))).map(given),
    decisions: inOrder(
      decisions.map(({ id, context, ...decision }) => ({ ...decision, ...byKey(context), decision: id })),
    ),
  }
}

/** By time; of one request there are several, whose ids only say which of its fields was ready first. */
function inOrder<Of extends Row & { readonly at: Date }>(rows: readonly Of[]): readonly Of[] {
  const keyed = rows.map((row) => ({
    row,
    text: printJson({ ...row, event: null, decision: null, decisionId: null, requestId: null }),
  }))
  return keyed
    .toSorted((a, b) => a.row.at.getTime() - b.row.at.getTime() || compare(a.text, b.text))
    .map(({ row }) => row)
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

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
