import type { SignatureAttempt, SignatureLimits } from '../../authn/signature-limits.ts'
import { BoundedCache } from '../../authn/bounded-cache.ts'
import { addressGroup, type Budgets, networkGroup, OverBudget } from '../../budget/index.ts'
import type { AuditEntry, Tally } from '../audit-entry.ts'
import { WRONG_SIGNATURE } from '../audit/event-tally.ts'

/** Addresses of which it is remembered that the log has named them. */
const NAMED = 1_000
const NAMED_FOR_MS = 60_000

interface LimitsLog {
  warn(details: object, message: string): void
}

/**
 * Bounds wrong signatures by key and network: 20, and one more every ten seconds. A key alone is never limited, since whoever knows its
 * id could lock its programs out. While there are too many, signatures with that key from there are not compared, right ones neither:
 * otherwise a guesser would learn from the answer which guess was right. A program behind the same address waits for some seconds.
 *
 * The network is an IPv4 address or the /48 of an IPv6 address: one customer is commonly given 256 to 65,536 networks of /64, and would
 * have as many counters.
 *
 * Wrong signatures are counted for the trail of the key's account, where whoever looks after it finds them.
 */
export function createSignatureLimits({
  budgets,
  tally,
  log,
  now,
}: {
  readonly budgets: Budgets
  readonly tally: Tally
  readonly log: LimitsLog
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number
}): SignatureLimits {
  const named = new BoundedCache<string, number>(NAMED)

  return {
    admit(attempt) {
      const { accessKeyId, sourceIp } = attempt
      const budget = budgets.of({ kind: 'key', id: `${accessKeyId} ${networkGroup(sourceIp)}` })
      try {
        budget.draw('wrongSignatures', 1)
      } catch (error) {
        if (error instanceof OverBudget) tally.count(entryOf(attempt, error.code))
        throw error
      }
      return (right) => {
        if (right) budget.giveBack('wrongSignatures', 1)
        else tally.count(entryOf(attempt, 'SignatureDoesNotMatch'))
      }
    },

    unknownKey(sourceIp) {
      const address = addressGroup(sourceIp)
      try {
        budgets.of({ kind: 'address', id: address }).draw('unknownKeys', 1)
      } catch (error) {
        const at = now()
        if (at - (named.get(address) ?? -NAMED_FOR_MS) >= NAMED_FOR_MS) {
          named.set(address, at)
          log.warn({ address }, 'many signatures with unknown or inactive keys')
        }
        throw error
      }
    },
  }
}

/** Nobody is blamed for a signature that is wrong: whose key it claims is the resource. */
function entryOf({ accountId, accessKeyId, ownerArn, sourceIp }: SignatureAttempt, errorCode: string): AuditEntry {
  return {
    accountId,
    requestId: '-',
    principalArn: 'anonymous',
    principalId: 'anonymous',
    accessKeyId,
    sourceIp,
    action: WRONG_SIGNATURE,
    resource: ownerArn,
    result: 'FAILURE',
    errorCode,
  }
}
