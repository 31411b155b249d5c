/** Where a request came from, for audit and for condition keys. */
export interface RequestInfo {
  /** UUID; on every answer as `x-amzn-RequestId` and in every error. */
  readonly id: string
  /** The client's address as far as a trusted proxy vouches for it. */
  readonly sourceIp: string | null
  readonly userAgent: string | null
  readonly referer: string | null
  readonly secureTransport: boolean
}
