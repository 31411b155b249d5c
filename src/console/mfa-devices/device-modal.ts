import type { KeyOwner } from '../access-keys/key-owner.ts'

/** What the dialogs of a device have in common. */
export interface DeviceModalProps {
  readonly owner: KeyOwner
  readonly serialNumber: string
  readonly onChanged: () => void
  readonly onClose: () => void
}
