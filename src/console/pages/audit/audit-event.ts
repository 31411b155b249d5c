import type { EventFieldsFragment } from './documents.generated.ts'

/** An event with all that the page shows of it. */
export type AuditEvent = EventFieldsFragment
