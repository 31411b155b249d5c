import { useMessages } from '../../../language/language.ts'
import { ChoiceField } from './choice-field.tsx'
import { type GroupChoicesQuery, GroupChoicesDocument } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { useAll } from './use-all.ts'

interface GroupChoiceProps {
  /** Names. */
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
  readonly without?: readonly string[]
}

const groupsOf = ({ groups }: GroupChoicesQuery) => groups

/** Groups to be added to. */
export function GroupChoice({ without = [], ...choice }: GroupChoiceProps) {
  const messages = useMessages({ en, ko })
  const { nodes, error } = useAll(GroupChoicesDocument, groupsOf)
  const offered = nodes?.filter(({ name }) => !without.includes(name)) ?? null
  return (
    <ChoiceField
      {...choice}
      label={messages.groups}
      placeholder={messages.chooseGroups}
      error={error}
      options={
        offered?.map(({ name, path }) => ({ value: name, label: name, ...(path !== '/' && { description: path }) })) ??
        null
      }
    />
  )
}
