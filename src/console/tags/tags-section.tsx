import Header from '@cloudscape-design/components/header'
import Table from '@cloudscape-design/components/table'
import TagEditor, { type TagEditorProps } from '@cloudscape-design/components/tag-editor'
import { useState } from 'react'
import type { Check } from '../access/decisions.ts'
import { GuardedButton } from '../access/guarded-button.tsx'
import { useCan } from '../access/use-can.ts'
import { useAction } from '../api/use-action.ts'
import { ActionModal } from '../dialogs/action-modal.tsx'
import { useMessages } from '../language/language.ts'
import { useNotify } from '../page-frame/notifications.tsx'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

export interface Tag {
  readonly key: string
  readonly value: string
}

interface TagsSectionProps {
  readonly tags: readonly Tag[]
  readonly canTag: Check
  readonly canUntag: Check
  /** What cannot be tagged at all, such as what is built in. */
  readonly readOnlyReason?: string | undefined
  readonly tag: (tags: readonly Tag[]) => Promise<unknown>
  readonly untag: (keys: readonly string[]) => Promise<unknown>
  readonly onChanged: () => void
}

/** As many as IAM keeps for one thing. */
export const MOST_TAGS = 50

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

function TagsModal(props: Omit<TagsSectionProps, 'readOnlyReason'> & { readonly onClose: () => void }) {
  const { tags: before, canTag, canUntag, tag, untag, onChanged, onClose } = props
  const messages = useMessages({ en, ko })
  const notify = useNotify()
  const [mayTag] = useCan([canTag])
  const [edited, setEdited] = useState<readonly TagEditorProps.Tag[]>(() =>
    before.map(({ key, value }) => ({ key, value, existing: true })),
  )
  const [valid, setValid] = useState(true)
  const kept = edited.filter(({ markedForRemoval }) => !markedForRemoval)
  const removed = before.filter(({ key }) => !kept.some((one) => one.key === key)).map(({ key }) => key)
  const changed = kept
    .filter(({ key, value }) => !before.some((one) => one.key === key && one.value === value))
    .map(({ key, value }) => ({ key, value }))
  const saving = useAction(async () => {
    if (removed.length > 0) await untag(removed)
    if (changed.length > 0) await tag(changed)
    notify({ type: 'success', content: messages.saved })
    onClose()
    onChanged()
  })
  return (
    <ActionModal
      title={messages.manage}
      button={messages.save}
      size="large"
      action={saving}
      needs={[...(changed.length > 0 ? [canTag] : []), ...(removed.length > 0 ? [canUntag] : [])]}
      disabled={!valid || (changed.length === 0 && removed.length === 0)}
      onClose={onClose}
    >
      <TagEditor
        tags={edited}
        {...(mayTag?.disabledReason === undefined
          ? { tagLimit: MOST_TAGS }
          : // Who may only take tags away gets no empty rows.
            { tagLimit: kept.length, i18nStrings: { tagLimitReached: () => mayTag.disabledReason ?? '' } })}
        onChange={({ detail }) => {
          setEdited(detail.tags)
          setValid(detail.valid)
        }}
      />
    </ActionModal>
  )
}

/** Keys and values need not have blanks to break at. */
function breaking(text: string) {
  return <span className="breaking-text">{text}</span>
}
