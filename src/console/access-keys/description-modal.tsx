import { useState } from 'react'
import { request } from '../api/request.ts'
import { useAction } from '../api/use-action.ts'
import { ActionModal } from '../dialogs/action-modal.tsx'
import { useMessages } from '../language/language.ts'
import { useNotify } from '../page-frame/notifications.tsx'
import { DescriptionField } from './description-field.tsx'
import { UpdateAccessKeyDocument } from './documents.generated.ts'
import type { KeyModalProps } from './key-modal.ts'
import { ownerInput } from './key-owner.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

export function DescriptionModal({ owner, accessKey, onChanged, onClose }: KeyModalProps) {
  const messages = useMessages({ en, ko })
  const notify = useNotify()
  const { accessKeyId } = accessKey
  const [description, setDescription] = useState(accessKey.description ?? '')
  const saving = useAction(async () => {
    await request(UpdateAccessKeyDocument, { input: { ...ownerInput(owner), accessKeyId, description } })
    notify({ type: 'success', content: messages.described(accessKeyId) })
    onClose()
    onChanged()
  })
  return (
    <ActionModal title={messages.editDescription} button={messages.save} action={saving} onClose={onClose}>
      <DescriptionField value={description} onChange={setDescription} />
    </ActionModal>
  )
}
