import { useState } from 'react'
import { GuardedButton } from '../../access/guarded-button.tsx'
import { useQuery } from '../../api/use-query.ts'
import { useMessages } from '../../language/language.ts'
import { useFormat } from '../../language/use-format.ts'
import { later } from '../../later/later.tsx'
import { groupHref } from '../../links/addresses.ts'
import { AppLink } from '../../links/app-link.tsx'
import { KeysetTable } from '../../lists/keyset-table.tsx'
import { useKeyset } from '../../lists/use-keyset.ts'
import { PageFrame } from '../../page-frame/page-frame.tsx'
import { LongText } from '../../texts/long-text.tsx'
import { GroupsDocument } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

const CreateGroupModal = later(async () => (await import('./group-modals.tsx')).CreateGroupModal)

const PAGE_SIZE = 50

export function GroupsList() {
  const messages = useMessages({ en, ko })
  const format = useFormat()
  const keyset = useKeyset()
  const [creating, setCreating] = useState(false)
  const query = useQuery(GroupsDocument, { first: PAGE_SIZE, after: keyset.after })
  const create = (
    <GuardedButton
      variant="primary"
      needs={[{ action: 'iam:CreateGroup', anywhere: true }]}
      onClick={() => setCreating(true)}
    >
      {messages.create}
    </GuardedButton>
  )
  return (
    <PageFrame title={messages.title} description={messages.description} actions={create}>
      <KeysetTable
        ariaLabel={messages.title}
        query={query}
        connection={query.data?.groups}
        keyset={keyset}
        keyOf={({ arn }) => arn}
        searchable={({ name, path }) => `${path}${name}`}
        empty={messages.none}
        columns={[
          {
            id: 'name',
            header: messages.name,
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
            header: messages.createdAt,
            minWidth: 130,
            cell: ({ createdAt }) => format.dateTime(createdAt),
          },
        ]}
      />
      {creating && <CreateGroupModal onClose={() => setCreating(false)} />}
    </PageFrame>
  )
}
