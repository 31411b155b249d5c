import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import Form from '@cloudscape-design/components/form'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import type { ApiError } from '../../api/api-error.ts'
import { request } from '../../api/request.ts'
import { useAction } from '../../api/use-action.ts'
import { useMessages } from '../../language/language.ts'
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
  return (
    <SignInFrame title={messages.newPasswordTitle} description={messages.newPasswordDescription}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          if (newPassword === confirmed && oldPassword !== '' && newPassword !== '') void run()
        }}
      >
        <Form
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button formAction="none" variant="link" onClick={() => void signOut('here')}>
                {messages.signOut}
              </Button>
              <Button variant="primary" formAction="submit" loading={running}>
                {messages.changePassword}
              </Button>
            </SpaceBetween>
          }
        >
          <SpaceBetween size="l">
            {error !== null && <Alert type="error">{explain(error)}</Alert>}
            {fields.map(([name, label, value, setValue, autoComplete, fault]) => (
              <FormField
                key={name}
                label={label}
                errorText={fault ?? (tried && value === '' ? messages.required : undefined)}
              >
                <Input
                  name={name}
                  type="password"
                  autoComplete={autoComplete}
                  autoFocus={name === 'oldPassword'}
                  value={value}
                  onChange={({ detail }) => setValue(detail.value)}
                />
              </FormField>
            ))}
          </SpaceBetween>
        </Form>
      </form>
    </SignInFrame>
  )
}
