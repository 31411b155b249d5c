import TagEditor, { type TagEditorProps } from '@cloudscape-design/components/tag-editor'
import { useState } from 'react'
import { useCan } from '../access/use-can.ts'
import { useAction } from '../api/use-action.ts'
import { ActionModal } from '../dialogs/action-modal.tsx'
import { useMessages } from '../language/language.ts'
import { useNotify } from '../page-frame/notifications.tsx'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { MOST_TAGS, type TagHolder } from './tag-holder.ts'

/** Changes the tags of something. */
export function TagsModal(props: TagHolder & { readonly onClose: () => void }) {
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
