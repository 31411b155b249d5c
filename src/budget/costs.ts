/** How much of one cost a caller may use at once, and how much of it comes back in a second. */
export interface Allowance {
  readonly capacity: number
  readonly perSecond: number
}

/**
 * What a caller can make the server do, beyond what every request costs. Each has a bucket per payer; sizes are chosen so that no
 * program that does its work meets them, and a full bucket that is emptied at once keeps one core busy for some seconds, in pieces.
 */
export const COSTS = {
  /** Bytes of policy documents that are parsed, checked or simulated on request. */
  policyBytes: { capacity: 2_000_000, perSecond: 100_000 },
  /** Decisions that are asked for or explained on request: `can`, `mayBeAllowed`, the simulators, the details of `decision`. */
  decisions: { capacity: 5_000, perSecond: 500 },
  /** Bytes of audit events, decision records and reports that requests cause to be written beside what changes cause. */
  recordBytes: { capacity: 2_000_000, perSecond: 50_000 },
  /** Events of what was refused to somebody unknown that are written one by one: from one address, and of one account. */
  strangerEvents: { capacity: 100, perSecond: 0.1 },
  accountStrangerEvents: { capacity: 500, perSecond: 0.5 },
  /** Signatures with one key from one network that may be wrong. */
  wrongSignatures: { capacity: 20, perSecond: 0.1 },
  /** Signatures from one address with keys that do not exist or are not active. */
  unknownKeys: { capacity: 200, perSecond: 5 },
  /** Documents of accounts' token issuers that are read from the database for one address. */
  issuerDocuments: { capacity: 200, perSecond: 5 },
  /**
   * Access keys that are created or activated; what revokes a key is free. Those who use AWS's SDKs do not wait for `Retry-After`
   * but give up after three to five attempts, so the first thousands must fit: `LATCHKEY_KEY_CHANGES_PER_MINUTE`.
   */
  keyChanges: { capacity: 3_000, perSecond: 50 },
  /** Rows that lists are asked for: `first` of a list times that of the lists around it. What a report looks up is counted in them. */
  rows: { capacity: 100_000, perSecond: 10_000 },
} as const satisfies Readonly<Record<string, Allowance>>

export type Cost = keyof typeof COSTS

export const COST_NAMES: readonly Cost[] = Object.keys(COSTS).filter((name): name is Cost => name in COSTS)
