import FormField from '@cloudscape-design/components/form-field'
import Multiselect, { type MultiselectProps } from '@cloudscape-design/components/multiselect'
import { useMemo, useState } from 'react'
import { useMessages } from '../../language/language.ts'
import type { KnownActionsQuery } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

export type KnownAction = NonNullable<KnownActionsQuery['knownActions']>[number]

interface ActionsFieldProps {
  readonly known: readonly KnownAction[]
  readonly loading: boolean
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
}

/** In the order of the service authorization reference; what has no level comes last. */
const LEVELS = ['List', 'Read', 'Write', 'Permissions management', 'Tagging', null] as const
/** What can be simulated: no wildcards. */
const ACTION = /^[\w-]+:\w+$/

/** Actions, found by typing a part of their names; those of other services are typed in full. */
export function ActionsField({ known, loading, chosen, onChange }: ActionsFieldProps) {
  const messages = useMessages({ en, ko })
  const [search, setSearch] = useState('')
  const options = useMemo(() => {
    const typed = search.trim()
    const found = known.filter(({ name }) => name.toLowerCase().includes(typed.toLowerCase()))
    const isNew = ACTION.test(typed) && !known.some(({ name }) => name.toLowerCase() === typed.toLowerCase())
    const services = [...new Set(found.map(({ name }) => serviceOf(name)))].toSorted()
    const groups = services.flatMap((service) =>
      LEVELS.map((level): MultiselectProps.OptionGroup => {
        const words = level === null ? messages.other : messages[level]
        return {
          label: messages.actionGroup(service, words),
          options: found
            .filter(({ name, accessLevel }) => serviceOf(name) === service && accessLevel === level)
            .map(({ name }) => ({ value: name, label: name })),
        }
      }).filter((group) => group.options.length > 0),
    )
    const use = { label: messages.otherActions, options: [{ value: typed, label: messages.useAction(typed) }] }
    return isNew ? [use, ...groups] : groups
  }, [known, search, messages])
  return (
    <FormField label={messages.actions} description={messages.actionsText} stretch>
      <Multiselect
        options={options}
        selectedOptions={chosen.map((name) => ({ value: name, label: name }))}
        onChange={({ detail }) => onChange(detail.selectedOptions.flatMap(({ value }) => value ?? []))}
        filteringType="manual"
        filteringAriaLabel={messages.findActions}
        filteringPlaceholder={messages.findActions}
        onLoadItems={({ detail }) => setSearch(detail.filteringText)}
        virtualScroll
        placeholder={messages.chooseActions}
        statusType={loading && known.length === 0 ? 'loading' : 'finished'}
        loadingText={messages.loadingActions}
        empty={messages.noAction}
        deselectAriaLabel={({ value = '' }) => messages.removeAction(value)}
      />
    </FormField>
  )
}

function serviceOf(action: string): string {
  return action.split(':')[0] ?? ''
}
