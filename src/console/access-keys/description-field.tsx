import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import { useMessages } from '../language/language.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

interface DescriptionFieldProps {
  readonly value: string
  readonly onChange: (value: string) => void
  /** Why it cannot be set. */
  readonly disabledReason?: string | undefined
}

export function DescriptionField({ value, onChange, disabledReason }: DescriptionFieldProps) {
  const messages = useMessages({ en, ko })
  return (
    <FormField label={messages.descriptionLabel} constraintText={messages.descriptionHint} warningText={disabledReason}>
      <Input
        name="description"
        autoComplete="off"
        disabled={disabledReason !== undefined}
        value={value}
        onChange={({ detail }) => onChange(detail.value)}
      />
    </FormField>
  )
}
