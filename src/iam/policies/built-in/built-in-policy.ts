/** A managed policy that every account has from the start, `arn:aws:iam::aws:policy<path><name>`. */
export interface BuiltInPolicy {
  /** `ANPA` and 17 characters of base32: the same in every account and for ever. */
  readonly id: string
  readonly name: string
  /** Where AWS has its policies of this name; `/` when left out. It never changes. */
  readonly path?: string
  readonly description: string
  /** A text that differs from that of a release needs a higher number; gateways of several releases may run side by side. */
  readonly version: number
  /** The text as it is stored and shown. */
  readonly document: string
}

/** The text of a document with these statements. */
export function documentOf(statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2)
}
