import { ownerInput } from '../access-keys/key-owner.ts'
import { asApiError } from '../api/api-error.ts'
import { request } from '../api/request.ts'
import { useAction } from '../api/use-action.ts'
import { ActionModal } from '../dialogs/action-modal.tsx'
import { useMessages } from '../language/language.ts'
import { useNotify } from '../page-frame/notifications.tsx'
import type { DeviceModalProps } from './device-modal.ts'
import { deviceName } from './device-name.ts'
import { DeactivateMfaDeviceDocument, DeleteVirtualMfaDeviceDocument } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

/** Takes the device from its user, and then deletes it: a device that was taken away cannot be used again safely. */
export function RemoveModal({ owner, serialNumber, onChanged, onClose }: DeviceModalProps) {
  const messages = useMessages({ en, ko })
  const notify = useNotify()
  const name = deviceName(serialNumber)
  const removal = useAction(async () => {
    await request(DeactivateMfaDeviceDocument, { input: { ...ownerInput(owner), serialNumber } })
    try {
      await request(DeleteVirtualMfaDeviceDocument, { input: { serialNumber } })
      notify({ type: 'success', content: messages.removed(name) })
    } catch (thrown) {
      if (asApiError(thrown).code !== 'AccessDenied') throw thrown
      notify({ type: 'warning', content: messages.removedNotDeleted(name, 'iam:DeleteVirtualMFADevice') })
    } finally {
      onChanged()
    }
    onClose()
  })
  return (
    <ActionModal title={messages.removeTitle(name)} button={messages.remove} action={removal} onClose={onClose}>
      <div>{messages.removeText}</div>
      {owner === null && <div>{messages.removeOwn}</div>}
    </ActionModal>
  )
}
