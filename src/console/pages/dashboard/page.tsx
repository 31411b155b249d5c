import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMessages } from '../../language/language.ts'
import { useFormat } from '../../language/use-format.ts'
import { later } from '../../later/later.tsx'
import { AppLink } from '../../links/app-link.tsx'
import { PageFrame } from '../../page-frame/page-frame.tsx'
import { useIdentity } from '../../session/session-store.ts'
import { Copyable } from '../../texts/copyable.tsx'
import { AttentionSection } from './attention-section.tsx'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { SignaturesSection } from './signatures-section.tsx'
import { type Overview, useOverview } from './use-overview.ts'

const Pictures = later(async () => (await import('./pictures.tsx')).Pictures)

export function Component() {
  const messages = useMessages({ en, ko })
  const format = useFormat()
  const overview = useOverview()
  const { account, signatures } = overview
  const { arn, accountId, userName, sessionName, mfaAuthenticatedAt, sessionExpiresAt } = useIdentity()
  return (
    <PageFrame title={messages.title}>
      <SpaceBetween size="l">
        <AttentionSection overview={overview} />
        {signatures !== null && signatures.length > 0 && <SignaturesSection signatures={signatures} />}
        <Pictures overview={overview} />
        <Container header={<Header variant="h2">{messages.you}</Header>}>
          <KeyValuePairs
            columns={3}
            items={[
              { label: messages.user, value: sessionName ?? userName ?? messages.root },
              { label: messages.account, value: accountId },
              { label: 'ARN', value: <Copyable text={arn} /> },
              { label: messages.mfa, value: mfaAuthenticatedAt ? format.dateTime(mfaAuthenticatedAt) : messages.noMfa },
              { label: messages.sessionEnds, value: sessionExpiresAt ? format.dateTime(sessionExpiresAt) : '-' },
              {
                label: messages.credentials,
                value: <AppLink href="/security-credentials">{messages.manage}</AppLink>,
              },
            ]}
          />
        </Container>
        {account && <Contents account={account} />}
      </SpaceBetween>
    </PageFrame>
  )
}

const CONTENTS = ['users', 'groups', 'roles', 'policies'] as const

function Contents({ account: { summary } }: { readonly account: NonNullable<Overview['account']> }) {
  const messages = useMessages({ en, ko })
  return (
    <Container header={<Header variant="h2">{messages.contents}</Header>}>
      <KeyValuePairs
        columns={4}
        items={CONTENTS.map((name) => ({
          label: messages[name],
          value: <Box variant="awsui-value-large">{summary[name]}</Box>,
        }))}
      />
    </Container>
  )
}
