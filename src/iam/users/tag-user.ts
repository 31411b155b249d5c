import { tagging } from '../tags/tagging.ts'
import { findUser } from './find-user.ts'

/** Tags of a user, by name: keys are the same without regard to case. */
export const [tagUser, untagUser] = tagging({
  kind: 'user',
  parameter: 'userName',
  named: (userName) => ({ userName }),
  find: findUser,
  keyOf: ({ id }) => id,
})
