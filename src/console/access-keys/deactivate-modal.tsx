import { ActionModal } from '../dialogs/action-modal.tsx'
import { useMessages } from '../language/language.ts'
import type { KeyModalProps } from './key-modal.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { useDeactivation } from './use-deactivation.ts'

export function DeactivateModal({ onClose, ...key }: KeyModalProps) {
  const messages = useMessages({ en, ko })
  const deactivation = useDeactivation({ ...key, onDone: onClose })
  return (
    <ActionModal
      title={messages.deactivateTitle(key.accessKey.accessKeyId)}
      button={messages.deactivate}
      action={deactivation}
      onClose={onClose}
    >
      {messages.deactivateText}
    </ActionModal>
  )
}
