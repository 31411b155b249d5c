import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Form from '@cloudscape-design/components/form'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useCan } from '../access/use-can.ts'
import type { Action } from '../api/use-action.ts'
import { ErrorAlert } from '../errors/error-alert.tsx'
import { useMessages } from '../language/language.ts'
import { DescriptionField } from './description-field.tsx'
import { type KeyOwner, ownerCheck } from './key-owner.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

interface DescriptionStepProps {
  readonly owner: KeyOwner
  readonly description: string
  readonly onDescription: (description: string) => void
  readonly creation: Action<[]>
  readonly onPrevious: () => void
  readonly onCancel: () => void
}

/** The description is a tag of the user, and needs the permission to tag; the key does not. */
export function DescriptionStep({ owner, creation, ...step }: DescriptionStepProps) {
  const messages = useMessages({ en, ko })
  const [tag] = useCan([ownerCheck(owner, 'iam:TagUser')])
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void creation.run()
      }}
    >
      <Form
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button formAction="none" variant="link" onClick={step.onCancel}>
              {messages.cancel}
            </Button>
            <Button formAction="none" onClick={step.onPrevious}>
              {messages.previous}
            </Button>
            <Button formAction="submit" variant="primary" loading={creation.running}>
              {messages.create}
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="l">
          {creation.error && <ErrorAlert error={creation.error} onRetry={() => void creation.run()} />}
          <Container>
            <SpaceBetween size="m">
              <div>{messages.tagDescription}</div>
              <DescriptionField
                value={step.description}
                onChange={step.onDescription}
                disabledReason={tag?.disabledReason}
              />
            </SpaceBetween>
          </Container>
        </SpaceBetween>
      </Form>
    </form>
  )
}
