import Header from '@cloudscape-design/components/header'
import Table from '@cloudscape-design/components/table'
import { useState } from 'react'
import { GuardedButton } from '../access/guarded-button.tsx'
import { useMessages } from '../language/language.ts'
import { later } from '../later/later.tsx'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import type { TagHolder } from './tag-holder.ts'

const TagsModal = later(async () => (await import('./tags-modal.tsx')).TagsModal)

interface TagsSectionProps extends TagHolder {
  /** What cannot be tagged at all, such as what is built in. */
  readonly readOnlyReason?: string | undefined
}

/** The tags of something, and a dialog that changes them. */
export function TagsSection({ readOnlyReason, ...props }: TagsSectionProps) {
  const messages = useMessages({ en, ko })
  const [editing, setEditing] = useState(false)
  return (
    <>
      <Table
        ariaLabels={{ tableLabel: messages.title }}
        header={
          <Header
            variant="h2"
            counter={`(${props.tags.length})`}
            actions={
              <GuardedButton
                anyOf={[props.canTag, props.canUntag]}
                disabled={readOnlyReason !== undefined}
                disabledReason={readOnlyReason}
                onClick={() => setEditing(true)}
              >
                {messages.manage}
              </GuardedButton>
            }
          >
            {messages.title}
          </Header>
        }
        items={props.tags}
        trackBy="key"
        wrapLines
        empty={messages.none}
        columnDefinitions={[
          { id: 'key', header: messages.key, minWidth: 140, cell: ({ key }) => breaking(key), isRowHeader: true },
          { id: 'value', header: messages.value, minWidth: 140, cell: ({ value }) => breaking(value || '-') },
        ]}
      />
      {editing && <TagsModal {...props} onClose={() => setEditing(false)} />}
    </>
  )
}

/** Keys and values need not have blanks to break at. */
function breaking(text: string) {
  return <span className="breaking-text">{text}</span>
}
