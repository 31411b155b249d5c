import FormField from '@cloudscape-design/components/form-field'
import Select from '@cloudscape-design/components/select'
import { useState } from 'react'
import { request } from '../../api/request.ts'
import { useAction } from '../../api/use-action.ts'
import { ActionModal } from '../../dialogs/action-modal.tsx'
import { EntityField } from '../../entities/entity-field.tsx'
import { type ChosenEntity, ENTITY_TYPES } from '../../entities/entity.ts'
import { useMessages } from '../../language/language.ts'
import { useNotify } from '../../page-frame/notifications.tsx'
import { attachCheck } from './attachment-checks.ts'
import {
  AttachGroupPolicyDocument,
  AttachRolePolicyDocument,
  AttachUserPolicyDocument,
  DetachGroupPolicyDocument,
  DetachRolePolicyDocument,
  DetachUserPolicyDocument,
} from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

interface ModalProps {
  readonly policyArn: string
  readonly onChanged: () => void
  readonly onClose: () => void
}

export function AttachModal({ policyArn, onChanged, onClose }: ModalProps) {
  const messages = useMessages({ en, ko })
  const notify = useNotify()
  const [entity, setEntity] = useState<ChosenEntity>({ type: 'USER', name: '', arn: undefined })
  const { type, name, arn } = entity
  const attaching = useAction(async () => {
    if (type === 'USER') await request(AttachUserPolicyDocument, { input: { userName: name, policyArn } })
    else if (type === 'GROUP') await request(AttachGroupPolicyDocument, { input: { groupName: name, policyArn } })
    else await request(AttachRolePolicyDocument, { input: { roleName: name, policyArn } })
    notify({ type: 'success', content: messages.attached(name) })
    onClose()
    onChanged()
  })
  const types = ENTITY_TYPES.map((value) => ({ value, label: messages[value] }))
  return (
    <ActionModal
      title={messages.attach}
      button={messages.attach}
      action={attaching}
      needs={arn === undefined ? [] : [attachCheck(type, arn)]}
      disabled={name === ''}
      onClose={onClose}
    >
      <FormField label={messages.type}>
        <Select
          selectedOption={types.find(({ value }) => value === type) ?? null}
          options={types}
          onChange={({ detail }) => {
            const chosen = ENTITY_TYPES.find((one) => one === detail.selectedOption.value) ?? 'USER'
            setEntity({ type: chosen, name: '', arn: undefined })
          }}
        />
      </FormField>
      <EntityField type={type} value={name} onChange={setEntity} />
    </ActionModal>
  )
}

export function DetachModal({ policyArn, entity, onChanged, onClose }: ModalProps & { readonly entity: ChosenEntity }) {
  const messages = useMessages({ en, ko })
  const notify = useNotify()
  const { type, name } = entity
  const detaching = useAction(async () => {
    if (type === 'USER') await request(DetachUserPolicyDocument, { input: { userName: name, policyArn } })
    else if (type === 'GROUP') await request(DetachGroupPolicyDocument, { input: { groupName: name, policyArn } })
    else await request(DetachRolePolicyDocument, { input: { roleName: name, policyArn } })
    notify({ type: 'success', content: messages.detached(name) })
    onClose()
    onChanged()
  })
  return (
    <ActionModal title={messages.detachTitle(name)} button={messages.detach} action={detaching} onClose={onClose}>
      {messages.detachText}
    </ActionModal>
  )
}
