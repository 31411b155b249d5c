import Alert from '@cloudscape-design/components/alert'
import { useAction } from '../../api/use-action.ts'
import { ActionModal } from '../../dialogs/action-modal.tsx'
import { useMessages } from '../../language/language.ts'
import { type DeviceIdentity, forgetIdentity } from './identity-store.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

interface RemoveModalProps {
  readonly identity: DeviceIdentity
  readonly onClose: () => void
}

/** Only this browser forgets the key. */
export function RemoveModal({ identity: { name, accessKeyId }, onClose }: RemoveModalProps) {
  const messages = useMessages({ en, ko })
  const removal = useAction(async () => {
    forgetIdentity(accessKeyId)
    onClose()
  })
  return (
    <ActionModal title={messages.removeTitle(name)} button={messages.remove} action={removal} onClose={onClose}>
      <div>{messages.removeDescription}</div>
      <Alert type="warning">{messages.removeKeyStays}</Alert>
    </ActionModal>
  )
}
