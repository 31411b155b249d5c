import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Header from '@cloudscape-design/components/header'
import Pagination from '@cloudscape-design/components/pagination'
import Table from '@cloudscape-design/components/table'
import type { ReactNode } from 'react'
import { useMessages } from '../../language/language.ts'
import { useFormat } from '../../language/use-format.ts'
import type { AuditEvent } from './audit-event.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { ResultIndicator } from './result-indicator.tsx'
import { BrokenAtParts } from '../../texts/broken-at-parts.tsx'
import { LongText } from '../../texts/long-text.tsx'

interface EventsTableProps {
  readonly events: readonly AuditEvent[]
  readonly loading: boolean
  readonly description: string | undefined
  readonly actions: ReactNode
  readonly pages: {
    readonly current: number
    readonly known: number
    /** Whether there is a page after the current one. */
    readonly more: boolean
    readonly turnTo: (page: number) => void
  }
  readonly onChoose: (event: AuditEvent) => void
  readonly onKey: (accessKeyId: string) => void
}

export function EventsTable({ events, loading, description, actions, pages, onChoose, onKey }: EventsTableProps) {
  const messages = useMessages({ en, ko })
  const format = useFormat()
  return (
    <Table
      header={
        <Header variant="h2" description={description} actions={actions}>
          {messages.events}
        </Header>
      }
      wrapLines
      enableKeyboardNavigation
      loading={loading}
      empty={
        <Box textAlign="center" color="text-body-secondary">
          <Box variant="strong">{messages.none}</Box>
          <Box variant="p" color="text-body-secondary">
            {messages.noneHint}
          </Box>
        </Box>
      }
      pagination={
        <Pagination
          currentPageIndex={pages.current}
          pagesCount={pages.known}
          openEnd={pages.more || pages.current < pages.known}
          onChange={({ detail }) => pages.turnTo(detail.currentPageIndex)}
        />
      }
      items={events}
      trackBy="eventId"
      columnDefinitions={[
        { id: 'at', header: messages.at, cell: ({ at }) => format.dateTime(at), minWidth: 115 },
        {
          id: 'action',
          header: messages.action,
          minWidth: 190,
          isRowHeader: true,
          cell: (event) => (
            <span className="breaking-text">
              <Button
                variant="inline-link"
                ariaLabel={messages.details(event.action, format.dateTime(event.at))}
                onClick={() => onChoose(event)}
              >
                <BrokenAtParts text={event.action} />
              </Button>
            </span>
          ),
        },
        { id: 'result', header: messages.result, cell: (event) => <ResultIndicator event={event} />, minWidth: 130 },
        {
          id: 'who',
          header: messages.who,
          cell: ({ principalArn }) => <LongText text={principalArn} />,
          minWidth: 155,
        },
        {
          id: 'resource',
          header: messages.resource,
          cell: ({ resource }) => <LongText text={resource} />,
          minWidth: 160,
        },
        {
          id: 'key',
          header: messages.accessKeyId,
          minWidth: 110,
          cell: ({ accessKeyId }) =>
            accessKeyId === null ? (
              '-'
            ) : (
              <span className="breaking-text">
                <Button
                  variant="inline-link"
                  ariaLabel={messages.onlyKey(accessKeyId)}
                  onClick={() => onKey(accessKeyId)}
                >
                  {accessKeyId}
                </Button>
              </span>
            ),
        },
        // Few sessions have one: without any the others have its place.
        ...(events.some(({ sourceIdentity }) => sourceIdentity !== null)
          ? [
              {
                id: 'identity',
                header: messages.sourceIdentity,
                cell: ({ sourceIdentity }: AuditEvent) => breaking(sourceIdentity ?? '-'),
                minWidth: 95,
              },
            ]
          : []),
        { id: 'ip', header: messages.ip, cell: ({ sourceIp }) => breaking(sourceIp ?? '-'), minWidth: 115 },
      ]}
    />
  )
}

/** An address of the sixth version or a name of many letters has no blanks to break at. */
function breaking(text: string): ReactNode {
  return <span className="breaking-text">{text}</span>
}
