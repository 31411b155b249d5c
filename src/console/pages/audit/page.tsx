import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import Toggle from '@cloudscape-design/components/toggle'
import { useMemo, useState } from 'react'
import { useSearchParams } from 'react-router'
import { useCan } from '../../access/use-can.ts'
import { useQuery } from '../../api/use-query.ts'
import { ErrorAlert } from '../../errors/error-alert.tsx'
import { useMessages } from '../../language/language.ts'
import { later } from '../../later/later.tsx'
import { PageFrame } from '../../page-frame/page-frame.tsx'
import type { AuditEvent } from './audit-event.ts'
import { AuditEventsDocument } from './documents.generated.ts'
import { EventsTable } from './events-table.tsx'
import { readFilter } from './filter-params.ts'
import { Filters } from './filters.tsx'
import { KeyLookup } from './key-lookup.tsx'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { useLiveEvents } from './use-live-events.ts'

const EventModal = later(async () => (await import('./event-modal.tsx')).EventModal)

const PAGE_SIZE = 25

/** Who did what. The filters are in the address; the rest of the page begins anew with each of their changes. */
export function Component() {
  const messages = useMessages({ en, ko })
  const [params, setParams] = useSearchParams()
  const [round, setRound] = useState(0)
  const [reading] = useCan([{ action: 'cloudtrail:LookupEvents', resource: '*' }])
  const address = params.toString()
  const onlyKey = (accessKeyId: string) => setParams({ accessKeyId })
  return (
    <PageFrame
      title={messages.title}
      description={messages.description}
      actions={
        <Button iconName="refresh" onClick={() => setRound(round + 1)}>
          {messages.refresh}
        </Button>
      }
    >
      <SpaceBetween size="l">
        <Filters key={address} params={params} onApply={setParams} />
        {reading?.disabledReason !== undefined && (
          <StatusIndicator type="info">{reading.disabledReason}</StatusIndicator>
        )}
        {reading?.allowed && <Events key={`${address} ${round}`} params={params} onKey={onlyKey} />}
        <KeyLookup onChoose={onlyKey} />
      </SpaceBetween>
    </PageFrame>
  )
}

interface EventsProps {
  readonly params: URLSearchParams
  readonly onKey: (accessKeyId: string) => void
}

function Events({ params, onKey }: EventsProps) {
  const messages = useMessages({ en, ko })
  const [filter] = useState(() => readFilter(params, new Date()))
  // Where each page begins: known only for those that were looked at.
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null])
  const [page, setPage] = useState(1)
  const [live, setLive] = useState(false)
  const [chosen, setChosen] = useState<AuditEvent | null>(null)
  const { data, error, loading, reload } = useQuery(AuditEventsDocument, {
    filter,
    first: PAGE_SIZE,
    after: cursors[page - 1] ?? null,
  })
  const { since: _since, until: _until, ...lasting } = filter
  const arriving = useLiveEvents(live, lasting, reload)
  const { hasNextPage = false, endCursor = null } = data?.auditEvents?.pageInfo ?? {}
  const events = useMemo(() => {
    const listed = data?.auditEvents?.edges.map(({ node }) => node) ?? []
    const known = new Set(listed.map(({ eventId }) => eventId))
    return page === 1 ? [...arriving.events.filter(({ eventId }) => !known.has(eventId)), ...listed] : listed
  }, [data, arriving.events, page])
  const turnTo = (next: number) => {
    if (next > cursors.length) setCursors([...cursors, endCursor])
    setPage(next)
  }
  return (
    <SpaceBetween size="l">
      {error && <ErrorAlert error={error} onRetry={reload} />}
      {arriving.ended && <Alert type="warning">{messages.liveEnded}</Alert>}
      {arriving.error && <ErrorAlert error={arriving.error} />}
      <EventsTable
        events={events}
        loading={loading && data === null}
        description={filter.accessKeyId ? messages.ofKey(filter.accessKeyId) : undefined}
        actions={
          <Toggle
            checked={live}
            description={messages.liveHint}
            onChange={({ detail }) => {
              setLive(detail.checked)
              setPage(1)
            }}
          >
            {messages.live}
          </Toggle>
        }
        pages={{ current: page, known: cursors.length, more: hasNextPage, turnTo }}
        onChoose={setChosen}
        onKey={onKey}
      />
      {chosen && <EventModal event={chosen} onClose={() => setChosen(null)} />}
    </SpaceBetween>
  )
}
