import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Header from '@cloudscape-design/components/header'
import Pagination from '@cloudscape-design/components/pagination'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Table, { type TableProps } from '@cloudscape-design/components/table'
import TextFilter from '@cloudscape-design/components/text-filter'
import { type ReactNode, useState } from 'react'
import { useOnReturn } from '../api/use-on-return.ts'
import type { QueryState } from '../api/use-query.ts'
import { ErrorAlert } from '../errors/error-alert.tsx'
import { useMessages } from '../language/language.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import type { Keyset } from './use-keyset.ts'

interface Connection<Item> {
  readonly edges: readonly { readonly node: Item }[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
}

interface KeysetTableProps<Item> {
  /** A heading of its own; without one the table is named after the page. */
  readonly heading?: string
  readonly ariaLabel: string
  readonly actions?: ReactNode
  readonly query: Pick<QueryState<object>, 'error' | 'errors' | 'loading' | 'reload'>
  readonly connection: Connection<Item> | null | undefined
  readonly keyset: Keyset
  readonly columns: readonly TableProps.ColumnDefinition<Item>[]
  readonly keyOf: (item: Item) => string
  /** What the search looks through. */
  readonly searchable: (item: Item) => string
  readonly empty: string
  readonly emptyAction?: ReactNode
  /** More filters, beside the search. */
  readonly filters?: ReactNode
}

/** A list read page by page, and again when the person comes back to it, with a search within the page that is shown. */
export function KeysetTable<Item>(props: KeysetTableProps<Item>) {
  const { heading, ariaLabel, actions, query, connection, keyset, columns, keyOf, searchable, filters } = props
  const messages = useMessages({ en, ko })
  const [search, setSearch] = useState('')
  useOnReturn(query.reload)
  const items = connection?.edges.map(({ node }) => node) ?? []
  const wanted = search.trim().toLowerCase()
  const shown = items.filter((item) => searchable(item).toLowerCase().includes(wanted))
  const refused = query.error ?? (connection ? undefined : query.errors[0])
  const nothing = refused ? (
    '-'
  ) : items.length === 0 ? (
    <Box textAlign="center">
      <SpaceBetween size="s">
        <Box color="inherit">{props.empty}</Box>
        {props.emptyAction}
      </SpaceBetween>
    </Box>
  ) : (
    <Box textAlign="center">
      <SpaceBetween size="s">
        <Box color="inherit">{messages.noMatch}</Box>
        <Button onClick={() => setSearch('')}>{messages.clear}</Button>
      </SpaceBetween>
    </Box>
  )
  return (
    <SpaceBetween size="m">
      {refused && <ErrorAlert error={refused} onRetry={query.reload} />}
      <Table
        ariaLabels={{ tableLabel: ariaLabel }}
        header={
          heading !== undefined && (
            <Header variant="h2" actions={actions}>
              {heading}
            </Header>
          )
        }
        loading={query.loading && !connection}
        loadingText={messages.loading}
        items={shown}
        trackBy={keyOf}
        columnDefinitions={columns}
        wrapLines
        empty={nothing}
        filter={
          <div className="table-filters">
            <div className="table-search">
              <TextFilter
                filteringText={search}
                filteringPlaceholder={messages.search}
                filteringAriaLabel={messages.search}
                countText={wanted === '' ? '' : messages.matches(String(shown.length))}
                onChange={({ detail }) => setSearch(detail.filteringText)}
              />
            </div>
            {filters}
          </div>
        }
        pagination={
          <Pagination
            currentPageIndex={keyset.page}
            pagesCount={keyset.pagesCount(connection?.pageInfo)}
            disabled={query.loading}
            onChange={({ detail }) => {
              setSearch('')
              keyset.goTo(detail.currentPageIndex, connection?.pageInfo)
            }}
          />
        }
      />
    </SpaceBetween>
  )
}
