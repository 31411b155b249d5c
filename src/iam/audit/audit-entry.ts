import type { Prisma } from '../../generated/prisma/client.ts'

/** What was asked, for the reader of the trail. Never a secret, seed, code or password. */
export type AuditDetail = Readonly<Record<string, string | number | boolean | readonly string[] | null>>

/** An event that is to be written. */
export type AuditEntry = Omit<Prisma.AuditEventCreateManyInput, 'id' | 'at'>

/** Counts events that are too many to be written one by one. None is lost without a trace: what is written later says how many. */
export interface Tally {
  /** Counts one event, or several that differ in nothing. Its detail and its decision are not kept. Never throws. */
  count(entry: AuditEntry, times?: number): void
}
