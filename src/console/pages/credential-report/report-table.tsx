import type { CollectionPreferencesProps } from '@cloudscape-design/components/collection-preferences'
import Header from '@cloudscape-design/components/header'
import Pagination from '@cloudscape-design/components/pagination'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import Table from '@cloudscape-design/components/table'
import TextFilter from '@cloudscape-design/components/text-filter'
import { type ReactNode, useMemo, useState } from 'react'
import { type Translation, useMessages } from '../../language/language.ts'
import { type Format, useFormat } from '../../language/use-format.ts'
import { later } from '../../later/later.tsx'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { type ReportRow, reportRows } from './report-rows.ts'

const ColumnPreferences = later(async () => (await import('./column-preferences.tsx')).ColumnPreferences)

/** Those of certificates are left out: there are none here. They are in the file. */
const COLUMNS = [
  'user',
  'arn',
  'user_creation_time',
  'password_enabled',
  'password_last_used',
  'password_last_changed',
  'password_next_rotation',
  'mfa_active',
  'access_key_1_active',
  'access_key_1_last_rotated',
  'access_key_1_last_used_date',
  'access_key_1_last_used_region',
  'access_key_1_last_used_service',
  'access_key_2_active',
  'access_key_2_last_rotated',
  'access_key_2_last_used_date',
  'access_key_2_last_used_region',
  'access_key_2_last_used_service',
] as const
const FIRST_SHOWN: readonly string[] = [
  'user',
  'password_enabled',
  'password_last_used',
  'mfa_active',
  'access_key_1_active',
  'access_key_1_last_rotated',
  'access_key_1_last_used_date',
  'access_key_2_active',
  'access_key_2_last_rotated',
  'access_key_2_last_used_date',
]
const PAGE_SIZE = 50

/** The report as a table that is searched and sorted in the browser. */
export function ReportTable({ csv }: { readonly csv: string }) {
  const messages = useMessages({ en, ko })
  const format = useFormat()
  const rows = useMemo(() => reportRows(csv), [csv])
  const [preferences, setPreferences] = useState<CollectionPreferencesProps.Preferences>({
    contentDisplay: COLUMNS.map((id) => ({ id, visible: FIRST_SHOWN.includes(id) })),
  })
  const [wanted, setWanted] = useState('')
  const [sorting, setSorting] = useState<Sorting>({ column: 'user', descending: false })
  const [page, setPage] = useState(1)
  const found = useMemo(() => sorted(matching(rows, wanted), sorting), [rows, wanted, sorting])
  return (
    <Table
      header={
        <Header variant="h2" counter={`(${rows.length})`}>
          {messages.users}
        </Header>
      }
      filter={
        <TextFilter
          filteringText={wanted}
          onChange={({ detail }) => {
            setWanted(detail.filteringText)
            setPage(1)
          }}
          filteringPlaceholder={messages.find}
          filteringAriaLabel={messages.find}
          countText={messages.matches(found.length)}
        />
      }
      pagination={
        <Pagination
          currentPageIndex={page}
          pagesCount={Math.max(1, Math.ceil(found.length / PAGE_SIZE))}
          onChange={({ detail }) => setPage(detail.currentPageIndex)}
        />
      }
      preferences={
        <ColumnPreferences
          preferences={preferences}
          onConfirm={({ detail }) => setPreferences(detail)}
          contentDisplayPreference={{ options: COLUMNS.map((id) => ({ id, label: messages[id] })) }}
        />
      }
      enableKeyboardNavigation
      stickyColumns={{ first: 1 }}
      empty={messages.noMatches}
      items={found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)}
      sortingColumn={{ sortingField: sorting.column }}
      sortingDescending={sorting.descending}
      onSortingChange={({ detail }) =>
        setSorting({ column: detail.sortingColumn.sortingField ?? 'user', descending: detail.isDescending ?? false })
      }
      trackBy="user"
      {...(preferences.contentDisplay && { columnDisplay: preferences.contentDisplay })}
      columnDefinitions={COLUMNS.map((id) => ({
        id,
        header: messages[id],
        sortingField: id,
        isRowHeader: id === 'user',
        cell: (row: ReportRow) => cell(row[id] ?? '', messages, format),
      }))}
    />
  )
}

interface Sorting {
  readonly column: string
  readonly descending: boolean
}

function matching(rows: readonly ReportRow[], wanted: string): readonly ReportRow[] {
  const text = wanted.trim().toLowerCase()
  return rows.filter((row) => Object.values(row).some((value) => value.toLowerCase().includes(text)))
}

function sorted(rows: readonly ReportRow[], { column, descending }: Sorting): readonly ReportRow[] {
  const order = descending ? -1 : 1
  return rows.toSorted((a, b) => order * (a[column] ?? '').localeCompare(b[column] ?? ''))
}

/** What the report says in its own words, in the person's. */
function cell(value: string, messages: Translation<typeof en>, format: Format): ReactNode {
  if (value === 'true') return <StatusIndicator type="success">{messages.yes}</StatusIndicator>
  if (value === 'false') return messages.no
  if (value === 'N/A') return '-'
  if (value === 'no_information') return messages.never
  if (value === 'not_supported') return messages.notSupported
  return /^\d{4}-\d{2}-\d{2}T/.test(value) ? format.dateTime(value) : value
}
