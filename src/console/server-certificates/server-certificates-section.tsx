import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import Table from '@cloudscape-design/components/table'
import { useState } from 'react'
import { GuardedButton } from '../access/guarded-button.tsx'
import { useCan } from '../access/use-can.ts'
import { request } from '../api/request.ts'
import { useAction } from '../api/use-action.ts'
import { useQuery } from '../api/use-query.ts'
import { ActionModal } from '../dialogs/action-modal.tsx'
import { ErrorAlert } from '../errors/error-alert.tsx'
import { useMessages } from '../language/language.ts'
import { useFormat } from '../language/use-format.ts'
import { useNotify } from '../page-frame/notifications.tsx'
import { useIdentity } from '../session/session-store.ts'
import { DeleteServerCertificateDocument, ServerCertificatesDocument } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { UploadModal } from './upload-modal.tsx'

/** A renewal takes some days in many companies. */
const SOON = 30 * 24 * 60 * 60 * 1000

/** The certificates of servers, and until when each is good. */
export function ServerCertificatesSection() {
  const messages = useMessages({ en, ko })
  const format = useFormat()
  const notify = useNotify()
  const { accountId } = useIdentity()
  const resource = `arn:aws:iam::${accountId}:server-certificate/`
  const [open, setOpen] = useState<'upload' | { readonly name: string } | null>(null)
  // A field that is refused would be in the audit trail each time that somebody looks at the page.
  const [list] = useCan([{ action: 'iam:ListServerCertificates', resource }])
  const { data, error, loading, reload } = useQuery(ServerCertificatesDocument, list?.allowed ? {} : null)
  const certificates = data?.serverCertificates?.edges.map(({ node }) => node) ?? []
  const close = () => setOpen(null)
  const deletion = useAction(async () => {
    if (open === null || open === 'upload') return
    await request(DeleteServerCertificateDocument, { serverCertificateName: open.name })
    notify({ type: 'success', content: messages.deleted(open.name) })
    close()
    reload()
  })
  return (
    <SpaceBetween size="m">
      {error && <ErrorAlert error={error} onRetry={reload} />}
      <Table
        items={certificates}
        trackBy="serverCertificateId"
        wrapLines
        loading={list?.allowed === true && loading && data === null}
        enableKeyboardNavigation
        header={
          <Header
            variant="h2"
            counter={data === null ? undefined : `(${certificates.length})`}
            description={messages.description}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button iconName="refresh" ariaLabel={messages.refresh} loading={loading} onClick={reload} />
                <GuardedButton
                  needs={[{ action: 'iam:UploadServerCertificate', resource: `${resource}*` }]}
                  ariaLabel={messages.uploadLabel}
                  onClick={() => setOpen('upload')}
                >
                  {messages.upload}
                </GuardedButton>
              </SpaceBetween>
            }
          >
            {messages.title}
          </Header>
        }
        empty={
          <Box textAlign="center" color="text-body-secondary">
            {list?.disabledReason ?? messages.none}
          </Box>
        }
        columnDefinitions={[
          { id: 'name', header: messages.name, isRowHeader: true, cell: ({ name }) => name },
          { id: 'path', header: messages.path, cell: ({ path }) => path },
          { id: 'uploaded', header: messages.uploaded, cell: ({ uploadedAt }) => format.dateTime(uploadedAt) },
          {
            id: 'expires',
            header: messages.expires,
            cell: ({ expiresAt }) => <Expiry date={format.dateTime(expiresAt)} at={expiresAt} />,
          },
          {
            id: 'actions',
            header: messages.actions,
            cell: ({ name, arn }) => (
              <GuardedButton
                variant="inline-link"
                ariaLabel={messages.deleteLabel(name)}
                needs={[{ action: 'iam:DeleteServerCertificate', resource: arn }]}
                onClick={() => setOpen({ name })}
              >
                {messages.delete}
              </GuardedButton>
            ),
          },
        ]}
      />
      {open === 'upload' && <UploadModal onUploaded={reload} onClose={close} />}
      {open !== null && open !== 'upload' && (
        <ActionModal
          title={messages.deleteTitle(open.name)}
          button={messages.delete}
          action={deletion}
          confirmation={open.name}
          onClose={close}
        >
          {messages.deleteText}
        </ActionModal>
      )}
    </SpaceBetween>
  )
}

function Expiry({ date, at }: { readonly date: string; readonly at: string }) {
  const messages = useMessages({ en, ko })
  const left = Date.parse(at) - Date.now()
  if (left < 0) return <StatusIndicator type="error">{messages.expired(date)}</StatusIndicator>
  if (left < SOON) return <StatusIndicator type="warning">{messages.soon(date)}</StatusIndicator>
  return date
}
