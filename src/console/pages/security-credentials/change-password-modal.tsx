import Alert from '@cloudscape-design/components/alert'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import { type ReactNode, useState } from 'react'
import { asApiError } from '../../api/api-error.ts'
import { request } from '../../api/request.ts'
import { useAction } from '../../api/use-action.ts'
import { ActionModal } from '../../dialogs/action-modal.tsx'
import { useMessages } from '../../language/language.ts'
import { useNotify } from '../../page-frame/notifications.tsx'
import { ChangeOwnPasswordDocument } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

interface ChangePasswordModalProps {
  readonly rules: ReactNode
  readonly onClose: () => void
}

export function ChangePasswordModal({ rules, onClose }: ChangePasswordModalProps) {
  const messages = useMessages({ en, ko })
  const notify = useNotify()
  const [oldPassword, setOldPassword] = useState('')
  const [newPassword, setNewPassword] = useState('')
  const [confirmed, setConfirmed] = useState('')
  const [wrong, setWrong] = useState(false)
  const change = useAction(async () => {
    setWrong(false)
    try {
      await request(ChangeOwnPasswordDocument, { input: { oldPassword, newPassword } })
    } catch (thrown) {
      const { code, authz } = asApiError(thrown)
      // A denial without a decision is about the password itself.
      if (code !== 'AccessDenied' || authz !== undefined) throw thrown
      setWrong(true)
      return
    }
    notify({ type: 'success', content: messages.changed })
    onClose()
  })
  const fields = [
    ['oldPassword', messages.oldPassword, oldPassword, setOldPassword, 'current-password'],
    ['newPassword', messages.newPassword, newPassword, setNewPassword, 'new-password'],
    ['confirmPassword', messages.confirmPassword, confirmed, setConfirmed, 'new-password'],
  ] as const
  const differ = confirmed !== '' && newPassword !== confirmed
  return (
    <ActionModal
      title={messages.changePassword}
      button={messages.changePassword}
      action={change}
      disabled={oldPassword === '' || newPassword === '' || newPassword !== confirmed}
      onClose={onClose}
    >
      {wrong && <Alert type="error">{messages.oldPasswordWrong}</Alert>}
      {fields.map(([name, label, value, setValue, autoComplete]) => (
        <FormField
          key={name}
          label={label}
          errorText={name === 'confirmPassword' && differ ? messages.differ : undefined}
        >
          <Input
            name={name}
            type="password"
            autoComplete={autoComplete}
            value={value}
            onChange={({ detail }) => setValue(detail.value)}
          />
        </FormField>
      ))}
      {rules}
    </ActionModal>
  )
}
