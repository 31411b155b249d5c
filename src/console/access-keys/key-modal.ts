import type { AccessKey } from './access-key.ts'
import type { KeyOwner } from './key-owner.ts'

/** What the dialogs of a key have in common. */
export interface KeyModalProps {
  readonly owner: KeyOwner
  readonly accessKey: AccessKey
  readonly onChanged: () => void
  readonly onClose: () => void
}
