import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { GuardedButton } from '../access/guarded-button.tsx'
import { useCan } from '../access/use-can.ts'
import { request } from '../api/request.ts'
import { useAction } from '../api/use-action.ts'
import { useFreshQuery } from '../api/use-fresh-query.ts'
import { ActionModal } from '../dialogs/action-modal.tsx'
import { ErrorAlert } from '../errors/error-alert.tsx'
import { useMessages } from '../language/language.ts'
import { useFormat } from '../language/use-format.ts'
import { useNotify } from '../page-frame/notifications.tsx'
import { RevokeUserSessionDocument, RevokeUserSessionsDocument, UserSessionsDocument } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { type Session, SessionsTable } from './sessions-table.tsx'

interface UserSessionsSectionProps {
  readonly user: { readonly name: string; readonly arn: string }
}

/** Where a user is signed in, each with a way to end it, and one for all. */
export function UserSessionsSection({ user: { name: userName, arn } }: UserSessionsSectionProps) {
  const messages = useMessages({ en, ko })
  const format = useFormat()
  const notify = useNotify()
  const [ending, setEnding] = useState(false)
  // A field that is refused would be in the audit trail each time that somebody looks at the page.
  const [mayList] = useCan([{ action: 'latchkey:ListSessions', resource: arn }])
  const needs = [{ action: 'latchkey:RevokeSession', resource: arn }] as const
  const { data, error, loading, reload } = useFreshQuery(UserSessionsDocument, mayList?.allowed ? { userName } : null)
  const sessions = data?.userSessions ?? []
  const revocation = useAction(async (sessionId: string) => {
    await request(RevokeUserSessionDocument, { input: { userName, sessionId } })
    notify({ type: 'success', content: messages.signedOut })
    reload()
  })
  const all = useAction(async () => {
    await request(RevokeUserSessionsDocument, { input: { userName } })
    notify({ type: 'success', content: messages.allEnded(userName) })
    setEnding(false)
    reload()
  })
  const end = ({ sessionId, sourceIp, issuedAt }: Session) => (
    <GuardedButton
      needs={needs}
      ariaLabel={messages.endOf(sourceIp ?? messages.unknown, format.dateTime(issuedAt))}
      disabled={revocation.running}
      onClick={() => void revocation.run(sessionId)}
    >
      {messages.end}
    </GuardedButton>
  )
  return (
    <SpaceBetween size="m">
      {revocation.error && <ErrorAlert error={revocation.error} />}
      {error && <ErrorAlert error={error} onRetry={reload} />}
      <SessionsTable
        header={
          <Header
            variant="h2"
            description={messages.ofUserDescription}
            actions={
              <GuardedButton needs={needs} onClick={() => setEnding(true)}>
                {messages.endAll}
              </GuardedButton>
            }
          >
            {messages.sessions}
          </Header>
        }
        loading={mayList?.allowed === true && loading && data === null}
        empty={mayList?.disabledReason ?? messages.none}
        sessions={sessions}
        endHeader={messages.end}
        end={end}
      />
      {ending && (
        <ActionModal
          title={messages.endAll}
          button={messages.endAll}
          action={all}
          needs={needs}
          onClose={() => setEnding(false)}
        >
          <div>{messages.endAllQuestion(userName)}</div>
        </ActionModal>
      )}
    </SpaceBetween>
  )
}
