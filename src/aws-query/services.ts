import type { GraphQLSchema } from 'graphql'
import { operationsOf } from './derived.ts'
import type { Service, WrittenService } from './operation.ts'
import { ACCESS_KEYS } from './operations/access-keys.ts'
import { ACCOUNT } from './operations/account.ts'
import { GROUPS } from './operations/groups.ts'
import { HELD_POLICIES } from './operations/held-policies.ts'
import { INSTANCE_PROFILES } from './operations/instance-profiles.ts'
import { LOGIN_PROFILES } from './operations/login-profiles.ts'
import { MFA_DEVICES } from './operations/mfa-devices.ts'
import { OIDC_PROVIDERS } from './operations/oidc-providers.ts'
import { OUTBOUND_FEDERATION } from './operations/outbound-federation.ts'
import { POLICIES } from './operations/policies.ts'
import { REPORTS } from './operations/reports.ts'
import { ROLES } from './operations/roles.ts'
import { SAML_PROVIDERS } from './operations/saml-providers.ts'
import { SERVER_CERTIFICATES } from './operations/server-certificates.ts'
import { SERVICE_ACCESS } from './operations/service-access.ts'
import { SERVICE_CREDENTIALS } from './operations/service-credentials.ts'
import { SERVICE_LINKED_ROLES } from './operations/service-linked-roles.ts'
import { SIGNING_CERTIFICATES } from './operations/signing-certificates.ts'
import { SIMULATION } from './operations/simulation.ts'
import { SSH_PUBLIC_KEYS } from './operations/ssh-public-keys.ts'
import { STS } from './operations/sts.ts'
import { USERS } from './operations/users.ts'

/** What is served as it is written down: the rest follows from the declarations of the schema. */
const WRITTEN: readonly WrittenService[] = [
  {
    name: 'iam',
    version: '2010-05-08',
    namespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
    rows: [
      ...USERS,
      ...ACCESS_KEYS,
      ...SSH_PUBLIC_KEYS,
      ...SIGNING_CERTIFICATES,
      ...LOGIN_PROFILES,
      ...SERVICE_CREDENTIALS,
      ...GROUPS,
      ...POLICIES,
      ...HELD_POLICIES,
      ...ROLES,
      ...SERVICE_LINKED_ROLES,
      ...INSTANCE_PROFILES,
      ...SERVER_CERTIFICATES,
      ...MFA_DEVICES,
      ...OIDC_PROVIDERS,
      ...OUTBOUND_FEDERATION,
      ...SAML_PROVIDERS,
      ...ACCOUNT,
      ...REPORTS,
      ...SERVICE_ACCESS,
      ...SIMULATION,
    ],
  },
  { name: 'sts', version: '2011-06-15', namespace: 'https://sts.amazonaws.com/doc/2011-06-15/', rows: STS },
]

/** What is served, as data: every action that is in the tables or that a mutation of the schema carries out under its name. */
export function servicesOf(schema: GraphQLSchema): readonly Service[] {
  return WRITTEN.map(({ rows, ...service }) => ({ ...service, operations: operationsOf(service.name, rows, schema) }))
}
