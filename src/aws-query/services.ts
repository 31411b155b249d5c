import type { Service } from './operation.ts'
import { ACCESS_KEYS } from './operations/access-keys.ts'
import { ACCOUNT } from './operations/account.ts'
import { GROUPS } from './operations/groups.ts'
import { HELD_POLICIES } from './operations/held-policies.ts'
import { LOGIN_PROFILES } from './operations/login-profiles.ts'
import { MFA_DEVICES } from './operations/mfa-devices.ts'
import { OIDC_PROVIDERS } from './operations/oidc-providers.ts'
import { POLICIES } from './operations/policies.ts'
import { REPORTS } from './operations/reports.ts'
import { ROLES } from './operations/roles.ts'
import { SIMULATION } from './operations/simulation.ts'
import { STS } from './operations/sts.ts'
import { USERS } from './operations/users.ts'

/** What is served, as data. */
export const SERVICES: readonly Service[] = [
  {
    name: 'iam',
    version: '2010-05-08',
    namespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
    operations: [
      ...USERS,
      ...ACCESS_KEYS,
      ...LOGIN_PROFILES,
      ...GROUPS,
      ...POLICIES,
      ...HELD_POLICIES,
      ...ROLES,
      ...MFA_DEVICES,
      ...OIDC_PROVIDERS,
      ...ACCOUNT,
      ...REPORTS,
      ...SIMULATION,
    ],
  },
  { name: 'sts', version: '2011-06-15', namespace: 'https://sts.amazonaws.com/doc/2011-06-15/', operations: STS },
]
