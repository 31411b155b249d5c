import Autosuggest from '@cloudscape-design/components/autosuggest'
import FormField from '@cloudscape-design/components/form-field'
import { useState } from 'react'
import { useMessages } from '../language/language.ts'
import type { ChosenEntity, EntityType } from './entity.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { useGroups, useRoles, useUsers } from './use-lists.ts'

interface EntityFieldProps {
  readonly type: EntityType
  readonly description?: string
  readonly value: string
  readonly onChange: (chosen: ChosenEntity) => void
}

/** The name of a user, group or role: chosen from those that the person may list, or typed. */
export function EntityField({ type, description, value, onChange }: EntityFieldProps) {
  const messages = useMessages({ en, ko })
  const [search, setSearch] = useState('')
  const users = useUsers(search, type === 'USER')
  const groups = useGroups(type === 'GROUP')
  const roles = useRoles(type === 'ROLE')
  const { choices, list } = { USER: users, GROUP: groups, ROLE: roles }[type]
  return (
    <FormField label={messages[type]} description={description}>
      <Autosuggest
        value={value}
        options={(choices ?? []).map(({ name }) => ({ value: name }))}
        enteredTextLabel={messages.use}
        placeholder={messages.choose}
        empty={list?.allowed ? messages.none : messages.typeName}
        virtualScroll
        onLoadItems={({ detail }) => setSearch(detail.filteringText)}
        onChange={({ detail }) => {
          const name = detail.value
          onChange({ type, name, arn: choices?.find((choice) => choice.name === name)?.arn })
        }}
      />
    </FormField>
  )
}
