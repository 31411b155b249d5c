import { payerOf } from '../../budget/index.ts'
import type { Services } from '../call.ts'
import type { ReadEvent, ReadTrail } from './read-queue.ts'
import { eventOf } from './record.ts'

/** What an event takes beside its resource and user agent, about. */
const EVENT_BYTES = 500

/**
 * Hands the reads of one request to those who record them. Reads that failed are written one by one as long as the caller's budget of
 * bytes lasts, and are counted beyond it: a hundred aliases over one long name cost hardly more than one to send.
 */
export function recordReads(
  { budgets, tally }: Pick<Services, 'budgets' | 'tally'>,
  trail: ReadTrail,
  reads: readonly ReadEvent[],
): Promise<void> | undefined {
  return trail.record(reads.every(succeeded) ? reads : reads.filter((read) => succeeded(read) || isAffordable(read)))

  function isAffordable(read: ReadEvent): boolean {
    const { principal, request, errorCode, decision } = read
    const budget = budgets.of(payerOf(principal, null))
    if (budget.left('recordBytes') <= 0) {
      tally.count({ ...eventOf(read), result: 'FAILURE', errorCode })
      return false
    }
    budget.owe('recordBytes', EVENT_BYTES + decision.resource.length + (request.userAgent?.length ?? 0))
    return true
  }
}

function succeeded({ errorCode }: ReadEvent): boolean {
  return errorCode === null
}
