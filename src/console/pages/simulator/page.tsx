import Spinner from '@cloudscape-design/components/spinner'
import { useState } from 'react'
import { useLocation, useSearchParams } from 'react-router'
import { useQuery } from '../../api/use-query.ts'
import { ErrorAlert } from '../../errors/error-alert.tsx'
import { useMessages } from '../../language/language.ts'
import { PageFrame } from '../../page-frame/page-frame.tsx'
import { readable } from '../../policy-document/readable.ts'
import { useIdentity } from '../../session/session-store.ts'
import { PolicyToTryDocument } from './documents.generated.ts'
import { addressOf, type Draft, readAddress } from './draft.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { Simulator } from './simulator.tsx'

/** The address was changed by the page itself, to say what was asked. */
const ASKED = { asked: true } as const

/** What policies would decide. The question is in the address as far as it can be shared. */
export function Component() {
  const messages = useMessages({ en, ko })
  const { accountId } = useIdentity()
  const { key, state } = useLocation()
  const [address, setAddress] = useSearchParams()
  const [arrival, setArrival] = useState({ key, draft: readAddress(address) })
  // A link to another question begins anew.
  if (!isAsked(state) && key !== arrival.key) setArrival({ key, draft: readAddress(address) })
  const share = (draft: Draft) => setAddress(addressOf(draft, accountId), { replace: true, state: ASKED })
  const { draft } = arrival
  return (
    <PageFrame title={messages.title} description={messages.description}>
      {draft.policyArn === null ? (
        <Simulator key={arrival.key} initial={draft} onAsk={share} />
      ) : (
        <OfPolicy key={arrival.key} draft={draft} arn={draft.policyArn} onAsk={share} />
      )}
    </PageFrame>
  )
}

interface OfPolicyProps {
  readonly draft: Draft
  readonly arn: string
  readonly onAsk: (draft: Draft) => void
}

/** Begins with the document of a managed policy that is in force. */
function OfPolicy({ draft, arn, onAsk }: OfPolicyProps) {
  const { data, error, errors, reload } = useQuery(PolicyToTryDocument, { arn })
  const text = data?.policy?.defaultVersion?.policyText
  const refused = error ?? errors[0]
  if (refused) return <ErrorAlert error={refused} onRetry={reload} />
  if (typeof text !== 'string') return <Spinner />
  return <Simulator initial={{ ...draft, custom: [readable(text)] }} onAsk={onAsk} />
}

function isAsked(state: unknown): boolean {
  return typeof state === 'object' && state !== null && 'asked' in state
}
