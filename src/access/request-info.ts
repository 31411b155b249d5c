/** Where a request came from, for audit and for condition keys. */
export interface RequestInfo {
  /** UUID; on every answer as `x-amzn-RequestId` and in every error. */
  readonly id: string
  /** The client's address as far as a trusted proxy vouches for it. */
  readonly sourceIp: string | null
  readonly userAgent: string | null
  readonly referer: string | null
  readonly secureTransport: boolean
  /** Where what it has of the database is counted; nowhere when absent. */
  readonly cost?: RequestCost
}

export interface RequestCost {
  /** Asks the database: what is sent before the first wait is the request's. */
  readonly charge: <T>(ask: () => T) => T
  /** A statement, or a wait for a connection, is under way until what is returned is called. */
  readonly begin: (what: 'statement' | 'connection') => () => void
  /** A change waited so many milliseconds for its turn. */
  readonly waited: (milliseconds: number) => void
}
