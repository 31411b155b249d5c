import { request } from '../api/request.ts'
import { type Action, useAction } from '../api/use-action.ts'
import { useMessages } from '../language/language.ts'
import { useNotify } from '../page-frame/notifications.tsx'
import type { AccessKey } from './access-key.ts'
import { UpdateAccessKeyDocument } from './documents.generated.ts'
import { type KeyOwner, ownerInput } from './key-owner.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

interface DeactivationParts {
  readonly owner: KeyOwner
  readonly accessKey: AccessKey
  readonly onChanged: () => void
  readonly onDone?: () => void
}

/** Makes the key inactive and says so. */
export function useDeactivation({ owner, accessKey, onChanged, onDone }: DeactivationParts): Action<[]> {
  const messages = useMessages({ en, ko })
  const notify = useNotify()
  const { accessKeyId } = accessKey
  return useAction(async () => {
    await request(UpdateAccessKeyDocument, { input: { ...ownerInput(owner), accessKeyId, status: 'INACTIVE' } })
    notify({ type: 'success', content: messages.deactivated(accessKeyId) })
    onDone?.()
    onChanged()
  })
}
