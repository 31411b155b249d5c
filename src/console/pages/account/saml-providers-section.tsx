import Header from '@cloudscape-design/components/header'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import Table from '@cloudscape-design/components/table'
import { useCan } from '../../access/use-can.ts'
import { useQuery } from '../../api/use-query.ts'
import { ErrorAlert } from '../../errors/error-alert.tsx'
import { useMessages } from '../../language/language.ts'
import { useFormat } from '../../language/use-format.ts'
import { Copyable } from '../../texts/copyable.tsx'
import { SamlProvidersDocument } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

/** Who may vouch for people by assertions of SAML, and until when their metadata are good. */
export function SamlProvidersSection() {
  const messages = useMessages({ en, ko })
  const format = useFormat()
  const [list] = useCan([{ action: 'iam:ListSAMLProviders', resource: '*' }])
  const { data, error, loading, reload } = useQuery(SamlProvidersDocument, list?.allowed ? {} : null)
  const missing = list?.disabledReason
  const moment = (text: string | null | undefined) => (text ? format.dateTime(text) : '-')
  return (
    <>
      {error && <ErrorAlert error={error} onRetry={reload} />}
      <Table
        header={
          <Header variant="h2" description={messages.samlProvidersDescription}>
            {messages.samlProvidersTitle}
          </Header>
        }
        wrapLines
        enableKeyboardNavigation
        loading={list?.allowed === true && loading && data === null}
        empty={
          missing === undefined ? messages.noSamlProviders : <StatusIndicator type="info">{missing}</StatusIndicator>
        }
        items={data?.samlProviders ?? []}
        trackBy="arn"
        columnDefinitions={[
          { id: 'name', header: messages.samlProviderName, cell: ({ name }) => name, isRowHeader: true },
          { id: 'arn', header: 'ARN', cell: ({ arn }) => <Copyable text={arn} /> },
          { id: 'until', header: messages.metadataUntil, cell: ({ validUntil }) => moment(validUntil) },
          { id: 'since', header: messages.since, cell: ({ createdAt }) => moment(createdAt) },
        ]}
      />
    </>
  )
}
