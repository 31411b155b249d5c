import Box from '@cloudscape-design/components/box'
import ButtonDropdown from '@cloudscape-design/components/button-dropdown'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { type FocusEvent, useState } from 'react'
import { useCan } from '../access/use-can.ts'
import { request } from '../api/request.ts'
import { useAction } from '../api/use-action.ts'
import { ErrorAlert } from '../errors/error-alert.tsx'
import { useMessages } from '../language/language.ts'
import { useFormat } from '../language/use-format.ts'
import { useNotify } from '../page-frame/notifications.tsx'
import { Copyable } from '../texts/copyable.tsx'
import type { AccessKey } from './access-key.ts'
import { DeactivateModal } from './deactivate-modal.tsx'
import { DeleteModal } from './delete-modal.tsx'
import { DescriptionModal } from './description-modal.tsx'
import { UpdateAccessKeyDocument } from './documents.generated.ts'
import { type KeyOwner, ownerCheck, ownerInput } from './key-owner.ts'
import { useLastUsed } from './last-used.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

interface AccessKeyCardProps {
  readonly owner: KeyOwner
  readonly accessKey: AccessKey
  readonly onChanged: () => void
}

/** One key: what is known of it, and its actions. */
export function AccessKeyCard({ owner, accessKey, onChanged }: AccessKeyCardProps) {
  const messages = useMessages({ en, ko })
  const format = useFormat()
  const notify = useNotify()
  const lastUsed = useLastUsed(accessKey)
  const [open, setOpen] = useState<string | null>(null)
  const [update, remove, tag] = useCan(
    (['iam:UpdateAccessKey', 'iam:DeleteAccessKey', 'iam:TagUser'] as const).map((action) => ownerCheck(owner, action)),
  )
  const { accessKeyId, status, createdAt, description } = accessKey
  const active = status === 'ACTIVE'
  const activation = useAction(async () => {
    await request(UpdateAccessKeyDocument, { input: { ...ownerInput(owner), accessKeyId, status: 'ACTIVE' } })
    notify({ type: 'success', content: messages.activated(accessKeyId) })
    onChanged()
  })

  const item = (id: string, text: string, permission = update) => ({
    id,
    text,
    disabled: !permission?.allowed,
    disabledReason: permission?.disabledReason,
  })
  const choose = (id: string) => (id === 'activate' ? void activation.run() : setOpen(id))
  const modal = { owner, accessKey, onChanged, onClose: () => setOpen(null) }
  // Whoever turns to a key acts on it next: by what it is now, whatever was done to it elsewhere.
  const turnTo = ({ currentTarget: card, target, relatedTarget: before }: FocusEvent) => {
    // What happens in its dialogs bubbles up to here as well.
    if (card.contains(target) && !card.contains(before)) onChanged()
  }
  return (
    <section aria-label={accessKeyId} data-access-key={accessKeyId} onFocus={turnTo}>
      <SpaceBetween size="s">
        <Header
          variant="h3"
          actions={
            <ButtonDropdown
              ariaLabel={messages.actionsFor(accessKeyId)}
              loading={activation.running}
              items={[
                active ? item('deactivate', messages.deactivate) : item('activate', messages.activate),
                item('description', messages.editDescription, tag?.allowed === false ? tag : update),
                item('delete', messages.delete, remove),
              ]}
              onItemClick={({ detail }) => choose(detail.id)}
            >
              {messages.actions}
            </ButtonDropdown>
          }
        >
          <Copyable text={accessKeyId} />
        </Header>
        {activation.error && <ErrorAlert error={activation.error} onRetry={() => void activation.run()} />}
        <KeyValuePairs
          columns={4}
          items={[
            {
              label: messages.status,
              value: (
                <StatusIndicator type={active ? 'success' : 'stopped'}>
                  {active ? messages.active : messages.inactive}
                </StatusIndicator>
              ),
            },
            {
              label: messages.age,
              value: (
                <>
                  {format.age(createdAt)}
                  <Box variant="small" display="block">
                    {messages.created}: {format.dateTime(createdAt)}
                  </Box>
                </>
              ),
            },
            {
              label: messages.description,
              value: <span className="breaking-text">{description ?? messages.noDescription}</span>,
            },
            ...lastUsed,
          ]}
        />
      </SpaceBetween>
      {open === 'deactivate' && <DeactivateModal {...modal} />}
      {open === 'description' && <DescriptionModal {...modal} />}
      {open === 'delete' && <DeleteModal {...modal} />}
    </section>
  )
}
