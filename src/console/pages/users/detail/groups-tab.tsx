import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Table from '@cloudscape-design/components/table'
import { useState } from 'react'
import { GuardedButton } from '../../../access/guarded-button.tsx'
import { useCan } from '../../../access/use-can.ts'
import { request } from '../../../api/request.ts'
import { useAction } from '../../../api/use-action.ts'
import { useFreshQuery } from '../../../api/use-fresh-query.ts'
import { ActionModal } from '../../../dialogs/action-modal.tsx'
import { type Chosen, GroupsField } from '../../../entities/many-field.tsx'
import { ErrorAlert } from '../../../errors/error-alert.tsx'
import { useMessages } from '../../../language/language.ts'
import { useFormat } from '../../../language/use-format.ts'
import { groupHref } from '../../../links/addresses.ts'
import { AppLink } from '../../../links/app-link.tsx'
import { useNotify } from '../../../page-frame/notifications.tsx'
import { StepList } from '../../../steps/step-list.tsx'
import { useSteps } from '../../../steps/use-steps.ts'
import { LongText } from '../../../texts/long-text.tsx'
import { AddUserToGroupDocument, RemoveUserFromGroupDocument, UserGroupsDocument } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import type { UserProps } from './user.ts'

export function GroupsTab({ user }: UserProps) {
  const messages = useMessages({ en, ko })
  const format = useFormat()
  const [mayList] = useCan([{ action: 'iam:ListGroupsForUser', resource: user.arn }])
  const { data, error, loading, reload } = useFreshQuery(
    UserGroupsDocument,
    mayList?.allowed ? { name: user.name } : null,
  )
  const [adding, setAdding] = useState(false)
  const [leaving, setLeaving] = useState<string | null>(null)
  const groups = data?.user?.groups?.edges.map(({ node }) => node) ?? []
  return (
    <SpaceBetween size="l">
      {error && <ErrorAlert error={error} onRetry={reload} />}
      <Table
        items={groups}
        trackBy="name"
        wrapLines
        loading={loading && data === null && (mayList?.allowed ?? false)}
        loadingText={messages.loading}
        ariaLabels={{ tableLabel: messages.groups }}
        empty={mayList?.disabledReason ?? messages.noGroups}
        header={
          <Header
            variant="h2"
            counter={mayList?.allowed ? `(${groups.length})` : undefined}
            description={messages.groupsDescription}
            actions={
              <GuardedButton needs={[{ action: 'iam:AddUserToGroup', anywhere: true }]} onClick={() => setAdding(true)}>
                {messages.addToGroups}
              </GuardedButton>
            }
          >
            {messages.groups}
          </Header>
        }
        columnDefinitions={[
          {
            id: 'name',
            header: messages.group,
            isRowHeader: true,
            minWidth: 180,
            cell: ({ name }) => (
              <span className="breaking-text">
                <AppLink href={groupHref(name)}>{name}</AppLink>
              </span>
            ),
          },
          { id: 'path', header: messages.path, minWidth: 120, cell: ({ path }) => <LongText text={path} /> },
          {
            id: 'created',
            header: messages.created,
            minWidth: 130,
            cell: ({ createdAt }) => format.dateTime(createdAt),
          },
          {
            id: 'actions',
            header: messages.actions,
            minWidth: 120,
            cell: ({ name, arn }) => (
              <GuardedButton
                variant="inline-link"
                ariaLabel={messages.removeOf(name)}
                needs={[{ action: 'iam:RemoveUserFromGroup', resource: arn }]}
                onClick={() => setLeaving(name)}
              >
                {messages.remove}
              </GuardedButton>
            ),
          },
        ]}
      />
      {adding && <AddModal user={user} groups={groups.map(({ name }) => name)} onClose={() => setAdding(false)} />}
      {leaving !== null && <LeaveModal user={user} group={leaving} onClose={() => setLeaving(null)} />}
    </SpaceBetween>
  )
}

interface LeaveModalProps extends UserProps {
  readonly group: string
  readonly onClose: () => void
}

function LeaveModal({ user, group, onClose }: LeaveModalProps) {
  const messages = useMessages({ en, ko })
  const notify = useNotify()
  const action = useAction(async () => {
    await request(RemoveUserFromGroupDocument, { input: { groupName: group, userName: user.name } })
    notify({ type: 'success', content: messages.left(user.name, group) })
    onClose()
  })
  return (
    <ActionModal title={messages.leaveTitle(group)} button={messages.remove} action={action} onClose={onClose}>
      {messages.leaveText}
    </ActionModal>
  )
}

interface AddModalProps extends UserProps {
  /** Names of those that the user is in. */
  readonly groups: readonly string[]
  readonly onClose: () => void
}

function AddModal({ user, groups, onClose }: AddModalProps) {
  const messages = useMessages({ en, ko })
  const notify = useNotify()
  const steps = useSteps()
  const [chosen, setChosen] = useState<readonly Chosen[]>([])
  const add = async () => {
    const succeeded = await steps.run(
      chosen.map(({ name: groupName }) => ({
        id: groupName,
        text: groupName,
        run: () => request(AddUserToGroupDocument, { input: { groupName, userName: user.name } }),
      })),
    )
    if (!succeeded) return false
    notify({ type: 'success', content: messages.added(user.name, chosen.map(({ name }) => name).join(', ')) })
    onClose()
    return true
  }
  return (
    <ActionModal
      title={messages.addToGroups}
      button={messages.add}
      action={{ run: add, running: steps.running, error: null, clearError: () => {} }}
      needs={chosen.map(({ arn }) => ({ action: 'iam:AddUserToGroup', resource: arn }))}
      disabled={chosen.length === 0}
      onClose={onClose}
    >
      <GroupsField chosen={chosen} without={groups} onChange={setChosen} />
      <StepList steps={steps} onRetry={() => void add()} />
    </ActionModal>
  )
}
