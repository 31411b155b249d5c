import Autosuggest from '@cloudscape-design/components/autosuggest'
import FormField from '@cloudscape-design/components/form-field'
import { useMessages } from '../language/language.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { usePolicies } from './use-lists.ts'

interface PolicyFieldProps {
  readonly label?: string
  readonly description?: string
  /** An ARN. */
  readonly value: string
  readonly onChange: (arn: string) => void
}

/** The ARN of a managed policy: chosen by its name where the person may list policies, or typed. */
export function PolicyField({ label, description, value, onChange }: PolicyFieldProps) {
  const messages = useMessages({ en, ko })
  const { choices } = usePolicies()
  const options = choices?.map(({ arn, policyName }) => ({ value: arn, label: arn, tags: [policyName] }))
  return (
    <FormField label={label ?? messages.policyArn} description={description} stretch>
      <Autosuggest
        value={value}
        options={options ?? []}
        enteredTextLabel={messages.use}
        placeholder="arn:aws:iam::…:policy/…"
        empty={messages.none}
        virtualScroll
        onChange={({ detail }) => onChange(detail.value)}
      />
    </FormField>
  )
}
