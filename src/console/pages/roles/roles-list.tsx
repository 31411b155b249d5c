import { useNavigate } from 'react-router'
import { GuardedButton } from '../../access/guarded-button.tsx'
import { useQuery } from '../../api/use-query.ts'
import { useMessages } from '../../language/language.ts'
import { useFormat } from '../../language/use-format.ts'
import { roleHref } from '../../links/addresses.ts'
import { AppLink } from '../../links/app-link.tsx'
import { KeysetTable } from '../../lists/keyset-table.tsx'
import { useKeyset } from '../../lists/use-keyset.ts'
import { PageFrame } from '../../page-frame/page-frame.tsx'
import { LongText } from '../../texts/long-text.tsx'
import { RolesDocument } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

const PAGE_SIZE = 50

export function RolesList() {
  const messages = useMessages({ en, ko })
  const format = useFormat()
  const navigate = useNavigate()
  const keyset = useKeyset()
  const query = useQuery(RolesDocument, { first: PAGE_SIZE, after: keyset.after })
  const create = (
    <GuardedButton
      variant="primary"
      needs={[{ action: 'iam:CreateRole', anywhere: true }]}
      onClick={() => void navigate('/roles/create')}
    >
      {messages.create}
    </GuardedButton>
  )
  return (
    <PageFrame title={messages.title} description={messages.description} actions={create}>
      <KeysetTable
        ariaLabel={messages.title}
        query={query}
        connection={query.data?.roles}
        keyset={keyset}
        keyOf={({ arn }) => arn}
        searchable={({ name, path, description }) => `${path}${name} ${description ?? ''}`}
        empty={messages.none}
        columns={[
          {
            id: 'name',
            header: messages.name,
            isRowHeader: true,
            minWidth: 180,
            cell: ({ name }) => (
              <span className="breaking-text">
                <AppLink href={roleHref(name)}>{name}</AppLink>
              </span>
            ),
          },
          { id: 'path', header: messages.path, minWidth: 120, cell: ({ path }) => <LongText text={path} /> },
          {
            id: 'description',
            header: messages.descriptionField,
            minWidth: 160,
            cell: ({ description }) => <LongText text={description || '-'} />,
          },
          {
            id: 'created',
            header: messages.createdAt,
            minWidth: 130,
            cell: ({ createdAt }) => format.dateTime(createdAt),
          },
        ]}
      />
    </PageFrame>
  )
}
