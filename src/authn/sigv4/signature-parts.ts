/** What a client states about its signature, still as text. */
export interface SignatureParts {
  credential: string
  signedHeaders: string
  signature: string
  /** `X-Amz-Date`, or `Date` where that is absent. */
  date: string
  sessionToken: string | undefined
}

export const algorithm = 'AWS4-HMAC-SHA256'
