import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import Spinner from '@cloudscape-design/components/spinner'
import { useState } from 'react'
import { ActionModal } from '../../../dialogs/action-modal.tsx'
import { ErrorAlert } from '../../../errors/error-alert.tsx'
import { useMessages } from '../../../language/language.ts'
import { useNotify } from '../../../page-frame/notifications.tsx'
import { StepList } from '../../../steps/step-list.tsx'
import { useSteps } from '../../../steps/use-steps.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { type DeletionStep, useDeletionSteps } from './use-deletion-steps.ts'
import type { UserProps } from './user.ts'

interface DeleteUserModalProps extends UserProps {
  readonly onClose: () => void
  readonly onDeleted: () => void
}

/** Shows what goes with the user, wants the name typed, and then removes one thing after the other. */
export function DeleteUserModal({ user, onClose, onDeleted }: DeleteUserModalProps) {
  const messages = useMessages({ en, ko })
  const notify = useNotify()
  const steps = useSteps()
  const [typed, setTyped] = useState('')
  const { steps: planned, unseen, error } = useDeletionSteps(user)
  const begun = steps.progress.length > 0
  const missing = planned?.find((step) => step.missing !== undefined)
  const remove = async () => {
    if (planned === null) return false
    const succeeded = await steps.run(planned)
    if (!succeeded) return false
    notify({ type: 'success', content: messages.deletedUser(user.name) })
    onDeleted()
    return true
  }
  return (
    <ActionModal
      title={messages.deleteTitle(user.name)}
      button={messages.delete}
      action={{ run: remove, running: steps.running, error: null, clearError: () => {} }}
      disabled={planned === null || missing !== undefined || typed.trim() !== user.name}
      onClose={onClose}
    >
      <Alert type="warning">{messages.deleteText}</Alert>
      {error && <ErrorAlert error={error} />}
      {unseen.length > 0 && <Alert type="info">{messages.unseen(unseen.join(', '))}</Alert>}
      {planned === null && !error && <Spinner />}
      {begun ? <StepList steps={steps} onRetry={() => void remove()} /> : planned && <Plan steps={planned} />}
      <FormField label={messages.deleteConfirm(user.name)}>
        <Input
          name="confirmation"
          autoComplete="off"
          placeholder={user.name}
          value={typed}
          onChange={({ detail }) => setTyped(detail.value)}
        />
      </FormField>
    </ActionModal>
  )
}

function Plan({ steps }: { readonly steps: readonly DeletionStep[] }) {
  const messages = useMessages({ en, ko })
  return (
    <div>
      <Box variant="awsui-key-label">{steps.length > 1 ? messages.blockers : messages.noBlockers}</Box>
      <ol className="plan">
        {steps.map(({ id, text, missing }) => (
          <li key={id} className="breaking-text" data-step={id}>
            {text}
            {missing !== undefined && (
              <Box variant="small" display="block" color="text-status-error">
                {missing}
              </Box>
            )}
          </li>
        ))}
      </ol>
    </div>
  )
}
