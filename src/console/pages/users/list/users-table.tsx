import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Input from '@cloudscape-design/components/input'
import Pagination from '@cloudscape-design/components/pagination'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Table from '@cloudscape-design/components/table'
import TextFilter from '@cloudscape-design/components/text-filter'
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { GuardedButton } from '../../../access/guarded-button.tsx'
import { useCan } from '../../../access/use-can.ts'
import { useOnReturn } from '../../../api/use-on-return.ts'
import { useQuery } from '../../../api/use-query.ts'
import { ErrorAlert } from '../../../errors/error-alert.tsx'
import { useMessages } from '../../../language/language.ts'
import { later } from '../../../later/later.tsx'
import { PageFrame } from '../../../page-frame/page-frame.tsx'
import { useIdentity } from '../../../session/session-store.ts'
import { CREATE_USER } from '../addresses.ts'
import { UsersPageDocument } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { type Column, usePreferences } from './preferences.ts'
import { SORTABLE, useColumns } from './use-columns.tsx'
import { usePages } from './use-pages.ts'

const PreferencesModal = later(async () => (await import('./preferences-modal.tsx')).PreferencesModal)

/** Searched, sorted and cut into pages by the database: 100,000 users are as quick as ten. */
export function UsersTable() {
  const messages = useMessages({ en, ko })
  const navigate = useNavigate()
  const columns = useColumns()
  const [preferences, setPreferences] = usePreferences()
  const [configuring, setConfiguring] = useState(false)
  const [address, setAddress] = useSearchParams()
  const [sorting, setSorting] = useState({ column: 'name', descending: false })
  const search = address.get('search') ?? ''
  const pathPrefix = address.get('path') ?? ''
  const [typed, setTyped] = useState(search)
  const [typedPath, setTypedPath] = useState(pathPrefix)
  const order = {
    field: sorting.column === 'created' ? SORTABLE.created : SORTABLE.name,
    direction: sorting.descending ? ('DESC' as const) : ('ASC' as const),
  }
  const pages = usePages(JSON.stringify([search, pathPrefix, order, preferences.pageSize]))
  const columnsAllowed = useColumnsAllowed(pathPrefix)
  const shows = (...wanted: readonly Column[]) => wanted.some((column) => preferences.columns.includes(column))
  const query = columnsAllowed && {
    first: preferences.pageSize,
    after: pages.after,
    search: search || null,
    pathPrefix: pathPrefix || null,
    orderBy: order,
    withKeys: columnsAllowed.keys && shows('accessKeyId', 'accessKeyAge', 'lastActivity'),
    withKeyUse: columnsAllowed.keyUse && shows('lastActivity'),
    withPassword: columnsAllowed.password && shows('passwordAge', 'lastSignIn', 'lastActivity'),
    withMfa: columnsAllowed.mfa && shows('mfa'),
    withGroups: columnsAllowed.groups && shows('groups'),
  }
  const { data, error, loading, reload } = useQuery(UsersPageDocument, query)
  useOnReturn(reload)
  const users = data?.users?.edges.map(({ node }) => node) ?? []
  const pageInfo = data?.users?.pageInfo

  const narrow = (key: 'search' | 'path', value: string) =>
    setAddress(
      (before) => {
        const next = new URLSearchParams(before)
        if (value.trim() === '') next.delete(key)
        else next.set(key, value.trim())
        return next
      },
      { replace: true },
    )
  const filtered = search !== '' || pathPrefix !== ''
  return (
    <PageFrame
      title={messages.title}
      description={messages.description}
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <Button iconName="refresh" ariaLabel={messages.refresh} loading={loading} onClick={reload} />
          <GuardedButton
            variant="primary"
            needs={[{ action: 'iam:CreateUser', anywhere: true }]}
            onClick={() => void navigate(CREATE_USER)}
          >
            {messages.create}
          </GuardedButton>
        </SpaceBetween>
      }
    >
      <SpaceBetween size="m">
        {error && <ErrorAlert error={error} onRetry={reload} />}
        <Table
          variant="container"
          wrapLines
          items={users}
          trackBy="userId"
          loading={loading && users.length === 0}
          loadingText={messages.loading}
          columnDefinitions={columns}
          columnDisplay={columns.map(({ id = '' }) => ({
            id,
            visible: id === 'name' || preferences.columns.some((column) => column === id),
          }))}
          sortingColumn={{ sortingField: order.field }}
          sortingDescending={sorting.descending}
          onSortingChange={({ detail }) =>
            setSorting({
              column: detail.sortingColumn.sortingField === SORTABLE.created ? 'created' : 'name',
              descending: detail.isDescending ?? false,
            })
          }
          ariaLabels={{ tableLabel: messages.title }}
          filter={
            <div className="table-filters">
              <div className="table-search">
                <TextFilter
                  filteringText={typed}
                  filteringPlaceholder={messages.search}
                  filteringAriaLabel={messages.search}
                  filteringClearAriaLabel={messages.clearSearch}
                  onChange={({ detail }) => setTyped(detail.filteringText)}
                  onDelayedChange={({ detail }) => narrow('search', detail.filteringText)}
                />
              </div>
              <form
                onSubmit={(event) => {
                  event.preventDefault()
                  narrow('path', typedPath)
                }}
              >
                <Input
                  ariaLabel={messages.pathPrefix}
                  placeholder={messages.pathPrefix}
                  value={typedPath}
                  onChange={({ detail }) => setTypedPath(detail.value)}
                  onBlur={() => narrow('path', typedPath)}
                />
              </form>
            </div>
          }
          pagination={
            <Pagination
              currentPageIndex={pages.page}
              pagesCount={pages.count(pageInfo)}
              openEnd={pageInfo?.hasNextPage ?? false}
              disabled={loading}
              onChange={({ detail }) => pages.go(detail.currentPageIndex, pageInfo)}
              ariaLabels={{
                paginationLabel: messages.pages,
                nextPageLabel: messages.nextPage,
                previousPageLabel: messages.previousPage,
                pageLabel: (number) => messages.page(String(number)),
              }}
            />
          }
          preferences={
            <Button
              variant="icon"
              iconName="settings"
              ariaLabel={messages.preferences}
              onClick={() => setConfiguring(true)}
            />
          }
          empty={
            <Box textAlign="center">
              <Box variant="strong">{filtered ? messages.noMatch : messages.empty}</Box>
              <Box variant="p" color="text-body-secondary">
                {filtered ? messages.noMatchHint : messages.emptyHint}
              </Box>
            </Box>
          }
        />
      </SpaceBetween>
      {configuring && (
        <PreferencesModal preferences={preferences} onChange={setPreferences} onClose={() => setConfiguring(false)} />
      )}
    </PageFrame>
  )
}

const COLUMN_ACTIONS = [
  'iam:ListAccessKeys',
  'iam:GetAccessKeyLastUsed',
  'iam:GetLoginProfile',
  'iam:ListMFADevices',
  'iam:ListGroupsForUser',
] as const

/** What may be asked of every user of the list, as far as its path narrows it; null while nobody knows. */
function useColumnsAllowed(pathPrefix: string) {
  const { accountId } = useIdentity()
  const resource = `arn:aws:iam::${accountId}:user${pathPrefix || '/'}*`
  const [keys, keyUse, password, mfa, groups] = useCan(COLUMN_ACTIONS.map((action) => ({ action, resource })))
  if (!keys?.known || !keyUse || !password || !mfa || !groups) return null
  return {
    keys: keys.allowed,
    keyUse: keyUse.allowed,
    password: password.allowed,
    mfa: mfa.allowed,
    groups: groups.allowed,
  }
}
