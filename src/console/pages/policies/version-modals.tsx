import { request } from '../../api/request.ts'
import { useAction } from '../../api/use-action.ts'
import { ActionModal } from '../../dialogs/action-modal.tsx'
import { useMessages } from '../../language/language.ts'
import { useNotify } from '../../page-frame/notifications.tsx'
import { DeletePolicyVersionDocument, SetDefaultPolicyVersionDocument } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

interface VersionModalProps {
  readonly policyArn: string
  readonly versionId: string
  readonly onChanged: () => void
  readonly onClose: () => void
}

export function DefaultVersionModal({ policyArn, versionId, onChanged, onClose }: VersionModalProps) {
  const messages = useMessages({ en, ko })
  const notify = useNotify()
  const change = useAction(async () => {
    await request(SetDefaultPolicyVersionDocument, { input: { policyArn, versionId } })
    notify({ type: 'success', content: messages.madeDefault(versionId) })
    onClose()
    onChanged()
  })
  return (
    <ActionModal
      title={messages.makeDefaultTitle(versionId)}
      button={messages.makeDefault}
      action={change}
      onClose={onClose}
    >
      {messages.makeDefaultText}
    </ActionModal>
  )
}

export function DeleteVersionModal({ policyArn, versionId, onChanged, onClose }: VersionModalProps) {
  const messages = useMessages({ en, ko })
  const notify = useNotify()
  const deletion = useAction(async () => {
    await request(DeletePolicyVersionDocument, { input: { policyArn, versionId } })
    notify({ type: 'success', content: messages.versionDeleted(versionId) })
    onClose()
    onChanged()
  })
  return (
    <ActionModal
      title={messages.deleteVersionTitle(versionId)}
      button={messages.deleteVersion}
      action={deletion}
      onClose={onClose}
    >
      {messages.deleteVersionText}
    </ActionModal>
  )
}
