import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { type ReactNode, useId, useState } from 'react'
import type { Check } from '../access/decisions.ts'
import { GuardedButton } from '../access/guarded-button.tsx'
import type { Action } from '../api/use-action.ts'
import { ErrorAlert } from '../errors/error-alert.tsx'
import { useMessages } from '../language/language.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

interface ActionModalProps {
  readonly title: string
  readonly button: string
  readonly action: Action<[]>
  readonly needs?: readonly Check[]
  readonly disabled?: boolean
  /** A name that has to be typed before the button works. */
  readonly confirmation?: string
  readonly size?: 'medium' | 'large' | 'max'
  readonly onClose: () => void
  readonly children?: ReactNode
}

const NOTHING: readonly Check[] = []

/** A question with Cancel and one button that does it. What was typed stays when it fails. */
export function ActionModal({
  title,
  button,
  action,
  needs = NOTHING,
  disabled = false,
  confirmation,
  size = 'medium',
  onClose,
  children,
}: ActionModalProps) {
  const messages = useMessages({ en, ko })
  const form = useId()
  const [typed, setTyped] = useState('')
  const blocked = disabled || (confirmation !== undefined && typed.trim() !== confirmation)
  const submit = () => {
    if (!blocked) void action.run()
  }
  return (
    <Modal
      visible
      header={title}
      size={size}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              {messages.cancel}
            </Button>
            <GuardedButton
              needs={needs}
              variant="primary"
              form={form}
              formAction="submit"
              loading={action.running}
              disabled={blocked}
            >
              {button}
            </GuardedButton>
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
          {confirmation !== undefined && (
            <FormField label={messages.confirm(confirmation)}>
              <Input
                name="confirmation"
                autoComplete="off"
                disabled={disabled}
                placeholder={confirmation}
                value={typed}
                onChange={({ detail }) => setTyped(detail.value)}
              />
            </FormField>
          )}
        </SpaceBetween>
      </form>
    </Modal>
  )
}
