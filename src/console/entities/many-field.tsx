import FormField from '@cloudscape-design/components/form-field'
import Multiselect from '@cloudscape-design/components/multiselect'
import { ErrorAlert } from '../errors/error-alert.tsx'
import { useMessages } from '../language/language.ts'
import { isBuiltIn } from '../links/addresses.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { type Choices, useGroups, usePolicies } from './use-lists.ts'

/** One of those that were chosen. */
export interface Chosen {
  readonly name: string
  readonly arn: string
}

interface ManyProps {
  readonly chosen: readonly Chosen[]
  readonly onChange: (chosen: readonly Chosen[]) => void
}

interface ManyFieldProps extends ManyProps, Choices<Chosen & { readonly description?: string }> {
  readonly label: string
  readonly placeholder: string
}

/** Managed policies to attach: the account's own and those that come built in. */
export function PoliciesField(field: ManyProps) {
  const messages = useMessages({ en, ko })
  const { choices, ...state } = usePolicies()
  const described = choices?.map(({ arn, policyName }) => ({
    arn,
    name: policyName,
    description: isBuiltIn(arn) ? messages.builtIn : messages.own,
  }))
  return (
    <ManyField
      {...field}
      {...state}
      choices={described ?? null}
      label={messages.policies}
      placeholder={messages.choosePolicies}
    />
  )
}

interface GroupsFieldProps extends ManyProps {
  /** Names of groups that are not offered. */
  readonly without?: readonly string[]
}

/** Groups to be added to. */
export function GroupsField({ without = [], ...field }: GroupsFieldProps) {
  const messages = useMessages({ en, ko })
  const { choices, ...state } = useGroups(true)
  const described = choices
    ?.filter(({ name }) => !without.includes(name))
    .map(({ arn, name, path }) => ({ arn, name, ...(path !== '/' && { description: path }) }))
  return (
    <ManyField
      {...field}
      {...state}
      choices={described ?? null}
      label={messages.groups}
      placeholder={messages.chooseGroups}
    />
  )
}

/** Some of many, found by typing a part of their names. Who may not list them learns which permission is missing. */
function ManyField({ label, placeholder, choices, error, list, chosen, onChange }: ManyFieldProps) {
  const messages = useMessages({ en, ko })
  if (error) return <ErrorAlert error={error} />
  if (list?.disabledReason !== undefined) return <div>{messages.mayNotChoose(label, list.disabledReason)}</div>
  return (
    <FormField label={label} stretch>
      <Multiselect
        options={choices?.map(optionOf) ?? []}
        selectedOptions={chosen.map(optionOf)}
        onChange={({ detail }) =>
          onChange(detail.selectedOptions.map(({ value = '', label: name = '' }) => ({ arn: value, name })))
        }
        filteringType="auto"
        filteringAriaLabel={messages.find}
        filteringPlaceholder={messages.find}
        virtualScroll
        expandToViewport
        placeholder={placeholder}
        statusType={choices === null ? 'loading' : 'finished'}
        loadingText={messages.loading}
        empty={messages.nothing}
        noMatch={messages.noMatch}
        deselectAriaLabel={({ label: name = '' }) => messages.deselect(name)}
      />
    </FormField>
  )
}

function optionOf({ arn, name, description }: Chosen & { readonly description?: string }) {
  return { value: arn, label: name, ...(description !== undefined && { description }) }
}
