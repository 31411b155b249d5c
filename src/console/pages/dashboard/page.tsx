import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import { useMessages } from '../../language/language.ts'
import { useFormat } from '../../language/use-format.ts'
import { AppLink } from '../../links/app-link.tsx'
import { useIdentity } from '../../session/session-store.ts'
import { PageFrame } from '../../shell/page-frame.tsx'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

export function Component() {
  const messages = useMessages({ en, ko })
  const format = useFormat()
  const { arn, accountId, userName, mfaAuthenticatedAt, sessionExpiresAt } = useIdentity()
  return (
    <PageFrame title={messages.title}>
      <Container header={<Header variant="h2">{messages.you}</Header>}>
        <KeyValuePairs
          columns={3}
          items={[
            { label: messages.user, value: userName ?? messages.root },
            { label: messages.account, value: accountId },
            { label: 'ARN', value: <span className="breaking-text">{arn}</span> },
            { label: messages.mfa, value: mfaAuthenticatedAt ? format.dateTime(mfaAuthenticatedAt) : messages.noMfa },
            { label: messages.sessionEnds, value: sessionExpiresAt ? format.dateTime(sessionExpiresAt) : '-' },
            {
              label: messages.credentials,
              value: <AppLink href="/security-credentials">{messages.manage}</AppLink>,
            },
          ]}
        />
      </Container>
    </PageFrame>
  )
}
