import Table, { type TableProps } from '@cloudscape-design/components/table'
import type { ReactNode } from 'react'
import { useMessages } from '../language/language.ts'
import { useFormat } from '../language/use-format.ts'
import type { SessionsQuery } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

export type Session = SessionsQuery['viewer']['sessions'][number]

interface SessionsTableProps extends Pick<TableProps, 'header' | 'loading' | 'empty'> {
  readonly sessions: readonly Session[]
  /** The header of the column with the buttons. */
  readonly endHeader: string
  readonly end: (session: Session) => ReactNode
}

/** Where somebody is signed in, a line each. */
export function SessionsTable({ sessions, endHeader, end, ...table }: SessionsTableProps) {
  const messages = useMessages({ en, ko })
  const format = useFormat()
  return (
    <Table
      {...table}
      wrapLines
      enableKeyboardNavigation
      items={sessions}
      trackBy="sessionId"
      columnDefinitions={[
        { id: 'from', header: messages.from, cell: ({ sourceIp }) => sourceIp ?? messages.unknown },
        { id: 'browser', header: messages.browser, cell: ({ userAgent }) => userAgent ?? messages.unknown, width: 320 },
        { id: 'began', header: messages.began, cell: ({ issuedAt }) => format.dateTime(issuedAt) },
        {
          id: 'seen',
          header: messages.lastSeen,
          cell: ({ lastSeenAt, issuedAt }) => format.dateTime(lastSeenAt ?? issuedAt),
        },
        { id: 'with', header: messages.signedInWith, cell: ({ accessKeyId }) => accessKeyId ?? messages.withPassword },
        { id: 'ends', header: messages.ends, cell: ({ expiresAt }) => format.dateTime(expiresAt) },
        {
          id: 'mfa',
          header: messages.mfa,
          cell: ({ mfaAuthenticatedAt }) => (mfaAuthenticatedAt === null ? messages.withoutMfa : messages.withMfa),
        },
        { id: 'end', header: endHeader, cell: end, minWidth: 150 },
      ]}
    />
  )
}
