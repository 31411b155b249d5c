import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { useCan } from '../access/use-can.ts'
import { type ApiError, type Authz, isAway, UNAVAILABLE, UNREACHABLE } from '../api/api-error.ts'
import { useMessages } from '../language/language.ts'
import { AppLink } from '../links/app-link.tsx'
import { StepUpModal } from '../step-up/step-up-modal.tsx'
import { Copyable } from '../texts/copyable.tsx'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

interface ErrorAlertProps {
  readonly error: ApiError
  /** Tries the same again, after stepping up where MFA was missing. */
  readonly onRetry?: () => void
}

/** Any error of the API. A denial says who may not do what to which thing, and offers MFA where that would help. */
export function ErrorAlert({ error, onRetry }: ErrorAlertProps) {
  const messages = useMessages({ en, ko })
  const [steppingUp, setSteppingUp] = useState(false)
  const { code, message, authz, requestId, details } = error
  if (authz === undefined) {
    const texts: Readonly<Record<string, string>> = {
      [UNREACHABLE]: details.changing === true ? messages.noAnswer : messages.unreachable,
      // The API says so in the text alone.
      [UNAVAILABLE]: message.includes('may or may not') ? messages.unknownOutcome : messages.unavailable,
      Throttling: messages.throttled,
    }
    const retry = onRetry && (
      <Button formAction="none" onClick={onRetry}>
        {messages.tryAgain}
      </Button>
    )
    return (
      <Alert type="error" header={messages.failed} action={isAway(error) ? retry : undefined}>
        {texts[code] ?? message}
        {requestId !== undefined && (
          <Box variant="small" display="block">
            {code} · {messages.request} {requestId}
          </Box>
        )}
      </Alert>
    )
  }
  const stepUp = (
    <Button formAction="none" onClick={() => setSteppingUp(true)}>
      {messages.useMfa}
    </Button>
  )
  return (
    <>
      <Alert type="error" header={messages.denied} action={authz.mfaRequired ? stepUp : undefined}>
        <Denial authz={authz} />
      </Alert>
      {steppingUp && (
        <StepUpModal
          onClose={(done) => {
            setSteppingUp(false)
            if (done) onRetry?.()
          }}
        />
      )}
    </>
  )
}

function Denial({ authz }: { readonly authz: Authz }) {
  const messages = useMessages({ en, ko })
  const [explaining] = useCan([{ action: 'sts:DecodeAuthorizationMessage', resource: '*' }])
  const why = authz.effect === 'EXPLICIT_DENY' ? messages.explicit : messages.implicit
  return (
    <SpaceBetween size="s">
      <div>{authz.mfaRequired ? messages.mfaRequired : why}</div>
      <KeyValuePairs
        columns={3}
        items={[
          { label: messages.principal, value: <Copyable text={authz.principal} /> },
          { label: messages.action, value: <span className="breaking-text">{authz.action}</span> },
          { label: messages.resource, value: <Copyable text={authz.resource} /> },
        ]}
      />
      <Box variant="small">
        {messages.decision} {authz.decisionId}
        {explaining?.allowed && (
          <>
            {' · '}
            <AppLink href={`/decisions/${authz.decisionId}`}>{messages.explain}</AppLink>
          </>
        )}
      </Box>
    </SpaceBetween>
  )
}
