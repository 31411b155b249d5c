import { useMessages } from '../language/language.ts'
import { KeyModal, type KeyModalProps } from './key-modal.tsx'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { useDeactivation } from './use-deactivation.ts'

export function DeactivateModal({ onClose, ...key }: KeyModalProps) {
  const messages = useMessages({ en, ko })
  const deactivation = useDeactivation({ ...key, onDone: onClose })
  return (
    <KeyModal
      title={messages.deactivateTitle(key.accessKey.accessKeyId)}
      button={messages.deactivate}
      action={deactivation}
      onClose={onClose}
    >
      {messages.deactivateText}
    </KeyModal>
  )
}
