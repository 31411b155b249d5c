import Alert from '@cloudscape-design/components/alert'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import { useState } from 'react'
import { request } from '../../../api/request.ts'
import { useAction } from '../../../api/use-action.ts'
import { ActionModal } from '../../../dialogs/action-modal.tsx'
import { useMessages } from '../../../language/language.ts'
import { useNotify } from '../../../shell/notifications.tsx'
import { UpdateUserDocument } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import type { UserProps } from './user.ts'

interface EditUserModalProps extends UserProps {
  readonly onClose: () => void
  /** With the name that the user has now. */
  readonly onSaved: (name: string) => void
}

/** Another name, another path. */
export function EditUserModal({ user, onClose, onSaved }: EditUserModalProps) {
  const messages = useMessages({ en, ko })
  const notify = useNotify()
  const [name, setName] = useState(user.name)
  const [path, setPath] = useState(user.path)
  const changed = { name: name.trim() !== user.name, path: path.trim() !== user.path }
  const action = useAction(async () => {
    await request(UpdateUserDocument, {
      input: {
        userName: user.name,
        ...(changed.name && { newUserName: name.trim() }),
        ...(changed.path && { newPath: path.trim() }),
      },
    })
    notify({ type: 'success', content: messages.saved(name.trim()) })
    onSaved(name.trim())
  })
  return (
    <ActionModal
      title={messages.editTitle(user.name)}
      button={messages.save}
      action={action}
      disabled={name.trim() === '' || path.trim() === '' || (!changed.name && !changed.path)}
      onClose={onClose}
    >
      <Alert type="info">{messages.editText}</Alert>
      <FormField label={messages.userName} description={messages.nameHint}>
        <Input value={name} autoComplete="off" onChange={({ detail }) => setName(detail.value)} />
      </FormField>
      <FormField label={messages.path} description={messages.pathHint}>
        <Input value={path} autoComplete="off" onChange={({ detail }) => setPath(detail.value)} />
      </FormField>
    </ActionModal>
  )
}
