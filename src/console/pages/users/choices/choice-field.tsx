import FormField from '@cloudscape-design/components/form-field'
import Multiselect from '@cloudscape-design/components/multiselect'
import type { ApiError } from '../../../api/api-error.ts'
import { ErrorAlert } from '../../../errors/error-alert.tsx'
import { useMessages } from '../../../language/language.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

interface Option {
  readonly value: string
  readonly label: string
  readonly description?: string
}

interface ChoiceFieldProps {
  readonly label: string
  readonly placeholder: string
  /** Null while they are on their way. */
  readonly options: readonly Option[] | null
  readonly error: ApiError | null
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
}

/** Some of many, found by typing a part of their names. */
export function ChoiceField({ label, placeholder, options, error, chosen, onChange }: ChoiceFieldProps) {
  const messages = useMessages({ en, ko })
  if (error) return <ErrorAlert error={error} />
  return (
    <FormField label={label} stretch>
      <Multiselect
        options={options ?? []}
        selectedOptions={options?.filter(({ value }) => chosen.includes(value)) ?? []}
        onChange={({ detail }) => onChange(detail.selectedOptions.flatMap(({ value }) => value ?? []))}
        filteringType="auto"
        filteringAriaLabel={messages.find}
        filteringPlaceholder={messages.find}
        virtualScroll
        expandToViewport
        placeholder={placeholder}
        statusType={options === null ? 'loading' : 'finished'}
        loadingText={messages.loading}
        empty={messages.nothing}
        noMatch={messages.noMatch}
        deselectAriaLabel={({ label: chosenLabel = '' }) => messages.deselect(chosenLabel)}
      />
    </FormField>
  )
}
