import Alert from '@cloudscape-design/components/alert'
import { useNavigate } from 'react-router'
import { request } from '../../api/request.ts'
import { useAction } from '../../api/use-action.ts'
import { ActionModal } from '../../dialogs/action-modal.tsx'
import { useMessages } from '../../language/language.ts'
import { useNotify } from '../../page-frame/notifications.tsx'
import { DeletePolicyDocument } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import type { Policy } from './use-policy.ts'

interface DeletePolicyModalProps {
  readonly policy: Policy
  readonly onClose: () => void
}

/** A policy goes only when nobody has it and its default version is the last: what stands in the way is said before. */
export function DeletePolicyModal({ policy, onClose }: DeletePolicyModalProps) {
  const messages = useMessages({ en, ko })
  const navigate = useNavigate()
  const notify = useNotify()
  const { arn, policyName, attachmentCount, permissionsBoundaryUsageCount, versions } = policy
  const others = (versions ?? []).filter(({ isDefaultVersion }) => !isDefaultVersion)
  const blocks = [
    ...(attachmentCount > 0 ? [messages.blockedByAttachments(String(attachmentCount))] : []),
    ...(permissionsBoundaryUsageCount > 0 ? [messages.blockedByBoundaries(String(permissionsBoundaryUsageCount))] : []),
    ...(others.length > 0 ? [messages.blockedByVersions(others.map(({ versionId }) => versionId).join(', '))] : []),
  ]
  const deletion = useAction(async () => {
    await request(DeletePolicyDocument, { input: { policyArn: arn } })
    notify({ type: 'success', content: messages.deleted(policyName) })
    void navigate('/policies')
  })
  return (
    <ActionModal
      title={messages.deleteTitle(policyName)}
      button={messages.delete}
      action={deletion}
      disabled={blocks.length > 0}
      confirmation={policyName}
      onClose={onClose}
    >
      {blocks.length > 0 ? (
        <Alert type="warning" header={messages.blocked}>
          <ul>
            {blocks.map((block) => (
              <li key={block}>{block}</li>
            ))}
          </ul>
        </Alert>
      ) : (
        <div>{messages.deleteText}</div>
      )}
    </ActionModal>
  )
}
