import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import Form from '@cloudscape-design/components/form'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { ReactNode } from 'react'

interface KeyFormProps {
  readonly button: string
  readonly running: boolean
  readonly fault: string | null
  readonly cancelText: string
  readonly onCancel: () => void
  readonly onSubmit: () => Promise<void>
  /** Above what went wrong. */
  readonly notice?: ReactNode
  readonly children: ReactNode
}

/** A form that signs in with a key: what it says, why the last try failed, fields, and the way out. */
export function KeyForm({ button, running, fault, cancelText, onCancel, onSubmit, notice, children }: KeyFormProps) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void onSubmit()
      }}
    >
      <Form
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button formAction="none" variant="link" onClick={onCancel}>
              {cancelText}
            </Button>
            <Button variant="primary" formAction="submit" loading={running}>
              {button}
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="l">
          {notice}
          {fault !== null && <Alert type="error">{fault}</Alert>}
          {children}
        </SpaceBetween>
      </Form>
    </form>
  )
}
