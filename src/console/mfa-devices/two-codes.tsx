import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMessages } from '../language/language.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

/** Two codes of a device, as the API takes them. */
export interface TwoCodes {
  readonly authenticationCode1: string
  readonly authenticationCode2: string
}

export const NO_CODES: TwoCodes = { authenticationCode1: '', authenticationCode2: '' }

export function areComplete({ authenticationCode1, authenticationCode2 }: TwoCodes): boolean {
  return [authenticationCode1, authenticationCode2].every((code) => /^\d{6}$/.test(code))
}

interface TwoCodesFieldsProps {
  readonly value: TwoCodes
  readonly onChange: (value: TwoCodes) => void
}

export function TwoCodesFields({ value, onChange }: TwoCodesFieldsProps) {
  const messages = useMessages({ en, ko })
  const fields = [
    ['authenticationCode1', messages.code1],
    ['authenticationCode2', messages.code2],
  ] as const
  return (
    <SpaceBetween direction="horizontal" size="m">
      {fields.map(([name, label]) => (
        <FormField key={name} label={label} constraintText={messages.sixDigits}>
          <Input
            name={name}
            inputMode="numeric"
            autoComplete="off"
            value={value[name]}
            onChange={({ detail }) => onChange({ ...value, [name]: detail.value.replaceAll(/\s/g, '') })}
          />
        </FormField>
      ))}
    </SpaceBetween>
  )
}
