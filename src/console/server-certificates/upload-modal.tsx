import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import Textarea from '@cloudscape-design/components/textarea'
import { useState } from 'react'
import { request } from '../api/request.ts'
import { useAction } from '../api/use-action.ts'
import { ActionModal } from '../dialogs/action-modal.tsx'
import { useMessages } from '../language/language.ts'
import { useNotify } from '../page-frame/notifications.tsx'
import { UploadServerCertificateDocument } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

interface UploadModalProps {
  readonly onUploaded: () => void
  readonly onClose: () => void
}

const TEXTS = ['body', 'chain', 'privateKey'] as const
const EMPTY = { name: '', path: '/', body: '', chain: '', privateKey: '' }

/** Takes a certificate with its chain and its key. Whether they fit together, the server says. */
export function UploadModal({ onUploaded, onClose }: UploadModalProps) {
  const messages = useMessages({ en, ko })
  const notify = useNotify()
  const [typed, setTyped] = useState(EMPTY)
  const { name, path, body, chain, privateKey } = typed
  const type = (member: keyof typeof EMPTY) => (event: { readonly detail: { readonly value: string } }) =>
    setTyped((before) => ({ ...before, [member]: event.detail.value }))
  const upload = useAction(async () => {
    const certificateChain = chain.trim() === '' ? null : chain
    const input = { serverCertificateName: name, path, certificateBody: body, privateKey, certificateChain }
    await request(UploadServerCertificateDocument, { input })
    notify({ type: 'success', content: messages.uploadedText(name) })
    onClose()
    onUploaded()
  })
  const hints = { body: messages.bodyHint, chain: messages.chainHint, privateKey: messages.privateKeyHint }
  return (
    <ActionModal
      title={messages.uploadTitle}
      button={messages.upload}
      action={upload}
      disabled={[name, path, body, privateKey].some((text) => text.trim() === '')}
      size="large"
      onClose={onClose}
    >
      <FormField label={messages.name} constraintText={messages.nameHint}>
        <Input name="name" autoComplete="off" spellcheck={false} value={name} onChange={type('name')} />
      </FormField>
      <FormField label={messages.path} constraintText={messages.pathHint}>
        <Input name="path" autoComplete="off" spellcheck={false} value={path} onChange={type('path')} />
      </FormField>
      {TEXTS.map((member) => (
        <FormField key={member} label={messages[member]} description={hints[member]} stretch>
          <Textarea rows={6} spellcheck={false} autoComplete={false} value={typed[member]} onChange={type(member)} />
        </FormField>
      ))}
    </ActionModal>
  )
}
