import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Spinner from '@cloudscape-design/components/spinner'
import Tabs from '@cloudscape-design/components/tabs'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { GuardedButton } from '../../access/guarded-button.tsx'
import { request } from '../../api/request.ts'
import { useOnReturn } from '../../api/use-on-return.ts'
import { type QueryState, useQuery } from '../../api/use-query.ts'
import { ReadFailure } from '../../errors/read-failure.tsx'
import { HeldPoliciesSection } from '../../held-policies/held-policies-section.tsx'
import { useHeldPolicies } from '../../held-policies/use-held-policies.ts'
import { useMessages } from '../../language/language.ts'
import { useFormat } from '../../language/use-format.ts'
import { later } from '../../later/later.tsx'
import { groupHref, userHref } from '../../links/addresses.ts'
import { AppLink } from '../../links/app-link.tsx'
import { SimulateButton } from '../../links/simulate-button.tsx'
import { KeysetTable } from '../../lists/keyset-table.tsx'
import { type Keyset, useKeyset } from '../../lists/use-keyset.ts'
import { PageFrame } from '../../page-frame/page-frame.tsx'
import { Copyable } from '../../texts/copyable.tsx'
import { GroupDocument, type GroupQuery, UpdateGroupDocument } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

const RenameModal = later(async () => (await import('../../entities/rename-modal.tsx')).RenameModal)
const AddMemberModal = later(async () => (await import('./group-modals.tsx')).AddMemberModal)
const DeleteGroupModal = later(async () => (await import('./group-modals.tsx')).DeleteGroupModal)
const RemoveMemberModal = later(async () => (await import('./group-modals.tsx')).RemoveMemberModal)

type Group = NonNullable<GroupQuery['group']>
const PAGE_SIZE = 50

interface GroupProps {
  readonly group: Group
  readonly query: QueryState<GroupQuery>
  readonly keyset: Keyset
}

export function Component() {
  const messages = useMessages({ en, ko })
  const { name = '' } = useParams()
  const keyset = useKeyset()
  const query = useQuery(GroupDocument, { name, first: PAGE_SIZE, after: keyset.after })
  useOnReturn(query.reload)
  const group = query.data?.group ?? null
  if (group) return <Details group={group} query={query} keyset={keyset} />
  return (
    <PageFrame title={name} breadcrumbs={[{ text: messages.title, href: '/groups' }]}>
      {query.error ? (
        <ReadFailure error={query.error} onRetry={query.reload} list={{ text: messages.title, href: '/groups' }} />
      ) : (
        <Spinner />
      )}
    </PageFrame>
  )
}

function Details({ group, query, keyset }: GroupProps) {
  const messages = useMessages({ en, ko })
  const format = useFormat()
  const navigate = useNavigate()
  const [open, setOpen] = useState<'edit' | 'delete' | null>(null)
  const { name, arn, groupId, path, createdAt, users } = group
  const holder = { type: 'Group' as const, name, arn }
  const held = useHeldPolicies(holder)
  return (
    <PageFrame
      title={name}
      breadcrumbs={[{ text: messages.title, href: '/groups' }]}
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <SimulateButton principal={arn} />
          <GuardedButton needs={[{ action: 'iam:UpdateGroup', resource: arn }]} onClick={() => setOpen('edit')}>
            {messages.edit}
          </GuardedButton>
          <GuardedButton needs={[{ action: 'iam:DeleteGroup', resource: arn }]} onClick={() => setOpen('delete')}>
            {messages.delete}
          </GuardedButton>
        </SpaceBetween>
      }
    >
      <SpaceBetween size="l">
        <Container header={<Header variant="h2">{messages.summary}</Header>}>
          <KeyValuePairs
            columns={3}
            items={[
              { label: 'ARN', value: <Copyable text={arn} /> },
              { label: messages.id, value: <Copyable text={groupId} /> },
              { label: messages.path, value: <span className="breaking-text">{path}</span> },
              { label: messages.createdAt, value: format.dateTime(createdAt) },
            ]}
          />
        </Container>
        <Tabs
          ariaLabel={name}
          tabs={[
            {
              id: 'members',
              label: messages.members,
              content: <Members group={group} query={query} keyset={keyset} />,
            },
            {
              id: 'policies',
              label: messages.permissions,
              content: <HeldPoliciesSection holder={holder} held={held} />,
            },
          ]}
        />
      </SpaceBetween>
      {open === 'edit' && (
        <RenameModal
          type="GROUP"
          entity={group}
          save={({ name: newGroupName, path: newPath }) =>
            request(UpdateGroupDocument, { input: { groupName: name, newGroupName, newPath } })
          }
          onClose={() => setOpen(null)}
          onSaved={(renamed) => {
            setOpen(null)
            if (renamed === name) query.reload()
            else void navigate(groupHref(renamed), { replace: true })
          }}
        />
      )}
      {open === 'delete' && (
        <DeleteGroupModal
          groupName={name}
          members={users?.edges.length ?? 0}
          policies={(held.attached?.length ?? 0) + (held.inline?.length ?? 0)}
          onClose={() => setOpen(null)}
        />
      )}
    </PageFrame>
  )
}

function Members({ group, query, keyset }: GroupProps) {
  const messages = useMessages({ en, ko })
  const format = useFormat()
  const [adding, setAdding] = useState(false)
  const [removing, setRemoving] = useState<string | null>(null)
  const { name: groupName, arn, users } = group
  const add = (
    <GuardedButton needs={[{ action: 'iam:AddUserToGroup', resource: arn }]} onClick={() => setAdding(true)}>
      {messages.addMember}
    </GuardedButton>
  )
  return (
    <>
      <KeysetTable
        heading={messages.members}
        ariaLabel={messages.members}
        actions={add}
        query={query}
        connection={users}
        keyset={keyset}
        keyOf={({ arn: userArn }) => userArn}
        searchable={({ name }) => name}
        empty={messages.noMembers}
        columns={[
          {
            id: 'name',
            header: messages.userName,
            isRowHeader: true,
            minWidth: 180,
            cell: ({ name }) => (
              <span className="breaking-text">
                <AppLink href={userHref(name)}>{name}</AppLink>
              </span>
            ),
          },
          {
            id: 'created',
            header: messages.createdAt,
            minWidth: 130,
            cell: ({ createdAt }) => format.dateTime(createdAt),
          },
          {
            id: 'actions',
            header: messages.actions,
            minWidth: 120,
            cell: ({ name }) => (
              <GuardedButton
                variant="inline-link"
                ariaLabel={messages.removeMember(name)}
                needs={[{ action: 'iam:RemoveUserFromGroup', resource: arn }]}
                onClick={() => setRemoving(name)}
              >
                {messages.remove}
              </GuardedButton>
            ),
          },
        ]}
      />
      {adding && <AddMemberModal groupName={groupName} onChanged={query.reload} onClose={() => setAdding(false)} />}
      {removing !== null && (
        <RemoveMemberModal
          groupName={groupName}
          userName={removing}
          onChanged={query.reload}
          onClose={() => setRemoving(null)}
        />
      )}
    </>
  )
}
