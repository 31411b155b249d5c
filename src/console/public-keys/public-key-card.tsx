import ButtonDropdown from '@cloudscape-design/components/button-dropdown'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useState } from 'react'
import { useCan } from '../access/use-can.ts'
import { type Action, useAction } from '../api/use-action.ts'
import { ActionModal } from '../dialogs/action-modal.tsx'
import { ErrorAlert } from '../errors/error-alert.tsx'
import { useMessages } from '../language/language.ts'
import { useFormat } from '../language/use-format.ts'
import { useNotify } from '../page-frame/notifications.tsx'
import { Copyable } from '../texts/copyable.tsx'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import type { KeyHolder, PublicKey, PublicKeyKind } from './public-key-kind.ts'

interface PublicKeyCardProps {
  readonly owner: KeyHolder
  readonly kind: PublicKeyKind
  readonly publicKey: PublicKey
  readonly onChanged: () => void
}

/** Does something and says so. */
function useChange(work: () => Promise<unknown>, said: string, onDone: () => void): Action<[]> {
  const notify = useNotify()
  return useAction(async () => {
    await work()
    notify({ type: 'success', content: said })
    onDone()
  })
}

type Choice = 'deactivate' | 'delete'

/** One key or certificate: what is known of it, and its actions. */
export function PublicKeyCard({ owner, kind, publicKey, onChanged }: PublicKeyCardProps) {
  const messages = useMessages({ en, ko })
  const format = useFormat()
  const [open, setOpen] = useState<Choice | null>(null)
  const { id, status, uploadedAt, facts = [] } = publicKey
  const active = status === 'ACTIVE'
  const [update, remove] = useCan(
    [kind.needs.update, kind.needs.remove].map((action) => ({ action, resource: owner.arn })),
  )
  const close = () => setOpen(null)
  const done = () => {
    close()
    onChanged()
  }
  const activation = useChange(() => kind.setStatus(owner.name, id, 'ACTIVE'), messages.activated(id), done)
  const deactivation = useChange(() => kind.setStatus(owner.name, id, 'INACTIVE'), messages.deactivated(id), done)
  const deletion = useChange(() => kind.remove(owner.name, id), messages.deleted(id), done)
  const item = (choice: Choice | 'activate', text: string, permission: typeof update) => ({
    id: choice,
    text,
    disabled: !permission?.allowed,
    disabledReason: permission?.disabledReason,
  })
  return (
    <section aria-label={id} data-public-key={id}>
      <SpaceBetween size="s">
        <Header
          variant="h3"
          actions={
            <ButtonDropdown
              ariaLabel={messages.actionsFor(id)}
              loading={activation.running}
              items={[
                active ? item('deactivate', messages.deactivate, update) : item('activate', messages.activate, update),
                item('delete', messages.delete, remove),
              ]}
              onItemClick={({ detail }) => {
                if (detail.id === 'activate') void activation.run()
                else setOpen(detail.id === 'delete' ? 'delete' : 'deactivate')
              }}
            >
              {messages.actions}
            </ButtonDropdown>
          }
        >
          <Copyable text={id} />
        </Header>
        {activation.error && <ErrorAlert error={activation.error} onRetry={() => void activation.run()} />}
        <KeyValuePairs
          columns={2}
          items={[
            {
              label: messages.status,
              value: (
                <StatusIndicator type={active ? 'success' : 'stopped'}>
                  {active ? messages.active : messages.inactive}
                </StatusIndicator>
              ),
            },
            { label: messages.uploaded, value: format.dateTime(uploadedAt) },
            ...facts.map(({ label, value }) => ({ label, value: <span className="breaking-text">{value}</span> })),
          ]}
        />
      </SpaceBetween>
      {open === 'deactivate' && (
        <ActionModal
          title={messages.deactivateTitle(id)}
          button={messages.deactivate}
          action={deactivation}
          onClose={close}
        >
          {kind.deactivateText}
        </ActionModal>
      )}
      {open === 'delete' && (
        <ActionModal
          title={messages.deleteTitle(id)}
          button={messages.delete}
          action={deletion}
          confirmation={id}
          onClose={close}
        >
          {kind.deleteText}
        </ActionModal>
      )}
    </section>
  )
}
