import Alert from '@cloudscape-design/components/alert'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { request } from '../../api/request.ts'
import { useAction } from '../../api/use-action.ts'
import { ActionModal } from '../../dialogs/action-modal.tsx'
import { EntityField } from '../../entities/entity-field.tsx'
import { arnOf } from '../../entities/entity.ts'
import { useMessages } from '../../language/language.ts'
import { groupHref } from '../../links/addresses.ts'
import { useNotify } from '../../page-frame/notifications.tsx'
import { useIdentity } from '../../session/session-store.ts'
import {
  AddUserToGroupDocument,
  CreateGroupDocument,
  DeleteGroupDocument,
  RemoveUserFromGroupDocument,
} from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

interface ModalProps {
  readonly onClose: () => void
}

interface MemberModalProps extends ModalProps {
  readonly groupName: string
  readonly onChanged: () => void
}

export function CreateGroupModal({ onClose }: ModalProps) {
  const messages = useMessages({ en, ko })
  const notify = useNotify()
  const navigate = useNavigate()
  const { accountId } = useIdentity()
  const [groupName, setName] = useState('')
  const [path, setPath] = useState('/')
  const creation = useAction(async () => {
    await request(CreateGroupDocument, { input: { groupName, path } })
    notify({ type: 'success', content: messages.created(groupName) })
    void navigate(groupHref(groupName))
  })
  return (
    <ActionModal
      title={messages.create}
      button={messages.create}
      action={creation}
      needs={
        groupName === '' ? [] : [{ action: 'iam:CreateGroup', resource: arnOf(accountId, 'group', path, groupName) }]
      }
      disabled={groupName === ''}
      onClose={onClose}
    >
      <FormField label={messages.name} constraintText={messages.nameRule}>
        <Input
          name="groupName"
          autoComplete={false}
          spellcheck={false}
          value={groupName}
          onChange={({ detail }) => setName(detail.value)}
        />
      </FormField>
      <FormField label={messages.path} constraintText={messages.pathRule}>
        <Input name="path" spellcheck={false} value={path} onChange={({ detail }) => setPath(detail.value)} />
      </FormField>
    </ActionModal>
  )
}

interface DeleteGroupModalProps extends ModalProps {
  readonly groupName: string
  readonly members: number
  readonly policies: number
}

/** A group goes only when it is empty: what stands in the way is said before. */
export function DeleteGroupModal({ groupName, members, policies, onClose }: DeleteGroupModalProps) {
  const messages = useMessages({ en, ko })
  const notify = useNotify()
  const navigate = useNavigate()
  const deletion = useAction(async () => {
    await request(DeleteGroupDocument, { input: { groupName } })
    notify({ type: 'success', content: messages.deleted(groupName) })
    void navigate('/groups')
  })
  const blocked = members > 0 || policies > 0
  return (
    <ActionModal
      title={messages.deleteTitle(groupName)}
      button={messages.delete}
      action={deletion}
      disabled={blocked}
      confirmation={groupName}
      onClose={onClose}
    >
      {blocked ? (
        <Alert type="warning" header={messages.blocked}>
          <ul>
            {members > 0 && <li>{messages.blockedByMembers}</li>}
            {policies > 0 && <li>{messages.blockedByPolicies(String(policies))}</li>}
          </ul>
        </Alert>
      ) : (
        <div>{messages.deleteText}</div>
      )}
    </ActionModal>
  )
}

export function AddMemberModal({ groupName, onChanged, onClose }: MemberModalProps) {
  const messages = useMessages({ en, ko })
  const notify = useNotify()
  const [userName, setName] = useState('')
  const adding = useAction(async () => {
    await request(AddUserToGroupDocument, { input: { groupName, userName } })
    notify({ type: 'success', content: messages.added(userName) })
    onClose()
    onChanged()
  })
  return (
    <ActionModal
      title={messages.addMember}
      button={messages.addMember}
      action={adding}
      disabled={userName === ''}
      onClose={onClose}
    >
      <EntityField type="USER" value={userName} onChange={({ name }) => setName(name)} />
    </ActionModal>
  )
}

export function RemoveMemberModal({
  groupName,
  userName,
  onChanged,
  onClose,
}: MemberModalProps & { readonly userName: string }) {
  const messages = useMessages({ en, ko })
  const notify = useNotify()
  const removal = useAction(async () => {
    await request(RemoveUserFromGroupDocument, { input: { groupName, userName } })
    notify({ type: 'success', content: messages.removed(userName) })
    onClose()
    onChanged()
  })
  return (
    <ActionModal title={messages.removeTitle(userName)} button={messages.remove} action={removal} onClose={onClose}>
      {messages.removeText}
    </ActionModal>
  )
}
