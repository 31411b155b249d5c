import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMessages } from '../../language/language.ts'
import { PageFrame } from '../../page-frame/page-frame.tsx'
import { ServerCertificatesSection } from '../../server-certificates/server-certificates-section.tsx'
import { useIdentity } from '../../session/session-store.ts'
import { AliasSection } from './alias-section.tsx'
import { IdentityProvidersSection } from './identity-providers-section.tsx'
import { SamlProvidersSection } from './saml-providers-section.tsx'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { PasswordPolicySection } from './password-policy-section.tsx'
import { SummarySection } from './summary-section.tsx'
import { TokenIssuerSection } from './token-issuer-section.tsx'

export function Component() {
  const messages = useMessages({ en, ko })
  const { accountId } = useIdentity()
  return (
    <PageFrame title={messages.title} description={messages.description(accountId)}>
      <SpaceBetween size="l">
        <AliasSection />
        <PasswordPolicySection />
        <IdentityProvidersSection />
        <SamlProvidersSection />
        <TokenIssuerSection />
        <ServerCertificatesSection />
        <SummarySection />
      </SpaceBetween>
    </PageFrame>
  )
}
