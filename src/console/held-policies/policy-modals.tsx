import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import { useState } from 'react'
import { useAction } from '../api/use-action.ts'
import { ActionModal } from '../dialogs/action-modal.tsx'
import { PolicyField } from '../entities/policy-field.tsx'
import { useMessages } from '../language/language.ts'
import { useNotify } from '../page-frame/notifications.tsx'
import { NEW_POLICY } from '../policy-document/new-policy.ts'
import { PolicyEditor } from '../policy-document/policy-editor.tsx'
import { readable } from '../policy-document/readable.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { attachPolicy, deletePolicy, detachPolicy, holderCheck, type PolicyHolder, putPolicy } from './policy-holder.ts'
import type { AttachedPolicy, InlinePolicy } from './use-held-policies.ts'

interface ModalProps {
  readonly holder: PolicyHolder
  readonly onChanged: () => void
  readonly onClose: () => void
}

export function AttachPolicyModal({ holder, onChanged, onClose }: ModalProps) {
  const messages = useMessages({ en, ko })
  const notify = useNotify()
  const [arn, setArn] = useState('')
  const attaching = useAction(async () => {
    await attachPolicy(holder, arn)
    notify({ type: 'success', content: messages.wasAttached(arn) })
    onClose()
    onChanged()
  })
  return (
    <ActionModal
      title={messages.attach}
      button={messages.attach}
      action={attaching}
      disabled={arn === ''}
      onClose={onClose}
    >
      <PolicyField value={arn} onChange={setArn} />
    </ActionModal>
  )
}

export function DetachPolicyModal({
  holder,
  policy,
  onChanged,
  onClose,
}: ModalProps & { readonly policy: AttachedPolicy }) {
  const messages = useMessages({ en, ko })
  const notify = useNotify()
  const detaching = useAction(async () => {
    await detachPolicy(holder, policy.arn)
    notify({ type: 'success', content: messages.wasDetached(policy.policyName) })
    onClose()
    onChanged()
  })
  return (
    <ActionModal
      title={messages.detachTitle(policy.policyName)}
      button={messages.detach}
      action={detaching}
      onClose={onClose}
    >
      {messages.detachText}
    </ActionModal>
  )
}

/** Without a policy it makes a new one. */
export function InlinePolicyModal({
  holder,
  policy,
  onChanged,
  onClose,
}: ModalProps & { readonly policy: InlinePolicy | null }) {
  const messages = useMessages({ en, ko })
  const notify = useNotify()
  const [name, setName] = useState(policy?.policyName ?? '')
  const [text, setText] = useState(() => readable(policy?.policyText ?? NEW_POLICY))
  const saving = useAction(async () => {
    await putPolicy(holder, name, text)
    notify({ type: 'success', content: messages.wasSaved(name) })
    onClose()
    onChanged()
  })
  return (
    <ActionModal
      title={policy ? messages.editPolicy(policy.policyName) : messages.createInline}
      button={messages.save}
      size="large"
      action={saving}
      needs={[holderCheck(holder, 'Put')]}
      disabled={name === ''}
      onClose={onClose}
    >
      {policy === null && (
        <FormField label={messages.name}>
          <Input
            name="policyName"
            autoComplete={false}
            spellcheck={false}
            value={name}
            onChange={({ detail }) => setName(detail.value)}
          />
        </FormField>
      )}
      <PolicyEditor label={messages.document} value={text} onChange={setText} />
    </ActionModal>
  )
}

export function DeleteInlineModal({
  holder,
  policyName,
  onChanged,
  onClose,
}: ModalProps & { readonly policyName: string }) {
  const messages = useMessages({ en, ko })
  const notify = useNotify()
  const deletion = useAction(async () => {
    await deletePolicy(holder, policyName)
    notify({ type: 'success', content: messages.wasDeleted(policyName) })
    onClose()
    onChanged()
  })
  return (
    <ActionModal title={messages.deletePolicy(policyName)} button={messages.delete} action={deletion} onClose={onClose}>
      {messages.deleteText}
    </ActionModal>
  )
}
