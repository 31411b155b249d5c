import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import { useState } from 'react'
import { useMessages } from '../../language/language.ts'
import type { DeviceIdentity } from './identity-store.ts'
import { KeyForm } from './key-form.tsx'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { openSecret } from './sealed-secret.ts'
import { useKeySignIn } from './use-key-sign-in.ts'

interface PinFormProps {
  readonly identity: DeviceIdentity
  /** Shown above the form, e.g. why somebody has to sign in again. */
  readonly notice?: string
  readonly cancelText: string
  readonly onCancel: () => void
  readonly onSignedIn?: () => void
}

/** Signing in with an identity that this browser keeps. */
export function PinForm({ identity, notice, cancelText, onCancel, onSignedIn }: PinFormProps) {
  const messages = useMessages({ en, ko })
  const [pin, setPin] = useState('')
  const [tried, setTried] = useState(false)
  const { accessKeyId } = identity
  const { run, running, fault } = useKeySignIn(
    async (typed: string) => ({ accessKeyId, secretAccessKey: await openSecret(identity, typed) }),
    'wrongPin',
  )
  const submit = async () => {
    setTried(true)
    if (pin === '') return
    setPin('')
    setTried(false)
    if (await run(pin)) onSignedIn?.()
  }
  return (
    <KeyForm
      button={messages.signIn}
      running={running}
      fault={fault}
      cancelText={cancelText}
      onCancel={onCancel}
      onSubmit={submit}
      notice={notice !== undefined && <Alert type="info">{notice}</Alert>}
    >
      <div>
        <Box variant="awsui-key-label">{messages.accessKeyId}</Box>
        <Box variant="code">{accessKeyId}</Box>
      </div>
      <FormField label={messages.pin} errorText={tried && pin === '' ? messages.required : undefined}>
        <Input
          name="pin"
          type="password"
          autoComplete="off"
          autoFocus
          value={pin}
          onChange={({ detail }) => setPin(detail.value)}
        />
      </FormField>
    </KeyForm>
  )
}
