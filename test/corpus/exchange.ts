/** What an answer says about what was asked: for the coverage of the corpus. */
export interface Subject {
  readonly door: 'graphql' | 'aws'
  /** A root field, `createUser`, or an action, `iam:CreateUser`. */
  readonly name: string
}

/** One request and its answer. */
export interface Exchange {
  readonly caller: string
  /** Null for a request that is about the protocol. */
  readonly subject: Subject | null
  /** What was asked, as a recording shows it. */
  readonly request: string
  readonly status: number
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
  /** Codes of the errors that answered the subject itself; none when it was carried out. */
  readonly codes: readonly string[]
}

/** Of the connection, not of the answer; lengths follow from bodies. */
const OF_THE_CONNECTION = new Set(['connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding'])

export function headersOf(response: Response): readonly (readonly [string, string])[] {
  return [...response.headers].filter(([name]) => !OF_THE_CONNECTION.has(name))
}
