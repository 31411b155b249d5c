import SpaceBetween from '@cloudscape-design/components/space-between'
import { AccessKeysSection } from '../../../access-keys/access-keys-section.tsx'
import { RotationSection } from '../../../key-rotation/rotation-section.tsx'
import { MfaDevicesSection } from '../../../mfa-devices/mfa-devices-section.tsx'
import { ServiceCredentialsSection } from '../../../service-credentials/service-credentials-section.tsx'
import { SigningCertificatesSection } from '../../../public-keys/signing-certificates-section.tsx'
import { SshPublicKeysSection } from '../../../public-keys/ssh-public-keys-section.tsx'
import { UserSessionsSection } from '../../../sessions/user-sessions-section.tsx'
import { userKeyHref } from '../addresses.ts'
import { PasswordSection } from './password-section.tsx'
import type { UserProps } from './user.ts'

/** What the user signs in with, and signs requests with. */
export function CredentialsTab({ user }: UserProps) {
  return (
    <SpaceBetween size="l">
      <PasswordSection user={user} />
      <UserSessionsSection user={user} />
      <MfaDevicesSection owner={user} />
      <AccessKeysSection owner={user} createHref={userKeyHref(user.name, 'create-access-key')} />
      <ServiceCredentialsSection user={user} />
      <RotationSection href={userKeyHref(user.name, 'rotate-access-key')} />
      <SshPublicKeysSection owner={user} />
      <SigningCertificatesSection owner={user} />
    </SpaceBetween>
  )
}
