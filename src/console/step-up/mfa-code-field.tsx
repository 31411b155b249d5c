import { useState } from 'react'
import { useMessages } from '../language/language.ts'
import { Link } from '../plain/link.tsx'
import { TextField } from '../plain/text-field.tsx'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

interface MfaCodeFieldProps {
  readonly value: string
  readonly onChange: (value: string) => void
}

/** Six digits, as an authenticator app shows them, or one of the codes that a person keeps for when the device is lost. */
export function MfaCodeField({ value, onChange }: MfaCodeFieldProps) {
  const messages = useMessages({ en, ko })
  const [recovering, setRecovering] = useState(false)
  const swap = () => {
    setRecovering(!recovering)
    onChange('')
  }
  return (
    <div className="plain plain-stack plain-stack-tight">
      <TextField
        key={recovering ? 'recovery' : 'device'}
        label={recovering ? messages.recoveryCode : messages.mfaCode}
        hint={recovering ? messages.recoveryCodeHint : messages.mfaCodeHint}
        autoFocus
        name="mfaCode"
        inputMode={recovering ? 'text' : 'numeric'}
        autoComplete={recovering ? 'off' : 'one-time-code'}
        spellCheck={false}
        value={value}
        onChange={onChange}
      />
      <div>
        <Link onFollow={swap}>{recovering ? messages.useMfaCode : messages.useRecoveryCode}</Link>
      </div>
    </div>
  )
}
