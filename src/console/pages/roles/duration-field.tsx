import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import { useMessages } from '../../language/language.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

interface DurationFieldProps {
  /** Seconds. */
  readonly value: string
  readonly onChange: (value: string) => void
}

/** How long a session of the role may last at most. */
export function DurationField({ value, onChange }: DurationFieldProps) {
  const messages = useMessages({ en, ko })
  return (
    <FormField label={messages.duration} constraintText={messages.durationRule}>
      <Input
        name="maxSessionDuration"
        type="number"
        inputMode="numeric"
        value={value}
        onChange={({ detail }) => onChange(detail.value)}
      />
    </FormField>
  )
}
