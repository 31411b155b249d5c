import type { Prisma } from '../generated/prisma/client.ts'

/** What was asked, for the reader of the trail. Never a secret, seed, code or password. */
export type AuditDetail = Readonly<Record<string, string | number | boolean | readonly string[] | null>>

/** An event that is to be written. */
export type AuditEntry = Omit<Prisma.AuditEventCreateManyInput, 'id' | 'at'>

/** An event as it stands in the table. */
export type AuditRow = AuditEntry & { readonly id: string; readonly at: Date }

/** Takes events that are not written while their caller waits: too many to be written one by one, or telling by the time that it takes. */
export interface Tally {
  /** Counts one event, or several that differ in nothing. Its detail and its decision are not kept. Never throws. */
  count(entry: AuditEntry, times?: number): void
  /** Writes one event by itself, within about a second; counts it when too many wait for that. Never throws. */
  note(entry: AuditEntry): void
}
