import type { DenialReason } from '../../access/access-denied.ts'
import type { AccountRead, Tx } from '../call.ts'
import { IamError } from '../errors.ts'
import type { DecisionContextEntry, DecisionDetails } from './decision-shapes.ts'
import type { RecordedTrace } from './record-decisions.ts'
import { cutMark } from './storable-text.ts'

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Bytes, as stored, from which on a record is not read: one from before records were bounded may be of any size. */
const LARGEST = 64_000
const TOO_LARGE = JSON.stringify({
  message: null,
  mfaRequired: false,
  statements: [],
  missingContextValues: [],
  cut: cutMark('all: too large to be read'),
} satisfies RecordedTrace)

interface DecisionRow {
  readonly id: string
  readonly principal: string
  readonly action: string
  readonly resource: string
  readonly effect: 'ALLOW' | 'IMPLICIT_DENY' | 'EXPLICIT_DENY'
  /** Of an allowed one: what allowed it. */
  readonly reason: string
  readonly context: readonly DecisionContextEntry[]
  readonly trace: RecordedTrace
}

/** A decision that was recorded, as it was then. */
export interface RecordedDecision extends Omit<DecisionRow, 'context' | 'trace' | 'reason'> {
  /** Null when allowed. */
  readonly reason: DenialReason | null
  readonly message: string | null
  readonly mfaRequired: boolean
  readonly details: DecisionDetails
}

/** A decision that the trail or an error names. Those of other accounts do not exist. Throws NoSuchEntity. */
export async function getDecision(
  { db, principal }: AccountRead,
  { id }: { readonly id: string },
): Promise<RecordedDecision> {
  const decision = await findDecision(db, principal.accountId, id)
  if (decision === null) throw new IamError('NoSuchEntity', 'The decision with this id cannot be found.')
  return decision
}

/** The same; null when there is none. */
export async function findDecision(db: Tx, accountId: string, id: string): Promise<RecordedDecision | null> {
  // What is read back is what recordDecisions wrote: plain data of these shapes.
  const rows = UUID.test(id)
    ? await db.$queryRaw<DecisionRow[]>`
        SELECT id, principal, action, resource, effect, reason,
          CASE WHEN pg_column_size(context) > ${LARGEST} OR pg_column_size(trace) > ${LARGEST} THEN '[]' ELSE context END AS context,
          CASE WHEN pg_column_size(context) > ${LARGEST} OR pg_column_size(trace) > ${LARGEST} THEN ${TOO_LARGE}::jsonb ELSE trace END AS trace
        FROM decision_record WHERE account_id = ${accountId} AND id = ${id.toLowerCase()}`
    : []
  const [row] = rows
  if (row === undefined) return null
  const { context, trace, reason, ...decision } = row
  const { message, mfaRequired, ...looked } = trace
  return {
    ...decision,
    reason: decision.effect === 'ALLOW' ? null : (REASONS.find((one) => one === reason) ?? 'NO_IDENTITY_POLICY'),
    message,
    mfaRequired,
    details: { context, ...looked },
  }
}

const REASONS: readonly DenialReason[] = [
  'NO_IDENTITY_POLICY',
  'IDENTITY_POLICY',
  'PERMISSIONS_BOUNDARY',
  'SESSION_POLICY',
  'RESOURCE_POLICY',
  'ORGANIZATION_POLICY',
]
