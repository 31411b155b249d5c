import Button from '@cloudscape-design/components/button'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { request } from '../api/request.ts'
import { useAction } from '../api/use-action.ts'
import { useQuery } from '../api/use-query.ts'
import { ErrorAlert } from '../errors/error-alert.tsx'
import { useMessages } from '../language/language.ts'
import { useFormat } from '../language/use-format.ts'
import { useNotify } from '../page-frame/notifications.tsx'
import { RevokeSessionDocument, SessionsDocument } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { type Session, SessionsTable } from './sessions-table.tsx'

/** Where the person is signed in, each with a way to end it. */
export function SessionsSection() {
  const messages = useMessages({ en, ko })
  const format = useFormat()
  const notify = useNotify()
  const { data, error, loading, reload } = useQuery(SessionsDocument, {})
  const revocation = useAction(async (sessionId: string) => {
    await request(RevokeSessionDocument, { sessionId })
    notify({ type: 'success', content: messages.signedOut })
    reload()
  })
  const end = ({ sessionId, current, sourceIp, issuedAt }: Session) =>
    current ? (
      <StatusIndicator type="success">{messages.here}</StatusIndicator>
    ) : (
      <Button
        ariaLabel={messages.signOutOf(sourceIp ?? messages.unknown, format.dateTime(issuedAt))}
        disabled={revocation.running}
        onClick={() => void revocation.run(sessionId)}
      >
        {messages.signOut}
      </Button>
    )
  return (
    <SpaceBetween size="m">
      {revocation.error && <ErrorAlert error={revocation.error} />}
      {error && <ErrorAlert error={error} onRetry={reload} />}
      <SessionsTable
        header={
          <Header variant="h2" description={messages.sessionsDescription}>
            {messages.sessions}
          </Header>
        }
        loading={loading && data === null}
        sessions={data?.viewer.sessions ?? []}
        endHeader={messages.signOut}
        end={end}
      />
    </SpaceBetween>
  )
}
