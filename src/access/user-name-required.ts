/** The request leaves out whom it is about, and the caller is nobody that IAM could put in its place. */
export class UserNameRequired extends Error {
  override readonly name = 'UserNameRequired'
  readonly code = 'ValidationError'
  readonly httpStatus = 400

  constructor() {
    super('Must specify userName when calling with non-User credentials')
  }
}
