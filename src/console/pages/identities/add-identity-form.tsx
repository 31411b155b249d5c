import Alert from '@cloudscape-design/components/alert'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import { useState } from 'react'
import { useMessages } from '../../language/language.ts'
import './identities.css'
import { KeyForm } from './key-form.tsx'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { isSecretAccessKey, PIN_LENGTH, sealSecret } from './sealed-secret.ts'
import { useKeySignIn } from './use-key-sign-in.ts'

interface AddIdentityFormProps {
  readonly onCancel: () => void
  readonly onSignedIn: () => void
}

const EMPTY = { accessKeyId: '', secretAccessKey: '', identityName: '', pin: '', confirmPin: '' }
type Typed = typeof EMPTY
type Faults = Readonly<Partial<Record<keyof Typed, string>>>

/** Signs in with an access key, and keeps it on this device once it was found to be good. */
export function AddIdentityForm({ onCancel, onSignedIn }: AddIdentityFormProps) {
  const messages = useMessages({ en, ko })
  const [typed, setTyped] = useState<Typed>(EMPTY)
  const [tried, setTried] = useState(false)
  const { run, running, fault } = useKeySignIn(async ({ identityName, pin, ...key }: Typed) => {
    const sealed = await sealSecret(key.secretAccessKey, pin)
    const { accessKeyId, secretAccessKey } = key
    return { accessKeyId, secretAccessKey, toKeep: { name: identityName, accessKeyId, ...sealed } }
  }, 'wrongSecret')

  const trimmed: Typed = {
    ...typed,
    accessKeyId: typed.accessKeyId.trim(),
    secretAccessKey: typed.secretAccessKey.trim(),
    identityName: typed.identityName.trim(),
  }
  const faults = faultsOf(trimmed)

  function faultsOf({ accessKeyId, secretAccessKey, pin, confirmPin, ...others }: Typed): Faults {
    const found: Record<string, string> = {}
    if (!/^\w{16,128}$/.test(accessKeyId)) found.accessKeyId = messages.notAKeyId
    if (accessKeyId.startsWith('ASIA')) found.accessKeyId = messages.temporaryKeyId
    if (!isSecretAccessKey(secretAccessKey)) found.secretAccessKey = messages.notASecret
    if (pin.length < PIN_LENGTH) found.pin = messages.pinTooShort
    if (confirmPin !== pin) found.confirmPin = messages.pinsDiffer
    for (const [name, value] of Object.entries({ accessKeyId, secretAccessKey, pin, confirmPin, ...others }))
      if (value === '') found[name] = messages.required
    return found
  }

  const submit = async () => {
    setTried(true)
    if (Object.keys(faults).length > 0) return
    if (await run(trimmed)) {
      setTyped(EMPTY)
      onSignedIn()
    } else {
      setTried(false)
      setTyped((before) => ({ ...before, pin: '', confirmPin: '' }))
    }
  }

  const field = (name: keyof Typed, label: string, { secret = false, hint = '' } = {}) => (
    <FormField label={label} constraintText={hint} errorText={tried ? faults[name] : undefined}>
      <Input
        name={name}
        type={secret ? 'password' : 'text'}
        autoComplete="off"
        disableBrowserAutocorrect
        spellcheck={false}
        autoFocus={name === 'accessKeyId'}
        value={typed[name]}
        onChange={({ detail }) => setTyped((before) => ({ ...before, [name]: detail.value }))}
      />
    </FormField>
  )
  const advice = (
    <Alert type="info" header={messages.adviceTitle}>
      <ul className="identity-advice">
        <li>{messages.adviceUser}</li>
        <li>{messages.adviceRoot}</li>
        <li>{messages.adviceLost}</li>
      </ul>
    </Alert>
  )
  return (
    <KeyForm
      button={messages.verify}
      running={running}
      fault={fault}
      cancelText={messages.cancel}
      onCancel={onCancel}
      onSubmit={submit}
      notice={advice}
    >
      {field('accessKeyId', messages.accessKeyId)}
      {field('secretAccessKey', messages.secretAccessKey, { secret: true })}
      {field('identityName', messages.name, { hint: messages.nameHint })}
      {field('pin', messages.pin, { secret: true, hint: messages.pinHint })}
      {field('confirmPin', messages.confirmPin, { secret: true })}
    </KeyForm>
  )
}
