import SpaceBetween from '@cloudscape-design/components/space-between'
import { AccessKeysSection } from '../../access-keys/access-keys-section.tsx'
import { RotationSection } from '../../key-rotation/rotation-section.tsx'
import { useMessages } from '../../language/language.ts'
import { MfaDevicesSection } from '../../mfa-devices/mfa-devices-section.tsx'
import { PageFrame } from '../../page-frame/page-frame.tsx'
import type { KeyHolder } from '../../public-keys/public-key-kind.ts'
import { SigningCertificatesSection } from '../../public-keys/signing-certificates-section.tsx'
import { SshPublicKeysSection } from '../../public-keys/ssh-public-keys-section.tsx'
import { ServiceCredentialsSection } from '../../service-credentials/service-credentials-section.tsx'
import { useIdentity } from '../../session/session-store.ts'
import { SessionsSection } from '../../sessions/sessions-section.tsx'
import { HOME } from './home.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { PasswordSection } from './password-section.tsx'
import { RootEmailSection } from './root-email-section.tsx'

/** What the person who is signed in signs in with. Needs no permission to look at other users. */
export function Component() {
  const messages = useMessages({ en, ko })
  const { userName, arn, sessionName } = useIdentity()
  if (sessionName !== null)
    return (
      <PageFrame title={messages.title} description={messages.ofSession}>
        {null}
      </PageFrame>
    )
  return (
    <PageFrame title={messages.title} description={userName === null ? messages.ofRoot : messages.of(userName)}>
      <SpaceBetween size="l">
        <AccessKeysSection owner={null} createHref={`${HOME}/create-access-key`} />
        <RotationSection href={`${HOME}/rotate-access-key`} />
        <MfaDevicesSection owner={null} />
        {userName === null && <RootEmailSection />}
        <PasswordSection ofRoot={userName === null} />
        {userName !== null && <CredentialsOfUsers owner={{ name: userName, arn }} />}
        <SessionsSection />
      </SpaceBetween>
    </PageFrame>
  )
}

/** What only IAM users have. */
function CredentialsOfUsers({ owner }: { readonly owner: KeyHolder }) {
  return (
    <>
      <ServiceCredentialsSection user={owner} />
      <SshPublicKeysSection owner={owner} />
      <SigningCertificatesSection owner={owner} />
    </>
  )
}
