/**
 * A policy text that IAM refuses. `message` is IAM's own text; `path` (`$.Statement[0].Action`), `line` and `column`
 * (both from 1) name the place, which IAM leaves to the caller's patience.
 */
export class MalformedPolicyDocument extends Error {
  readonly code = 'MalformedPolicyDocument'
  readonly path: string
  readonly line: number
  readonly column: number

  constructor(message: string, path: string, line: number, column: number) {
    super(message)
    this.name = 'MalformedPolicyDocument'
    this.path = path
    this.line = line
    this.column = column
  }
}
