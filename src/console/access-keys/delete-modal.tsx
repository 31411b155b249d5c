import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import { useState } from 'react'
import { useCan } from '../access/use-can.ts'
import { request } from '../api/request.ts'
import { useAction } from '../api/use-action.ts'
import { ActionModal } from '../dialogs/action-modal.tsx'
import { ErrorAlert } from '../errors/error-alert.tsx'
import { useMessages } from '../language/language.ts'
import { useNotify } from '../page-frame/notifications.tsx'
import { DeleteAccessKeyDocument } from './documents.generated.ts'
import type { KeyModalProps } from './key-modal.ts'
import { ownerCheck, ownerInput } from './key-owner.ts'
import { useLastUsed } from './last-used.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { useDeactivation } from './use-deactivation.ts'

/** An active key is deactivated first; then its id is typed, beside what is known of its last use. */
export function DeleteModal({ owner, accessKey, onChanged, onClose }: KeyModalProps) {
  const messages = useMessages({ en, ko })
  const notify = useNotify()
  const { accessKeyId, status } = accessKey
  const [typed, setTyped] = useState('')
  const [update] = useCan([ownerCheck(owner, 'iam:UpdateAccessKey')])
  const lastUsed = useLastUsed(accessKey)
  const deactivation = useDeactivation({ owner, accessKey, onChanged })
  const deletion = useAction(async () => {
    const input = { ...ownerInput(owner), accessKeyId, requireInactive: true }
    await request(DeleteAccessKeyDocument, { input })
    notify({ type: 'success', content: messages.deleted(accessKeyId) })
    onClose()
    onChanged()
  })
  const active = status === 'ACTIVE'
  return (
    <ActionModal
      title={messages.deleteTitle(accessKeyId)}
      button={messages.delete}
      action={deletion}
      disabled={active || typed.trim() !== accessKeyId}
      onClose={onClose}
    >
      <div>{messages.deleteText}</div>
      <KeyValuePairs columns={2} items={lastUsed} />
      {deactivation.error && <ErrorAlert error={deactivation.error} onRetry={() => void deactivation.run()} />}
      {active && (
        <Alert
          type="warning"
          action={
            <Button
              formAction="none"
              loading={deactivation.running}
              disabled={!update?.allowed}
              disabledReason={update?.disabledReason}
              onClick={() => void deactivation.run()}
            >
              {messages.deactivate}
            </Button>
          }
        >
          {messages.deleteActive}
        </Alert>
      )}
      <FormField label={messages.deleteConfirm(accessKeyId)}>
        <Input
          name="confirmation"
          autoComplete="off"
          disabled={active}
          placeholder={accessKeyId}
          value={typed}
          onChange={({ detail }) => setTyped(detail.value)}
        />
      </FormField>
    </ActionModal>
  )
}
