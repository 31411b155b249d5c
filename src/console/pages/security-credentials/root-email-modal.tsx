import Alert from '@cloudscape-design/components/alert'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import { useState } from 'react'
import { asApiError } from '../../api/api-error.ts'
import { request } from '../../api/request.ts'
import { useAction } from '../../api/use-action.ts'
import { ActionModal } from '../../dialogs/action-modal.tsx'
import { useMessages } from '../../language/language.ts'
import { useNotify } from '../../page-frame/notifications.tsx'
import { UpdateRootEmailDocument } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

interface RootEmailModalProps {
  readonly onChanged: () => void
  readonly onClose: () => void
}

export function RootEmailModal({ onChanged, onClose }: RootEmailModalProps) {
  const messages = useMessages({ en, ko })
  const notify = useNotify()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [wrong, setWrong] = useState(false)
  const change = useAction(async () => {
    setWrong(false)
    try {
      await request(UpdateRootEmailDocument, { input: { email: email.trim(), password } })
    } catch (thrown) {
      const { code, authz } = asApiError(thrown)
      // A denial without a decision is about the password itself.
      if (code !== 'AccessDenied' || authz !== undefined) throw thrown
      setWrong(true)
      return
    }
    notify({ type: 'success', content: messages.emailChanged })
    onChanged()
    onClose()
  })
  return (
    <ActionModal
      title={messages.changeEmail}
      button={messages.changeEmail}
      action={change}
      disabled={email.trim() === '' || password === ''}
      onClose={onClose}
    >
      {wrong && <Alert type="error">{messages.oldPasswordWrong}</Alert>}
      <FormField label={messages.newEmail}>
        <Input
          name="email"
          type="email"
          autoComplete="email"
          value={email}
          onChange={({ detail }) => setEmail(detail.value)}
        />
      </FormField>
      <FormField label={messages.oldPassword}>
        <Input
          name="password"
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={({ detail }) => setPassword(detail.value)}
        />
      </FormField>
    </ActionModal>
  )
}
