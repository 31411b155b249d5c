import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import type { ApiError } from '../api/api-error.ts'
import { request } from '../api/request.ts'
import { useAction } from '../api/use-action.ts'
import { useMessages } from '../language/language.ts'
import { refreshIdentity } from '../session/session-store.ts'
import { rememberUsedCode } from '../session/used-recovery-code.ts'
import { AuthenticateMfaDocument } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { MfaCodeField } from './mfa-code-field.tsx'

interface StepUpModalProps {
  /** True when the session has MFA now. */
  readonly onClose: (done: boolean) => void
}

/** Asks for a code, so that the session may do what needs MFA. */
export function StepUpModal({ onClose }: StepUpModalProps) {
  const messages = useMessages({ en, ko })
  const [mfaCode, setMfaCode] = useState('')
  const { run, running, error } = useAction(async () => {
    const { data } = await request(AuthenticateMfaDocument, { mfaCode: mfaCode.trim() })
    rememberUsedCode(data.authenticateMfa)
    await refreshIdentity()
  })
  const submit = async () => {
    if (await run()) onClose(true)
    else setMfaCode('')
  }
  const explain = ({ code, message }: ApiError) => {
    const texts: Readonly<Record<string, string>> = {
      InvalidAuthenticationCode: messages.mfaWrong,
      ValidationError: messages.mfaWrong,
      NoSuchEntity: messages.noDevice,
      Throttling: messages.throttled,
    }
    return texts[code] ?? message
  }
  return (
    <Modal
      visible
      header={messages.stepUpTitle}
      onDismiss={() => onClose(false)}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={() => onClose(false)}>
              {messages.cancel}
            </Button>
            <Button
              variant="primary"
              loading={running}
              disabled={mfaCode.trim() === ''}
              form="step-up"
              formAction="submit"
            >
              {messages.stepUp}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <form
        id="step-up"
        onSubmit={(event) => {
          event.preventDefault()
          // The dialog may have been opened inside of another form.
          event.stopPropagation()
          void submit()
        }}
      >
        <SpaceBetween size="m">
          <div>{messages.stepUpDescription}</div>
          {error !== null && <Alert type="error">{explain(error)}</Alert>}
          <MfaCodeField value={mfaCode} onChange={setMfaCode} />
        </SpaceBetween>
      </form>
    </Modal>
  )
}
