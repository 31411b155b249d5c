import Button from '@cloudscape-design/components/button'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { useMessages } from '../language/language.ts'
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
  return (
    <SpaceBetween size="xs">
      <FormField
        label={recovering ? messages.recoveryCode : messages.mfaCode}
        constraintText={recovering ? messages.recoveryCodeHint : messages.mfaCodeHint}
      >
        <Input
          autoFocus
          key={recovering ? 'recovery' : 'device'}
          name="mfaCode"
          inputMode={recovering ? 'text' : 'numeric'}
          autoComplete={recovering ? 'off' : 'one-time-code'}
          spellcheck={false}
          value={value}
          onChange={({ detail }) => onChange(detail.value)}
        />
      </FormField>
      <Button
        formAction="none"
        variant="inline-link"
        onClick={() => {
          setRecovering(!recovering)
          onChange('')
        }}
      >
        {recovering ? messages.useMfaCode : messages.useRecoveryCode}
      </Button>
    </SpaceBetween>
  )
}
