import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Modal from '@cloudscape-design/components/modal'
import { useState } from 'react'
import { request } from '../../../api/request.ts'
import { useAction } from '../../../api/use-action.ts'
import { ActionModal } from '../../../dialogs/action-modal.tsx'
import { useMessages } from '../../../language/language.ts'
import { useNotify } from '../../../page-frame/notifications.tsx'
import { CreateLoginProfileDocument } from '../password/documents.generated.ts'
import { newPassword } from '../password/new-password.ts'
import { GENERATED, PasswordChoice } from '../password/password-choice.tsx'
import { PasswordReveal } from '../password/password-reveal.tsx'
import { useMinimumLength } from '../password/use-minimum-length.ts'
import { UpdateLoginProfileDocument } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import type { UserProps } from './user.ts'

interface PasswordModalProps extends UserProps {
  readonly kind: 'create' | 'reset'
  readonly onClose: () => void
}

/** A first password, or another one. What was generated is shown once, and is gone with the dialog. */
export function PasswordModal({ user, kind, onClose }: PasswordModalProps) {
  const messages = useMessages({ en, ko })
  const notify = useNotify()
  const minimum = useMinimumLength()
  const [chosen, setChosen] = useState(GENERATED)
  const [made, setMade] = useState<string | null>(null)
  const action = useAction(async () => {
    const userName = user.name
    const passwordResetRequired = chosen.resetRequired
    const password = chosen.kind === 'generated' ? newPassword(minimum) : chosen.typed
    if (kind === 'create') {
      await request(CreateLoginProfileDocument, { input: { userName, password, passwordResetRequired } })
    } else {
      await request(UpdateLoginProfileDocument, {
        input: { userName, passwordResetRequired, ...(chosen.kind !== 'kept' && { password }) },
      })
    }
    notify({
      type: 'success',
      content: kind === 'create' ? messages.enabledDone(userName) : messages.resetDone(userName),
    })
    if (chosen.kind === 'generated') setMade(password)
    else onClose()
  })
  const title = kind === 'create' ? messages.enableConsole : messages.resetPassword
  if (made !== null) {
    return (
      <Modal
        visible
        header={messages.retrievePassword}
        onDismiss={onClose}
        footer={
          <Box float="right">
            <Button variant="primary" onClick={onClose}>
              {messages.close}
            </Button>
          </Box>
        }
      >
        <PasswordReveal userName={user.name} password={made} />
      </Modal>
    )
  }
  return (
    <ActionModal
      title={title}
      button={kind === 'create' ? messages.enable : messages.reset}
      action={action}
      disabled={chosen.kind === 'typed' && chosen.typed === ''}
      onClose={onClose}
    >
      <PasswordChoice chosen={chosen} onChange={setChosen} mayKeep={kind === 'reset'} />
    </ActionModal>
  )
}
