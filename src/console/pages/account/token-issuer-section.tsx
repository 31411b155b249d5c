import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import Spinner from '@cloudscape-design/components/spinner'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useState } from 'react'
import { GuardedButton } from '../../access/guarded-button.tsx'
import { useCan } from '../../access/use-can.ts'
import { request } from '../../api/request.ts'
import { useAction } from '../../api/use-action.ts'
import { useQuery } from '../../api/use-query.ts'
import { ActionModal } from '../../dialogs/action-modal.tsx'
import { ErrorAlert } from '../../errors/error-alert.tsx'
import { useMessages } from '../../language/language.ts'
import { useNotify } from '../../page-frame/notifications.tsx'
import { Copyable } from '../../texts/copyable.tsx'
import { DisableTokenIssuerDocument, EnableTokenIssuerDocument, TokenIssuerDocument } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

/** By whom others know the users and roles of the account. */
export function TokenIssuerSection() {
  const messages = useMessages({ en, ko })
  const [open, setOpen] = useState(false)
  const [reading] = useCan([{ action: 'iam:GetOutboundWebIdentityFederationInfo', resource: '*' }])
  const { data, error, reload } = useQuery(TokenIssuerDocument, reading?.allowed ? {} : null)
  const disabled = error?.code === 'FeatureDisabled'
  const issuer = disabled ? null : (data?.outboundWebIdentityFederation?.issuerIdentifier ?? null)
  const needs = `iam:${issuer === null ? 'Enable' : 'Disable'}OutboundWebIdentityFederation` as const
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={messages.tokenIssuerDescription}
          actions={
            <GuardedButton needs={[{ action: needs, resource: '*' }]} onClick={() => setOpen(true)}>
              {issuer === null ? messages.enableTokens : messages.disableTokens}
            </GuardedButton>
          }
        >
          {messages.tokenIssuer}
        </Header>
      }
    >
      {reading?.disabledReason !== undefined && <StatusIndicator type="info">{reading.disabledReason}</StatusIndicator>}
      {error && !disabled && <ErrorAlert error={error} onRetry={reload} />}
      {reading?.allowed && data === null && !error && <Spinner />}
      {disabled && <Box color="text-body-secondary">{messages.noTokens}</Box>}
      {issuer !== null && <Copyable text={issuer} />}
      {open && <ChangeModal enabled={issuer !== null} onChanged={reload} onClose={() => setOpen(false)} />}
    </Container>
  )
}

interface ChangeProps {
  readonly enabled: boolean
  readonly onChanged: () => void
  readonly onClose: () => void
}

function ChangeModal({ enabled, onChanged, onClose }: ChangeProps) {
  const messages = useMessages({ en, ko })
  const notify = useNotify()
  const changing = useAction(async () => {
    if (enabled) await request(DisableTokenIssuerDocument, {})
    else await request(EnableTokenIssuerDocument, {})
    notify({ type: 'success', content: enabled ? messages.tokensDisabled : messages.tokensEnabled })
    onClose()
    onChanged()
  })
  return (
    <ActionModal
      title={enabled ? messages.disableTokensTitle : messages.enableTokensTitle}
      button={enabled ? messages.disableTokens : messages.enableTokens}
      action={changing}
      onClose={onClose}
    >
      {enabled ? messages.disableTokensText : messages.enableTokensText}
    </ActionModal>
  )
}
