import SegmentedControl from '@cloudscape-design/components/segmented-control'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { GuardedButton } from '../../access/guarded-button.tsx'
import { useQuery } from '../../api/use-query.ts'
import { useMessages } from '../../language/language.ts'
import { useFormat } from '../../language/use-format.ts'
import { isBuiltIn, policyHref } from '../../links/addresses.ts'
import { AppLink } from '../../links/app-link.tsx'
import { KeysetTable } from '../../lists/keyset-table.tsx'
import { useKeyset } from '../../lists/use-keyset.ts'
import { PageFrame } from '../../page-frame/page-frame.tsx'
import { LongText } from '../../texts/long-text.tsx'
import { PoliciesDocument } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

const SCOPES = ['ALL', 'AWS', 'LOCAL'] as const
const PAGE_SIZE = 50

export function PoliciesList() {
  const messages = useMessages({ en, ko })
  const format = useFormat()
  const navigate = useNavigate()
  const keyset = useKeyset()
  const [scope, setScope] = useState<(typeof SCOPES)[number]>('ALL')
  const query = useQuery(PoliciesDocument, { scope, first: PAGE_SIZE, after: keyset.after })
  const create = (
    <GuardedButton
      variant="primary"
      needs={[{ action: 'iam:CreatePolicy', anywhere: true }]}
      onClick={() => void navigate('/policies/create')}
    >
      {messages.create}
    </GuardedButton>
  )
  return (
    <PageFrame title={messages.title} description={messages.description} actions={create}>
      <KeysetTable
        ariaLabel={messages.title}
        query={query}
        connection={query.data?.policies}
        keyset={keyset}
        keyOf={({ arn }) => arn}
        searchable={({ policyName, path }) => `${path}${policyName}`}
        empty={messages.none}
        filters={
          <SegmentedControl
            label={messages.scope}
            selectedId={scope}
            options={SCOPES.map((id) => ({ id, text: messages[id] }))}
            onChange={({ detail }) => {
              setScope(SCOPES.find((id) => id === detail.selectedId) ?? 'ALL')
              keyset.restart()
            }}
          />
        }
        columns={[
          {
            id: 'name',
            header: messages.name,
            isRowHeader: true,
            minWidth: 230,
            cell: ({ arn, policyName }) => (
              <span className="breaking-text">
                <AppLink href={policyHref(arn)}>{policyName}</AppLink>
              </span>
            ),
          },
          { id: 'type', header: messages.type, cell: ({ arn }) => (isBuiltIn(arn) ? messages.AWS : messages.LOCAL) },
          { id: 'path', header: messages.path, minWidth: 120, cell: ({ path }) => <LongText text={path} /> },
          {
            id: 'used',
            header: messages.used,
            cell: ({ attachmentCount, permissionsBoundaryUsageCount }) =>
              permissionsBoundaryUsageCount === 0
                ? String(attachmentCount)
                : messages.usedAlso(String(attachmentCount), String(permissionsBoundaryUsageCount)),
          },
          {
            id: 'updated',
            header: messages.updated,
            minWidth: 130,
            cell: ({ updatedAt }) => format.dateTime(updatedAt),
          },
        ]}
      />
    </PageFrame>
  )
}
