import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { type ReactNode, useId } from 'react'
import type { Action } from '../api/use-action.ts'
import { ErrorAlert } from '../errors/error-alert.tsx'
import { useMessages } from '../language/language.ts'
import type { AccessKey } from './access-key.ts'
import type { KeyOwner } from './key-owner.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

/** What the dialogs of a key have in common. */
export interface KeyModalProps {
  readonly owner: KeyOwner
  readonly accessKey: AccessKey
  readonly onChanged: () => void
  readonly onClose: () => void
}

interface FrameProps {
  readonly title: string
  readonly button: string
  readonly action: Action<[]>
  readonly disabled?: boolean
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A question about a key, with Cancel and one button that does it. */
export function KeyModal({ title, button, action, disabled = false, onClose, children }: FrameProps) {
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
