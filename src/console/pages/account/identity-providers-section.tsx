import Header from '@cloudscape-design/components/header'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import Table from '@cloudscape-design/components/table'
import { useCan } from '../../access/use-can.ts'
import { useQuery } from '../../api/use-query.ts'
import { ErrorAlert } from '../../errors/error-alert.tsx'
import { useMessages } from '../../language/language.ts'
import { useFormat } from '../../language/use-format.ts'
import { useIdentity } from '../../session/session-store.ts'
import { Copyable } from '../../texts/copyable.tsx'
import { IdentityProvidersDocument } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

/** Who may vouch for people and programs that have no user here. */
export function IdentityProvidersSection() {
  const messages = useMessages({ en, ko })
  const format = useFormat()
  const { accountId } = useIdentity()
  const [list, details] = useCan([
    { action: 'iam:ListOpenIDConnectProviders', resource: '*' },
    { action: 'iam:GetOpenIDConnectProvider', resource: `arn:aws:iam::${accountId}:oidc-provider/*` },
  ])
  const { data, error, loading, reload } = useQuery(
    IdentityProvidersDocument,
    list?.allowed ? { withDetails: details?.allowed ?? false } : null,
  )
  const missing = list?.disabledReason
  return (
    <>
      {error && <ErrorAlert error={error} onRetry={reload} />}
      <Table
        header={
          <Header variant="h2" description={messages.providersDescription}>
            {messages.providersTitle}
          </Header>
        }
        wrapLines
        enableKeyboardNavigation
        loading={list?.allowed === true && loading && data === null}
        empty={missing === undefined ? messages.noProviders : <StatusIndicator type="info">{missing}</StatusIndicator>}
        items={data?.openIdConnectProviders ?? []}
        trackBy="arn"
        columnDefinitions={[
          { id: 'url', header: messages.url, cell: ({ url }) => url, isRowHeader: true },
          { id: 'arn', header: 'ARN', cell: ({ arn }) => <Copyable text={arn} /> },
          { id: 'audiences', header: messages.audiences, cell: ({ clientIds }) => clientIds?.join(', ') ?? '-' },
          {
            id: 'since',
            header: messages.since,
            cell: ({ createdAt }) => (createdAt ? format.dateTime(createdAt) : '-'),
          },
        ]}
      />
    </>
  )
}
