import Spinner from '@cloudscape-design/components/spinner'
import { useSearchParams } from 'react-router'
import { useCan } from '../../../access/use-can.ts'
import { useMessages } from '../../../language/language.ts'
import { PageFrame } from '../../../page-frame/page-frame.tsx'
import { useIdentity } from '../../../session/session-store.ts'
import { MayNotList } from './may-not-list.tsx'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { UsersTable } from './users-table.tsx'

/** All users; who may not see them learns what is possible instead, without a refusal in the audit trail. */
export function UsersPage() {
  const messages = useMessages({ en, ko })
  const { accountId } = useIdentity()
  const [address] = useSearchParams()
  const paths = ['/', address.get('path') ?? '/']
  const [list, narrowed] = useCan(
    paths.map((path) => ({ action: 'iam:ListUsers', resource: `arn:aws:iam::${accountId}:user${path}` })),
  )
  if (list?.allowed || narrowed?.allowed) return <UsersTable />
  return (
    <PageFrame title={messages.title} description={messages.description}>
      {list?.known ? <MayNotList mfaRequired={list.mfaRequired} reason={list.disabledReason} /> : <Spinner />}
    </PageFrame>
  )
}
