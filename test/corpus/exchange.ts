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

/** The same body with the errors of a GraphQL answer by their paths: which of several fields is refused first is left to chance. */
export function withErrorsInOrder(body: string): string {
  if (!body.startsWith('{"errors":[')) return body
  const answer: { errors: readonly { readonly path?: readonly unknown[] }[] } = JSON.parse(body)
  if (answer.errors.length < 2 || JSON.stringify(answer) !== body) return body
  const keyed = answer.errors.map((error) => ({ error, path: JSON.stringify(error.path ?? []) }))
  const errors = keyed.toSorted((a, b) => (a.path < b.path ? -1 : Number(a.path > b.path))).map(({ error }) => error)
  return JSON.stringify({ ...answer, errors })
}
