import Spinner from '@cloudscape-design/components/spinner'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { CreateAccessKey } from '../access-keys/create-access-key.tsx'
import { AccessKeysDocument } from '../access-keys/documents.generated.ts'
import { type KeyOwner, ownerCheck } from '../access-keys/key-owner.ts'
import { useCan } from '../access/use-can.ts'
import { useFreshQuery } from '../api/use-fresh-query.ts'
import { ErrorAlert } from '../errors/error-alert.tsx'
import { useMessages } from '../language/language.ts'
import type { Breadcrumb } from '../page-frame/breadcrumbs.tsx'
import { PageFrame } from '../page-frame/page-frame.tsx'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { RotationGuide } from './rotation-guide.tsx'

interface KeyRotationProps {
  readonly owner: KeyOwner
  /** Without a name it is the root user. */
  readonly ownerName: string | null
  readonly breadcrumbs: readonly Breadcrumb[]
  readonly onLeave: () => void
}

/** A key replaced by another without stopping what uses it: a guide that takes days, and can be left and opened again. */
export function KeyRotation({ owner, ownerName, breadcrumbs, onLeave }: KeyRotationProps) {
  const messages = useMessages({ en, ko })
  const [creating, setCreating] = useState(false)
  const [lastUsed] = useCan([ownerCheck(owner, 'iam:GetAccessKeyLastUsed')])
  const variables = { userName: owner?.name ?? null, withLastUsed: lastUsed?.allowed ?? false }
  const { data, error, errors, loading, reload } = useFreshQuery(AccessKeysDocument, lastUsed?.known ? variables : null)
  const keys = data?.user?.accessKeys ?? null
  const refused = error ?? (keys === null ? errors[0] : undefined)
  if (creating) {
    return (
      <CreateAccessKey
        owner={owner}
        ownerName={ownerName}
        breadcrumbs={breadcrumbs}
        onLeave={() => setCreating(false)}
      />
    )
  }
  return (
    <PageFrame
      title={messages.title}
      description={messages.description}
      breadcrumbs={breadcrumbs}
      actions={<Button onClick={onLeave}>{messages.leave}</Button>}
    >
      <SpaceBetween size="l">
        {refused && <ErrorAlert error={refused} onRetry={reload} />}
        {keys === null && !refused && <Spinner />}
        {keys && (
          <RotationGuide
            owner={owner}
            keys={keys}
            loading={loading}
            onCreate={() => setCreating(true)}
            onReload={reload}
            onLeave={onLeave}
          />
        )}
      </SpaceBetween>
    </PageFrame>
  )
}
