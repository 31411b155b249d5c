import type { Service } from './operation.ts'
import { ACCESS_KEYS } from './operations/access-keys.ts'
import { STS } from './operations/sts.ts'
import { USERS } from './operations/users.ts'
import { USER_POLICIES } from './operations/user-policies.ts'
import { POLICIES } from './operations/policies.ts'

/** What is served, as data. */
export const SERVICES: readonly Service[] = [
  {
    name: 'iam',
    version: '2010-05-08',
    namespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
    operations: [...USERS, ...ACCESS_KEYS, ...USER_POLICIES, ...POLICIES],
  },
  { name: 'sts', version: '2011-06-15', namespace: 'https://sts.amazonaws.com/doc/2011-06-15/', operations: STS },
]
