import type { Play } from '../stage.ts'
import { accessKeysByAws, accessKeysByGraphql } from './access-keys.ts'
import { accountByAws, accountByGraphql } from './account.ts'
import { denials } from './denials.ts'
import { groupsByAws, groupsByGraphql } from './groups.ts'
import { heldPoliciesByAws, heldPoliciesByGraphql } from './held-policies.ts'
import { identityProvidersByAws, identityProvidersByGraphql } from './identity-providers.ts'
import { instanceProfilesByAws, instanceProfilesByGraphql } from './instance-profiles.ts'
import { mfaDevicesByAws, mfaDevicesByGraphql } from './mfa-devices.ts'
import { outboundFederationByAws, outboundFederationByGraphql } from './outbound-federation.ts'
import { passwordsByAws, passwordsByGraphql } from './passwords.ts'
import { policiesByAws, policiesByGraphql } from './policies.ts'
import { protocolOfAws, protocolOfGraphql } from './protocol.ts'
import { rolesByAws, rolesByGraphql } from './roles.ts'
import { samlProvidersByAws, samlProvidersByGraphql } from './saml-providers.ts'
import { serverCertificatesByAws, serverCertificatesByGraphql } from './server-certificates.ts'
import { serviceAccessByAws, serviceAccessByGraphql } from './service-access.ts'
import { serviceCredentialsByAws, serviceCredentialsByGraphql } from './service-credentials.ts'
import { serviceLinkedRolesByAws, serviceLinkedRolesByGraphql } from './service-linked-roles.ts'
import { sessionsByAws, sessionsByGraphql } from './sessions.ts'
import { signingCertificatesByAws, signingCertificatesByGraphql } from './signing-certificates.ts'
import { simulationByAws, simulationByGraphql } from './simulation.ts'
import { sshPublicKeysByAws, sshPublicKeysByGraphql } from './ssh-public-keys.ts'
import { usersByAws, usersByGraphql } from './users.ts'

/** By the path of the recording. */
export const SCENARIOS: Readonly<Record<string, Play>> = {
  'graphql/access-keys': accessKeysByGraphql,
  'graphql/account': accountByGraphql,
  'graphql/groups': groupsByGraphql,
  'graphql/held-policies': heldPoliciesByGraphql,
  'graphql/identity-providers': identityProvidersByGraphql,
  'graphql/instance-profiles': instanceProfilesByGraphql,
  'graphql/mfa-devices': mfaDevicesByGraphql,
  'graphql/outbound-federation': outboundFederationByGraphql,
  'graphql/passwords': passwordsByGraphql,
  'graphql/policies': policiesByGraphql,
  'graphql/protocol': protocolOfGraphql,
  'graphql/roles': rolesByGraphql,
  'graphql/saml-providers': samlProvidersByGraphql,
  'graphql/server-certificates': serverCertificatesByGraphql,
  'graphql/service-access': serviceAccessByGraphql,
  'graphql/service-credentials': serviceCredentialsByGraphql,
  'graphql/service-linked-roles': serviceLinkedRolesByGraphql,
  'graphql/sessions': sessionsByGraphql,
  'graphql/signing-certificates': signingCertificatesByGraphql,
  'graphql/simulation': simulationByGraphql,
  'graphql/ssh-public-keys': sshPublicKeysByGraphql,
  'graphql/users': usersByGraphql,
  denials,
  'aws/access-keys': accessKeysByAws,
  'aws/account': accountByAws,
  'aws/groups': groupsByAws,
  'aws/held-policies': heldPoliciesByAws,
  'aws/identity-providers': identityProvidersByAws,
  'aws/instance-profiles': instanceProfilesByAws,
  'aws/mfa-devices': mfaDevicesByAws,
  'aws/outbound-federation': outboundFederationByAws,
  'aws/passwords': passwordsByAws,
  'aws/policies': policiesByAws,
  'aws/protocol': protocolOfAws,
  'aws/roles': rolesByAws,
  'aws/saml-providers': samlProvidersByAws,
  'aws/server-certificates': serverCertificatesByAws,
  'aws/service-access': serviceAccessByAws,
  'aws/service-credentials': serviceCredentialsByAws,
  'aws/service-linked-roles': serviceLinkedRolesByAws,
  'aws/sessions': sessionsByAws,
  'aws/signing-certificates': signingCertificatesByAws,
  'aws/simulation': simulationByAws,
  'aws/ssh-public-keys': sshPublicKeysByAws,
  'aws/users': usersByAws,
}
