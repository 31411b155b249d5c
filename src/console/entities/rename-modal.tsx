import Alert from '@cloudscape-design/components/alert'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import { useState } from 'react'
import { useAction } from '../api/use-action.ts'
import { ActionModal } from '../dialogs/action-modal.tsx'
import { useMessages } from '../language/language.ts'
import { useNotify } from '../page-frame/notifications.tsx'
import { useIdentity } from '../session/session-store.ts'
import { arnOf } from './entity.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

interface RenameModalProps {
  readonly type: 'USER' | 'GROUP'
  readonly entity: { readonly name: string; readonly path: string; readonly arn: string }
  /** Each is given only when it is another one. */
  readonly save: (changed: { readonly name?: string; readonly path?: string }) => Promise<unknown>
  readonly onClose: () => void
  /** With the name that it has now. */
  readonly onSaved: (name: string) => void
}

const ACTIONS = { USER: 'iam:UpdateUser', GROUP: 'iam:UpdateGroup' } as const
const TYPES = { USER: 'user', GROUP: 'group' } as const

/** Another name, another path. It is needed on the ARN of before and on that of afterwards. */
export function RenameModal({ type, entity, save, onClose, onSaved }: RenameModalProps) {
  const messages = useMessages({ en, ko })
  const notify = useNotify()
  const { accountId } = useIdentity()
  const [typedName, setName] = useState(entity.name)
  const [typedPath, setPath] = useState(entity.path)
  const [name, path] = [typedName.trim(), typedPath.trim()]
  const renamed = name !== entity.name
  const moved = path !== entity.path
  const complete = name !== '' && path !== ''
  const saving = useAction(async () => {
    await save({ ...(renamed && { name }), ...(moved && { path }) })
    notify({ type: 'success', content: messages.saved(name) })
    onSaved(name)
  })
  const arns = complete ? [entity.arn, arnOf(accountId, TYPES[type], path, name)] : [entity.arn]
  return (
    <ActionModal
      title={messages.editTitle(entity.name)}
      button={messages.save}
      action={saving}
      needs={arns.map((resource) => ({ action: ACTIONS[type], resource }))}
      disabled={!complete || (!renamed && !moved)}
      onClose={onClose}
    >
      <Alert type={renamed || moved ? 'warning' : 'info'}>
        {type === 'USER' ? messages.editUser : messages.editGroup}
        {type === 'USER' && renamed && <div>{messages.renamedUser}</div>}
      </Alert>
      <FormField label={messages[type]} constraintText={type === 'USER' ? messages.userRule : messages.groupRule}>
        <Input
          name="newName"
          autoComplete="off"
          spellcheck={false}
          value={typedName}
          onChange={({ detail }) => setName(detail.value)}
        />
      </FormField>
      <FormField label={messages.path} constraintText={messages.pathRule}>
        <Input
          name="newPath"
          autoComplete="off"
          spellcheck={false}
          value={typedPath}
          onChange={({ detail }) => setPath(detail.value)}
        />
      </FormField>
    </ActionModal>
  )
}
