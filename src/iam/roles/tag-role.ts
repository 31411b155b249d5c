import { tagging } from '../tags/tagging.ts'
import { findRole } from './find-role.ts'

/** Tags of a role, by name: keys are the same without regard to case. */
export const [tagRole, untagRole] = tagging({
  kind: 'role',
  parameter: 'roleName',
  named: (roleName) => ({ roleName }),
  find: findRole,
  keyOf: ({ id }) => id,
})
