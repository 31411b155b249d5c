import FormField from '@cloudscape-design/components/form-field'
import Textarea from '@cloudscape-design/components/textarea'
import { useState } from 'react'
import { useAction } from '../api/use-action.ts'
import { ActionModal } from '../dialogs/action-modal.tsx'
import { useMessages } from '../language/language.ts'
import { useNotify } from '../page-frame/notifications.tsx'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import type { KeyHolder, PublicKeyKind } from './public-key-kind.ts'

interface UploadModalProps {
  readonly owner: KeyHolder
  readonly kind: PublicKeyKind
  readonly onChanged: () => void
  readonly onClose: () => void
}

/** Takes the text of a key or a certificate. Whether it is one, the server says. */
export function UploadModal({ owner, kind, onChanged, onClose }: UploadModalProps) {
  const messages = useMessages({ en, ko })
  const notify = useNotify()
  const [body, setBody] = useState('')
  const upload = useAction(async () => {
    notify({ type: 'success', content: await kind.upload(owner.name, body) })
    onClose()
    onChanged()
  })
  return (
    <ActionModal
      title={messages.uploadTitle(owner.name)}
      button={messages.upload}
      action={upload}
      disabled={body.trim() === ''}
      size="large"
      onClose={onClose}
    >
      <FormField label={kind.uploadLabel} description={kind.uploadHint} stretch>
        <Textarea
          rows={8}
          spellcheck={false}
          autoComplete={false}
          value={body}
          onChange={({ detail }) => setBody(detail.value)}
        />
      </FormField>
    </ActionModal>
  )
}
