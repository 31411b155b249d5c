import { tagging } from '../tags/tagging.ts'
import { findInstanceProfile } from './find-instance-profile.ts'

/** Tags of an instance profile, by name: keys that differ in case are two. */
export const [tagInstanceProfile, untagInstanceProfile] = tagging({
  kind: 'instance-profile',
  parameter: 'instanceProfileName',
  named: (instanceProfileName) => ({ instanceProfileName }),
  find: findInstanceProfile,
  keyOf: ({ id }) => id,
})
