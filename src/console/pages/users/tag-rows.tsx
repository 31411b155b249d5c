import AttributeEditor from '@cloudscape-design/components/attribute-editor'
import Input from '@cloudscape-design/components/input'
import { useMessages } from '../../language/language.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

export interface TagRow {
  readonly key: string
  readonly value: string
}

interface TagRowsProps {
  readonly tags: readonly TagRow[]
  readonly onChange: (tags: readonly TagRow[]) => void
}

/** IAM's most for one user. */
const MOST_TAGS = 50

/** Keys and values to type. */
export function TagRows({ tags, onChange }: TagRowsProps) {
  const messages = useMessages({ en, ko })
  const set = (index: number, part: Partial<TagRow>) =>
    onChange(tags.map((tag, at) => (at === index ? { ...tag, ...part } : tag)))
  return (
    <AttributeEditor
      items={tags}
      empty={messages.noTags}
      addButtonText={messages.addTag}
      removeButtonText={messages.removeTag}
      removeButtonAriaLabel={({ key }: TagRow) => `${messages.removeTag}: ${key}`}
      disableAddButton={tags.length >= MOST_TAGS}
      onAddButtonClick={() => onChange([...tags, { key: '', value: '' }])}
      onRemoveButtonClick={({ detail }) => onChange(tags.filter((_tag, at) => at !== detail.itemIndex))}
      definition={[
        {
          label: messages.tagKey,
          control: ({ key }, index) => (
            <Input
              value={key}
              ariaLabel={`${messages.tagKey} ${index + 1}`}
              autoComplete="off"
              onChange={({ detail }) => set(index, { key: detail.value })}
            />
          ),
        },
        {
          label: messages.tagValue,
          control: ({ value }, index) => (
            <Input
              value={value}
              ariaLabel={`${messages.tagValue} ${index + 1}`}
              autoComplete="off"
              onChange={({ detail }) => set(index, { value: detail.value })}
            />
          ),
        },
      ]}
    />
  )
}
