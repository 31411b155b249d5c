import SpaceBetween from '@cloudscape-design/components/space-between'
import { useNavigate } from 'react-router'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import { AccessKeysSection } from '../../../access-keys/access-keys-section.tsx'
import { useMessages } from '../../../language/language.ts'
import { userKeyHref } from '../addresses.ts'
import { MfaSection } from './mfa-section.tsx'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { PasswordSection } from './password-section.tsx'
import type { UserProps } from './user.ts'

/** What the user signs in with, and signs requests with. */
export function CredentialsTab({ user }: UserProps) {
  const messages = useMessages({ en, ko })
  const navigate = useNavigate()
  return (
    <SpaceBetween size="l">
      <PasswordSection user={user} />
      <MfaSection user={user} />
      <AccessKeysSection owner={user} createHref={userKeyHref(user.name, 'create-access-key')} />
      <Container
        header={
          <Header
            variant="h2"
            description={messages.rotationDescription}
            actions={
              <Button
                disabled={user.accessKeyQuota.used === 0}
                disabledReason={messages.nothingToRotate}
                onClick={() => void navigate(userKeyHref(user.name, 'rotate-access-key'))}
              >
                {messages.rotate}
              </Button>
            }
          >
            {messages.rotation}
          </Header>
        }
      />
    </SpaceBetween>
  )
}
