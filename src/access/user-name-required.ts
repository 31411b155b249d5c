import { CodedError } from '../errors/index.ts'

export const USER_NAME_REQUIRED = 'Must specify userName when calling with non-User credentials'

/** The request names no user, and the caller is not a user that IAM could take instead. */
export class UserNameRequired extends CodedError {
  override readonly name = 'UserNameRequired'

  constructor() {
    super('ValidationError', USER_NAME_REQUIRED)
  }
}
