import type { ReactNode } from 'react'
import { useQuery } from '../../../api/use-query.ts'
import { ReadFailure } from '../../../errors/read-failure.tsx'
import { useMessages } from '../../../language/language.ts'
import { userHref } from '../../../links/addresses.ts'
import type { Breadcrumb } from '../../../page-frame/breadcrumbs.tsx'
import { PageFrame } from '../../../page-frame/page-frame.tsx'
import { USERS } from '../addresses.ts'
import { UserSummaryDocument } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import type { User } from './user.ts'

interface KeyPage {
  /** Null while it is on its way, and when it was refused. */
  readonly user: User | null
  readonly breadcrumbs: readonly Breadcrumb[]
  /** In the place of the page. */
  readonly failure: ReactNode
}

/** What the pages below a user's own have in common: whose they are, and the way to them. */
export function useKeyPage(name: string): KeyPage {
  const messages = useMessages({ en, ko })
  const { data, error, reload } = useQuery(UserSummaryDocument, { name })
  const breadcrumbs = [
    { text: messages.users, href: USERS },
    { text: name, href: userHref(name, 'credentials') },
  ]
  return {
    user: data?.user ?? null,
    breadcrumbs,
    failure: error && (
      <PageFrame title={name} breadcrumbs={breadcrumbs}>
        <ReadFailure error={error} onRetry={reload} list={{ text: messages.users, href: USERS }} />
      </PageFrame>
    ),
  }
}
