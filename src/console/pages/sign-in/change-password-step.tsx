import { useState } from 'react'
import type { ApiError } from '../../api/api-error.ts'
import { request } from '../../api/request.ts'
import { useAction } from '../../api/use-action.ts'
import { useMessages } from '../../language/language.ts'
import { Button } from '../../plain/button.tsx'
import { Form } from '../../plain/form.tsx'
import { Notice } from '../../plain/notice.tsx'
import { TextField } from '../../plain/text-field.tsx'
import { refreshIdentity, signOut } from '../../session/session-store.ts'
import { ChangePasswordDocument } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { SignInFrame } from './sign-in-frame.tsx'

/** The only thing that is possible while a password must be changed. */
export function ChangePasswordStep() {
  const messages = useMessages({ en, ko })
  const [oldPassword, setOldPassword] = useState('')
  const [newPassword, setNewPassword] = useState('')
  const [confirmed, setConfirmed] = useState('')
  const [tried, setTried] = useState(false)
  const { run, running, error } = useAction(async () => {
    await request(ChangePasswordDocument, { input: { oldPassword, newPassword } })
    await refreshIdentity()
  })
  const explain = ({ code, authz, message }: ApiError) =>
    code === 'AccessDenied' && authz === undefined ? messages.oldPasswordWrong : message
  const differ = tried && newPassword !== confirmed ? messages.passwordsDiffer : undefined
  const fields = [
    ['oldPassword', messages.oldPassword, oldPassword, setOldPassword, 'current-password', undefined],
    ['newPassword', messages.newPassword, newPassword, setNewPassword, 'new-password', undefined],
    ['confirmPassword', messages.confirmPassword, confirmed, setConfirmed, 'new-password', differ],
  ] as const
  const submit = () => {
    setTried(true)
    if (newPassword === confirmed && oldPassword !== '' && newPassword !== '') void run()
  }
  return (
    <SignInFrame title={messages.newPasswordTitle} description={messages.newPasswordDescription}>
      <Form
        onSubmit={submit}
        actions={
          <>
            <Button variant="link" onClick={() => void signOut('here')}>
              {messages.signOut}
            </Button>
            <Button variant="primary" submits loading={running}>
              {messages.changePassword}
            </Button>
          </>
        }
      >
        {error !== null && <Notice type="error">{explain(error)}</Notice>}
        {fields.map(([name, label, value, setValue, autoComplete, fault]) => (
          <TextField
            key={name}
            label={label}
            fault={fault ?? (tried && value === '' ? messages.required : undefined)}
            name={name}
            type="password"
            autoComplete={autoComplete}
            autoFocus={name === 'oldPassword'}
            value={value}
            onChange={setValue}
          />
        ))}
      </Form>
    </SignInFrame>
  )
}
