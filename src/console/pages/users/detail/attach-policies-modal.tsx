import { useState } from 'react'
import { request } from '../../../api/request.ts'
import { ActionModal } from '../../../dialogs/action-modal.tsx'
import { useMessages } from '../../../language/language.ts'
import { useNotify } from '../../../shell/notifications.tsx'
import { StepList } from '../../../steps/step-list.tsx'
import { useSteps } from '../../../steps/use-steps.ts'
import { AttachUserPolicyDocument } from '../choices/documents.generated.ts'
import { PolicyChoice } from '../choices/policy-choice.tsx'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import type { UserProps } from './user.ts'

interface AttachPoliciesModalProps extends UserProps {
  readonly attached: readonly string[]
  readonly onClose: () => void
}

export function AttachPoliciesModal({ user, attached, onClose }: AttachPoliciesModalProps) {
  const messages = useMessages({ en, ko })
  const notify = useNotify()
  const steps = useSteps()
  const [chosen, setChosen] = useState<readonly string[]>([])
  const attach = async () => {
    const succeeded = await steps.run(
      chosen.map((policyArn) => ({
        id: policyArn,
        text: policyArn,
        run: () => request(AttachUserPolicyDocument, { input: { userName: user.name, policyArn } }),
      })),
    )
    if (!succeeded) return false
    notify({ type: 'success', content: messages.attachedDone(String(chosen.length), user.name) })
    onClose()
    return true
  }
  return (
    <ActionModal
      title={messages.attach}
      button={messages.attach}
      action={{ run: attach, running: steps.running, error: null, clearError: () => {} }}
      disabled={chosen.length === 0}
      onClose={onClose}
    >
      <PolicyChoice chosen={chosen} without={attached} onChange={setChosen} />
      <StepList steps={steps} onRetry={() => void attach()} />
    </ActionModal>
  )
}
