import Button from '@cloudscape-design/components/button'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import Table from '@cloudscape-design/components/table'
import { request } from '../../api/request.ts'
import { useAction } from '../../api/use-action.ts'
import { useQuery } from '../../api/use-query.ts'
import { ErrorAlert } from '../../errors/error-alert.tsx'
import { useMessages } from '../../language/language.ts'
import { useFormat } from '../../language/use-format.ts'
import { useNotify } from '../../shell/notifications.tsx'
import { RevokeSessionDocument, SessionsDocument, type SessionsQuery } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

type Session = SessionsQuery['viewer']['sessions'][number]

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
      <Table
        header={
          <Header variant="h2" description={messages.sessionsDescription}>
            {messages.sessions}
          </Header>
        }
        wrapLines
        enableKeyboardNavigation
        loading={loading && data === null}
        items={data?.viewer.sessions ?? []}
        trackBy="sessionId"
        columnDefinitions={[
          { id: 'from', header: messages.from, cell: ({ sourceIp }) => sourceIp ?? messages.unknown },
          {
            id: 'browser',
            header: messages.browser,
            cell: ({ userAgent }) => userAgent ?? messages.unknown,
            width: 320,
          },
          { id: 'began', header: messages.began, cell: ({ issuedAt }) => format.dateTime(issuedAt) },
          {
            id: 'with',
            header: messages.signedInWith,
            cell: ({ accessKeyId }) => accessKeyId ?? messages.withPassword,
          },
          { id: 'ends', header: messages.ends, cell: ({ expiresAt }) => format.dateTime(expiresAt) },
          {
            id: 'mfa',
            header: messages.mfa,
            cell: ({ mfaAuthenticatedAt }) => (mfaAuthenticatedAt === null ? messages.withoutMfa : messages.withMfa),
          },
          { id: 'end', header: messages.signOut, cell: end, minWidth: 150 },
        ]}
      />
    </SpaceBetween>
  )
}
