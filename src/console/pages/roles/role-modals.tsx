import Alert from '@cloudscape-design/components/alert'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { request } from '../../api/request.ts'
import { useAction } from '../../api/use-action.ts'
import { ActionModal } from '../../dialogs/action-modal.tsx'
import { PolicyField } from '../../entities/policy-field.tsx'
import { useMessages } from '../../language/language.ts'
import { useNotify } from '../../page-frame/notifications.tsx'
import { PolicyEditor } from '../../policy-document/policy-editor.tsx'
import { readable } from '../../policy-document/readable.ts'
import {
  DeleteRoleDocument,
  DeleteRolePermissionsBoundaryDocument,
  PutRolePermissionsBoundaryDocument,
  RemoveRoleFromInstanceProfileDocument,
  RevokeRoleSessionsDocument,
  type RoleQuery,
  UpdateAssumeRolePolicyDocument,
  UpdateRoleDocument,
} from './documents.generated.ts'
import { DurationField } from './duration-field.tsx'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

interface RoleModalProps {
  readonly role: NonNullable<RoleQuery['role']>
  readonly onChanged: () => void
  readonly onClose: () => void
}

/** Runs the change; then says so, closes the dialog and shows what has become of the role. */
function useChange({ onChanged, onClose }: RoleModalProps, done: string, work: () => Promise<unknown>) {
  const notify = useNotify()
  return useAction(async () => {
    await work()
    notify({ type: 'success', content: done })
    onClose()
    onChanged()
  })
}

export function EditRoleModal(props: RoleModalProps) {
  const messages = useMessages({ en, ko })
  const { name } = props.role
  const [description, setDescription] = useState(props.role.description ?? '')
  const [duration, setDuration] = useState(String(props.role.maxSessionDuration))
  const saving = useChange(props, messages.saved(name), () =>
    request(UpdateRoleDocument, { input: { roleName: name, description, maxSessionDuration: Number(duration) } }),
  )
  return (
    <ActionModal title={messages.editTitle(name)} button={messages.save} action={saving} onClose={props.onClose}>
      <FormField label={messages.descriptionField}>
        <Input name="description" value={description} onChange={({ detail }) => setDescription(detail.value)} />
      </FormField>
      <DurationField value={duration} onChange={setDuration} />
    </ActionModal>
  )
}

/** An empty field takes the boundary away. */
export function BoundaryModal(props: RoleModalProps) {
  const messages = useMessages({ en, ko })
  const { name, arn, permissionsBoundary } = props.role
  const before = permissionsBoundary?.arn ?? ''
  const [boundary, setBoundary] = useState(before)
  const saving = useChange(props, messages.saved(name), async () => {
    if (boundary === '') await request(DeleteRolePermissionsBoundaryDocument, { input: { roleName: name } })
    else {
      await request(PutRolePermissionsBoundaryDocument, { input: { roleName: name, permissionsBoundary: boundary } })
    }
  })
  const action = boundary === '' ? 'iam:DeleteRolePermissionsBoundary' : 'iam:PutRolePermissionsBoundary'
  return (
    <ActionModal
      title={messages.changeBoundary}
      button={boundary === '' && before !== '' ? messages.removeBoundary : messages.save}
      action={saving}
      needs={[{ action, resource: arn }]}
      disabled={boundary === before}
      onClose={props.onClose}
    >
      <PolicyField description={messages.boundaryEmpty} value={boundary} onChange={setBoundary} />
    </ActionModal>
  )
}

export function TrustModal(props: RoleModalProps) {
  const messages = useMessages({ en, ko })
  const { name, assumeRolePolicyText } = props.role
  const [text, setText] = useState(() => readable(assumeRolePolicyText ?? ''))
  const saving = useChange(props, messages.saved(name), () =>
    request(UpdateAssumeRolePolicyDocument, { input: { roleName: name, policyDocument: text } }),
  )
  return (
    <ActionModal title={messages.editTrust} button={messages.save} size="large" action={saving} onClose={props.onClose}>
      <PolicyEditor label={messages.trust} type="TRUST" value={text} onChange={setText} />
    </ActionModal>
  )
}

export function RevokeSessionsModal(props: RoleModalProps) {
  const messages = useMessages({ en, ko })
  const { name } = props.role
  const revocation = useChange(props, messages.revoked(name), () =>
    request(RevokeRoleSessionsDocument, { input: { roleName: name } }),
  )
  return (
    <ActionModal
      title={messages.revokeTitle(name)}
      button={messages.revoke}
      action={revocation}
      onClose={props.onClose}
    >
      {messages.revokeText}
    </ActionModal>
  )
}

interface DeleteRoleModalProps extends RoleModalProps {
  /** How many policies the role has. */
  readonly policies: number
  /** Names of the instance profiles that the role is in. */
  readonly profiles: readonly string[]
}

/** A role goes only without policies: what stands in the way is said before. It is taken out of its instance profiles. */
export function DeleteRoleModal({ role, policies, profiles, onClose }: DeleteRoleModalProps) {
  const messages = useMessages({ en, ko })
  const notify = useNotify()
  const navigate = useNavigate()
  const { name } = role
  const deletion = useAction(async () => {
    for (const instanceProfileName of profiles)
      await request(RemoveRoleFromInstanceProfileDocument, { input: { instanceProfileName, roleName: name } })
    await request(DeleteRoleDocument, { input: { roleName: name } })
    notify({ type: 'success', content: messages.deleted(name) })
    void navigate('/roles')
  })
  return (
    <ActionModal
      title={messages.deleteTitle(name)}
      button={messages.delete}
      action={deletion}
      disabled={policies > 0}
      confirmation={name}
      onClose={onClose}
    >
      {policies > 0 ? (
        <Alert type="warning" header={messages.blocked}>
          {messages.blockedByPolicies(String(policies))}
        </Alert>
      ) : (
        <>
          <div>{messages.deleteText}</div>
          {profiles.length > 0 && <div>{messages.leavesProfiles(profiles.join(', '))}</div>}
        </>
      )}
    </ActionModal>
  )
}
