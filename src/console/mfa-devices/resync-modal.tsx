import { useState } from 'react'
import { ownerInput } from '../access-keys/key-owner.ts'
import { request } from '../api/request.ts'
import { useAction } from '../api/use-action.ts'
import { ActionModal } from '../dialogs/action-modal.tsx'
import { useMessages } from '../language/language.ts'
import { useNotify } from '../page-frame/notifications.tsx'
import type { DeviceModalProps } from './device-modal.ts'
import { deviceName } from './device-name.ts'
import { ResyncMfaDeviceDocument } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { areComplete, NO_CODES, TwoCodesFields } from './two-codes.tsx'

export function ResyncModal({ owner, serialNumber, onChanged, onClose }: DeviceModalProps) {
  const messages = useMessages({ en, ko })
  const notify = useNotify()
  const [codes, setCodes] = useState(NO_CODES)
  const name = deviceName(serialNumber)
  const resync = useAction(async () => {
    await request(ResyncMfaDeviceDocument, { input: { ...ownerInput(owner), serialNumber, ...codes } })
    notify({ type: 'success', content: messages.resynced(name) })
    onClose()
    onChanged()
  })
  return (
    <ActionModal
      title={messages.resyncTitle(name)}
      button={messages.resync}
      action={resync}
      disabled={!areComplete(codes)}
      onClose={onClose}
    >
      <div>{messages.resyncText}</div>
      <TwoCodesFields value={codes} onChange={setCodes} />
    </ActionModal>
  )
}
