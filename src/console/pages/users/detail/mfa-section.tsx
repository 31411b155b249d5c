import Header from '@cloudscape-design/components/header'
import Table from '@cloudscape-design/components/table'
import { useState } from 'react'
import { GuardedButton } from '../../../access/guarded-button.tsx'
import { useCan } from '../../../access/use-can.ts'
import { request } from '../../../api/request.ts'
import { useAction } from '../../../api/use-action.ts'
import { useFreshQuery } from '../../../api/use-fresh-query.ts'
import { ActionModal } from '../../../dialogs/action-modal.tsx'
import { ErrorAlert } from '../../../errors/error-alert.tsx'
import { useMessages } from '../../../language/language.ts'
import { useFormat } from '../../../language/use-format.ts'
import { useNotify } from '../../../shell/notifications.tsx'
import { DeactivateMfaDeviceDocument, UserMfaDocument } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import type { UserProps } from './user.ts'

export function MfaSection({ user }: UserProps) {
  const messages = useMessages({ en, ko })
  const format = useFormat()
  const [mayList] = useCan([{ action: 'iam:ListMFADevices', resource: user.arn }])
  const { data, error, loading, reload } = useFreshQuery(UserMfaDocument, mayList?.allowed ? { name: user.name } : null)
  const [leaving, setLeaving] = useState<string | null>(null)
  const devices = data?.user?.mfaDevices ?? []
  return (
    <>
      {error && <ErrorAlert error={error} onRetry={reload} />}
      <Table
        items={devices}
        trackBy="serialNumber"
        loading={loading && data === null && (mayList?.allowed ?? false)}
        loadingText={messages.loading}
        ariaLabels={{ tableLabel: messages.mfaDevices }}
        empty={mayList?.disabledReason ?? messages.noDevices}
        header={
          <Header
            variant="h2"
            counter={mayList?.allowed ? `(${devices.length})` : undefined}
            description={messages.mfaDescription}
          >
            {messages.mfaDevices}
          </Header>
        }
        columnDefinitions={[
          {
            id: 'serial',
            header: messages.serialNumber,
            isRowHeader: true,
            cell: ({ serialNumber }) => <span className="breaking-text">{serialNumber}</span>,
          },
          {
            id: 'enabled',
            header: messages.enabledAt,
            cell: ({ enabledAt }) => (enabledAt === null ? '-' : format.dateTime(enabledAt)),
          },
          {
            id: 'actions',
            header: messages.actions,
            cell: ({ serialNumber }) => (
              <GuardedButton
                variant="inline-link"
                ariaLabel={messages.deactivateOf(serialNumber)}
                needs={[{ action: 'iam:DeactivateMFADevice', resource: user.arn }]}
                onClick={() => setLeaving(serialNumber)}
              >
                {messages.deactivate}
              </GuardedButton>
            ),
          },
        ]}
      />
      {leaving !== null && <DeactivateModal user={user} serialNumber={leaving} onClose={() => setLeaving(null)} />}
    </>
  )
}

interface DeactivateModalProps extends UserProps {
  readonly serialNumber: string
  readonly onClose: () => void
}

function DeactivateModal({ user, serialNumber, onClose }: DeactivateModalProps) {
  const messages = useMessages({ en, ko })
  const notify = useNotify()
  const action = useAction(async () => {
    await request(DeactivateMfaDeviceDocument, { input: { userName: user.name, serialNumber } })
    notify({ type: 'success', content: messages.deactivated(serialNumber) })
    onClose()
  })
  return (
    <ActionModal title={messages.deactivateTitle} button={messages.deactivate} action={action} onClose={onClose}>
      <div className="breaking-text">{serialNumber}</div>
      <div>{messages.deactivateText(user.name)}</div>
    </ActionModal>
  )
}
