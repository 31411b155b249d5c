import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { type ReactNode, useId } from 'react'
import type { Action } from '../api/use-action.ts'
import { ErrorAlert } from '../errors/error-alert.tsx'
import { useMessages } from '../language/language.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

interface ActionModalProps {
  readonly title: string
  readonly button: string
  readonly action: Action<[]>
  readonly disabled?: boolean
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A question, with Cancel and one button that does it. */
export function ActionModal({ title, button, action, disabled = false, onClose, children }: ActionModalProps) {
  const messages = useMessages({ en, ko })
  const form = useId()
  const submit = () => {
    if (!disabled) void action.run()
  }
  return (
    <Modal
      visible
      header={title}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              {messages.cancel}
            </Button>
            <Button variant="primary" form={form} formAction="submit" loading={action.running} disabled={disabled}>
              {button}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault()
          // The dialog may have been opened inside of another form.
          event.stopPropagation()
          submit()
        }}
      >
        <SpaceBetween size="m">
          {action.error && <ErrorAlert error={action.error} onRetry={submit} />}
          {children}
        </SpaceBetween>
      </form>
    </Modal>
  )
}
