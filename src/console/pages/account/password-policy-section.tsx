import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Spinner from '@cloudscape-design/components/spinner'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useState } from 'react'
import { GuardedButton } from '../../access/guarded-button.tsx'
import { request } from '../../api/request.ts'
import { useAction } from '../../api/use-action.ts'
import { ActionModal } from '../../dialogs/action-modal.tsx'
import { ErrorAlert } from '../../errors/error-alert.tsx'
import { useMessages } from '../../language/language.ts'
import { useNotify } from '../../page-frame/notifications.tsx'
import { PasswordRules } from '../../password-policy/password-rules.tsx'
import { usePasswordPolicy } from '../../password-policy/use-password-policy.ts'
import { DeleteAccountPasswordPolicyDocument } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { PasswordPolicyModal } from './password-policy-modal.tsx'

export function PasswordPolicySection() {
  const messages = useMessages({ en, ko })
  const [open, setOpen] = useState<'edit' | 'delete' | null>(null)
  const { policy, error, missing, reload } = usePasswordPolicy()
  const modal = { onChanged: reload, onClose: () => setOpen(null) }
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={messages.policyDescription}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              {policy !== 'built-in' && (
                <GuardedButton
                  needs={[{ action: 'iam:DeleteAccountPasswordPolicy', resource: '*' }]}
                  onClick={() => setOpen('delete')}
                >
                  {messages.deletePolicy}
                </GuardedButton>
              )}
              <GuardedButton
                needs={[{ action: 'iam:UpdateAccountPasswordPolicy', resource: '*' }]}
                disabled={policy === null}
                ariaLabel={`${messages.editPolicy}: ${messages.policy}`}
                onClick={() => setOpen('edit')}
              >
                {messages.editPolicy}
              </GuardedButton>
            </SpaceBetween>
          }
        >
          {messages.policy}
        </Header>
      }
    >
      {missing !== undefined && <StatusIndicator type="info">{missing}</StatusIndicator>}
      {error && <ErrorAlert error={error} onRetry={reload} />}
      {policy === null && missing === undefined && !error && <Spinner />}
      {policy && <PasswordRules policy={policy} />}
      {open === 'edit' && policy && <PasswordPolicyModal {...modal} policy={policy} />}
      {open === 'delete' && <DeleteModal {...modal} />}
    </Container>
  )
}

function DeleteModal({ onChanged, onClose }: { readonly onChanged: () => void; readonly onClose: () => void }) {
  const messages = useMessages({ en, ko })
  const notify = useNotify()
  const deletion = useAction(async () => {
    await request(DeleteAccountPasswordPolicyDocument, {})
    notify({ type: 'success', content: messages.policyDeleted })
    onClose()
    onChanged()
  })
  return (
    <ActionModal title={messages.deletePolicyTitle} button={messages.deletePolicy} action={deletion} onClose={onClose}>
      {messages.deletePolicyText}
    </ActionModal>
  )
}
