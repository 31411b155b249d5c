import Button from '@cloudscape-design/components/button'
import Header from '@cloudscape-design/components/header'
import Table from '@cloudscape-design/components/table'
import { useState } from 'react'
import { useCan } from '../../../access/use-can.ts'
import { request } from '../../../api/request.ts'
import { ActionModal } from '../../../dialogs/action-modal.tsx'
import { useMessages } from '../../../language/language.ts'
import { useNotify } from '../../../shell/notifications.tsx'
import { StepList } from '../../../steps/step-list.tsx'
import { useSteps } from '../../../steps/use-steps.ts'
import { TagUserDocument } from '../choices/documents.generated.ts'
import { type TagRow, TagRows } from '../tag-rows.tsx'
import { UntagUserDocument } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import type { UserProps } from './user.ts'

export function TagsTab({ user }: UserProps) {
  const messages = useMessages({ en, ko })
  const [editing, setEditing] = useState(false)
  const [tag, untag] = useCan(['iam:TagUser', 'iam:UntagUser'].map((action) => ({ action, resource: user.arn })))
  const tags = user.tags ?? []
  return (
    <>
      <Table
        items={tags}
        trackBy="key"
        ariaLabels={{ tableLabel: messages.tags }}
        empty={messages.noTags}
        header={
          <Header
            variant="h2"
            counter={`(${tags.length})`}
            description={messages.tagsDescription}
            actions={
              <Button
                disabled={!tag?.allowed && !untag?.allowed}
                disabledReason={tag?.disabledReason}
                onClick={() => setEditing(true)}
              >
                {messages.manageTags}
              </Button>
            }
          >
            {messages.tags}
          </Header>
        }
        columnDefinitions={[
          {
            id: 'key',
            header: messages.tagKey,
            isRowHeader: true,
            cell: ({ key }) => <span className="breaking-text">{key}</span>,
          },
          {
            id: 'value',
            header: messages.tagValue,
            cell: ({ value }) => <span className="breaking-text">{value || '-'}</span>,
          },
        ]}
      />
      {editing && <TagsModal user={user} onClose={() => setEditing(false)} />}
    </>
  )
}

interface TagsModalProps extends UserProps {
  readonly onClose: () => void
}

function TagsModal({ user, onClose }: TagsModalProps) {
  const messages = useMessages({ en, ko })
  const notify = useNotify()
  const steps = useSteps()
  // As they were when the dialog opened: a change that half succeeded is still measured against that.
  const [before] = useState(user.tags ?? [])
  const [rows, setRows] = useState<readonly TagRow[]>(before)
  const save = async () => {
    const { removed, written } = tagChanges(before, rows)
    const userName = user.name
    const succeeded = await steps.run([
      ...(removed.length > 0
        ? [
            {
              id: `untag ${JSON.stringify(removed)}`,
              text: messages.removeTags(removed.join(', ')),
              run: () => request(UntagUserDocument, { input: { userName, tagKeys: removed } }),
            },
          ]
        : []),
      ...(written.length > 0
        ? [
            {
              id: `tag ${JSON.stringify(written)}`,
              text: messages.writeTags(written.map(({ key }) => key).join(', ')),
              run: () => request(TagUserDocument, { input: { userName, tags: written } }),
            },
          ]
        : []),
    ])
    if (!succeeded) return false
    notify({ type: 'success', content: messages.tagsSaved(userName) })
    onClose()
    return true
  }
  return (
    <ActionModal
      title={messages.manageTags}
      button={messages.save}
      action={{ run: save, running: steps.running, error: null, clearError: () => {} }}
      onClose={onClose}
    >
      <TagRows tags={rows} onChange={setRows} />
      <StepList steps={steps} onRetry={() => void save()} />
    </ActionModal>
  )
}

/** IAM's keys are the same without regard to case: a key that is only written differently is written, not removed. */
function tagChanges(before: readonly TagRow[], after: readonly TagRow[]) {
  const kept = new Set(after.map(({ key }) => key.toLowerCase()))
  return {
    removed: before.filter(({ key }) => !kept.has(key.toLowerCase())).map(({ key }) => key),
    written: after.filter(({ key, value }) => !before.some((old) => old.key === key && old.value === value)),
  }
}
