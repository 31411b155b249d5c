import Box from '@cloudscape-design/components/box'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { ReactNode } from 'react'
import { useCan } from '../../access/use-can.ts'
import { useMessages } from '../../language/language.ts'
import { Copyable } from '../../texts/copyable.tsx'
import { DecisionExplanation } from '../decisions/decision-explanation.tsx'
import type { AuditEvent } from './audit-event.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { ResultIndicator } from './result-indicator.tsx'

interface EventModalProps {
  readonly event: AuditEvent
  readonly onClose: () => void
}

/** All that is known of an event, and why it was decided as it was. */
export function EventModal({ event, onClose }: EventModalProps) {
  const messages = useMessages({ en, ko })
  const [explaining] = useCan([{ action: 'sts:DecodeAuthorizationMessage', resource: '*' }])
  const { mfa, detail, decisionId } = event
  return (
    <Modal visible size="max" header={event.action} onDismiss={onClose}>
      <SpaceBetween size="l">
        <KeyValuePairs
          columns={3}
          items={[
            { label: messages.result, value: <ResultIndicator event={event} /> },
            { label: messages.errorCode, value: event.errorCode ?? '-' },
            { label: messages.at, value: text(event.at) },
            { label: messages.principalArn, value: copyable(event.principalArn) },
            { label: messages.principalId, value: copyable(event.principalId) },
            { label: messages.resource, value: copyable(event.resource) },
            { label: messages.accessKeyId, value: copyable(event.accessKeyId) },
            { label: messages.sourceIdentity, value: text(event.sourceIdentity) },
            { label: messages.mfa, value: mfa === null ? '-' : mfa ? messages.yes : messages.no },
            { label: messages.ip, value: text(event.sourceIp) },
            { label: messages.userAgent, value: text(event.userAgent) },
            { label: messages.eventId, value: copyable(event.eventId) },
            { label: messages.requestId, value: copyable(event.requestId) },
            { label: messages.decisionId, value: copyable(decisionId) },
          ]}
        />
        {detail !== null && (
          <div>
            <Header variant="h3">{messages.asked}</Header>
            <Box variant="code">
              <span className="breaking-text">{JSON.stringify(detail)}</span>
            </Box>
          </div>
        )}
        {decisionId !== null && (
          <div>
            <Header variant="h3">{messages.why}</Header>
            {explaining?.allowed && <DecisionExplanation id={decisionId} />}
            {explaining?.disabledReason !== undefined && (
              <StatusIndicator type="info">{explaining.disabledReason}</StatusIndicator>
            )}
          </div>
        )}
      </SpaceBetween>
    </Modal>
  )
}

function copyable(value: string | null): ReactNode {
  return value === null || value === '*' ? text(value) : <Copyable text={value} />
}

/** What a client says of itself need not have blanks to break at. */
function text(value: string | null): ReactNode {
  return <span className="breaking-text">{value ?? '-'}</span>
}
