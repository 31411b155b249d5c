import { CodedError } from '../errors/index.ts'

export const USER_NAME_REQUIRED = 'Must specify userName when calling with non-User credentials'

/** The request leaves out whom it is about, and the caller is nobody that IAM could put in its place. */
export class UserNameRequired extends CodedError {
  override readonly name = 'UserNameRequired'

  constructor() {
    super('ValidationError', USER_NAME_REQUIRED)
  }
}
