/** A signature that is about to be held against the secret of a key that exists. */
export interface SignatureAttempt {
  readonly accountId: string
  readonly accessKeyId: string
  /** Whose key it is: a user, or a session of a role. */
  readonly ownerArn: string
  readonly sourceIp: string | null
}

/** Bounds how often secrets can be tried at. What it throws reaches the caller as it is. */
export interface SignatureLimits {
  /**
   * Lets one signature be compared, or throws: then nothing is compared, and whoever guesses learns nothing. Answers how to say whether
   * the signature was right.
   */
  admit(attempt: SignatureAttempt): (right: boolean) => void
  /** A request was signed with a key that does not exist or is not active. Throws when there are too many of these. */
  unknownKey(sourceIp: string | null): void
}

/** For programs that guard nothing. */
export const UNLIMITED: SignatureLimits = { admit: () => () => {}, unknownKey: () => {} }
