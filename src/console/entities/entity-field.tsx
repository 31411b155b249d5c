import Autosuggest from '@cloudscape-design/components/autosuggest'
import FormField from '@cloudscape-design/components/form-field'
import { useState } from 'react'
import { useCan } from '../access/use-can.ts'
import { useQuery } from '../api/use-query.ts'
import { useMessages } from '../language/language.ts'
import { useIdentity } from '../session/session-store.ts'
import { FindGroupsDocument, FindRolesDocument, FindUsersDocument } from './documents.generated.ts'
import type { ChosenEntity, EntityType } from './entity.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

/** Enough to choose from; whoever is not among them is typed. */
const OPTIONS = 100
const LIST_ACTIONS = { USER: 'iam:ListUsers', GROUP: 'iam:ListGroups', ROLE: 'iam:ListRoles' } as const
const FOLDERS = { USER: 'user', GROUP: 'group', ROLE: 'role' } as const

interface EntityFieldProps {
  readonly type: EntityType
  readonly description?: string
  readonly value: string
  readonly onChange: (chosen: ChosenEntity) => void
}

/** The name of a user, group or role: chosen from those that the person may list, or typed. */
export function EntityField({ type, description, value, onChange }: EntityFieldProps) {
  const messages = useMessages({ en, ko })
  const { accountId } = useIdentity()
  const [search, setSearch] = useState('')
  const resource = `arn:aws:iam::${accountId}:${FOLDERS[type]}/`
  const [list] = useCan([{ action: LIST_ACTIONS[type], resource }])
  const may = list?.allowed ?? false
  const first = OPTIONS
  const users = useQuery(FindUsersDocument, may && type === 'USER' ? { first, search: search || null } : null)
  const groups = useQuery(FindGroupsDocument, may && type === 'GROUP' ? { first } : null)
  const roles = useQuery(FindRolesDocument, may && type === 'ROLE' ? { first } : null)
  const connection = { USER: users.data?.users, GROUP: groups.data?.groups, ROLE: roles.data?.roles }[type]
  const options = may ? (connection?.edges ?? []).map(({ node }) => node) : []
  return (
    <FormField label={messages[type]} description={description}>
      <Autosuggest
        value={value}
        options={options.map(({ name }) => ({ value: name }))}
        enteredTextLabel={messages.use}
        placeholder={messages.choose}
        empty={may ? messages.none : messages.typeName}
        onLoadItems={({ detail }) => setSearch(detail.filteringText)}
        onChange={({ detail }) => {
          const name = detail.value
          onChange({ type, name, arn: options.find((option) => option.name === name)?.arn })
        }}
      />
    </FormField>
  )
}
