import Header from '@cloudscape-design/components/header'
import Table from '@cloudscape-design/components/table'
import { useMessages } from '../../language/language.ts'
import { useFormat } from '../../language/use-format.ts'
import { AppLink } from '../../links/app-link.tsx'
import { LongText } from '../../texts/long-text.tsx'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import type { Overview } from './use-overview.ts'

interface SignaturesSectionProps {
  readonly signatures: NonNullable<Overview['signatures']>
}

/** With which keys somebody signs wrongly, and from where: a program with an old secret, or somebody who guesses. */
export function SignaturesSection({ signatures }: SignaturesSectionProps) {
  const messages = useMessages({ en, ko })
  const format = useFormat()
  return (
    <Table
      header={
        <Header variant="h2" description={messages.signaturesHint}>
          {messages.signatures}
        </Header>
      }
      wrapLines
      items={signatures}
      trackBy={({ accessKeyId, sourceIp }) => `${accessKeyId} ${sourceIp}`}
      ariaLabels={{ tableLabel: messages.signatures }}
      columnDefinitions={[
        {
          id: 'key',
          header: messages.accessKey,
          isRowHeader: true,
          minWidth: 200,
          cell: ({ accessKeyId }) =>
            accessKeyId === null ? (
              messages.several
            ) : (
              <AppLink href={`/audit?accessKeyId=${encodeURIComponent(accessKeyId)}&last=86400`}>{accessKeyId}</AppLink>
            ),
        },
        {
          id: 'user',
          header: messages.user,
          minWidth: 150,
          cell: ({ ownerArn }) => (ownerArn === null ? '-' : <LongText text={ownerArn} />),
        },
        {
          id: 'address',
          header: messages.address,
          minWidth: 120,
          cell: ({ sourceIp }) => sourceIp ?? messages.several,
        },
        { id: 'count', header: messages.attempts, minWidth: 90, cell: ({ count }) => count },
        { id: 'last', header: messages.lastAttempt, minWidth: 150, cell: ({ lastAt }) => format.dateTime(lastAt) },
      ]}
    />
  )
}
