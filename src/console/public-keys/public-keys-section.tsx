import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Spinner from '@cloudscape-design/components/spinner'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useState } from 'react'
import { GuardedButton } from '../access/guarded-button.tsx'
import type { ApiError } from '../api/api-error.ts'
import { ErrorAlert } from '../errors/error-alert.tsx'
import { useMessages } from '../language/language.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { PublicKeyCard } from './public-key-card.tsx'
import type { KeyHolder, PublicKey, PublicKeyKind } from './public-key-kind.ts'
import { UploadModal } from './upload-modal.tsx'

interface PublicKeysSectionProps {
  readonly owner: KeyHolder
  readonly kind: PublicKeyKind
  /** Null: not known yet, or refused. */
  readonly keys: readonly PublicKey[] | null
  /** Why they may not be listed, naming the action. */
  readonly missing: string | undefined
  readonly refused: ApiError | undefined
  readonly loading: boolean
  readonly onChanged: () => void
}

/** What one user has of a kind, with everything that can be done to it. */
export function PublicKeysSection({ owner, kind, keys, missing, refused, loading, onChanged }: PublicKeysSectionProps) {
  const messages = useMessages({ en, ko })
  const [uploading, setUploading] = useState(false)
  const full = keys !== null && keys.length >= kind.limit
  return (
    <Container
      header={
        <Header
          variant="h2"
          counter={keys === null ? undefined : `(${keys.length})`}
          description={kind.description}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button
                iconName="refresh"
                ariaLabel={messages.refresh(kind.title)}
                loading={loading && missing === undefined}
                disabled={missing !== undefined}
                onClick={onChanged}
              />
              <GuardedButton
                needs={[{ action: kind.needs.upload, resource: owner.arn }]}
                disabled={full}
                disabledReason={full ? messages.atQuota(kind.limit) : undefined}
                ariaLabel={messages.uploadTo(kind.title)}
                onClick={() => setUploading(true)}
              >
                {messages.upload}
              </GuardedButton>
            </SpaceBetween>
          }
        >
          {kind.title}
        </Header>
      }
    >
      <SpaceBetween size="l">
        {missing !== undefined && <StatusIndicator type="info">{missing}</StatusIndicator>}
        {refused && <ErrorAlert error={refused} onRetry={onChanged} />}
        {keys === null && missing === undefined && loading && <Spinner />}
        {keys?.length === 0 && (
          <Box textAlign="center" color="text-body-secondary">
            <Box variant="strong">{kind.none}</Box>
            <Box variant="p" color="text-body-secondary">
              {kind.noneHint}
            </Box>
          </Box>
        )}
        {keys?.map((key) => (
          <PublicKeyCard key={key.id} owner={owner} kind={kind} publicKey={key} onChanged={onChanged} />
        ))}
      </SpaceBetween>
      {uploading && <UploadModal owner={owner} kind={kind} onChanged={onChanged} onClose={() => setUploading(false)} />}
    </Container>
  )
}
