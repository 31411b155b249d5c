import type { ActionName } from '../access/action-name.generated.ts'

/** A key or a certificate of a user as the section shows it. */
export interface PublicKey {
  readonly id: string
  readonly status: 'ACTIVE' | 'INACTIVE'
  readonly uploadedAt: string
  /** What else is known of it. */
  readonly facts?: readonly { readonly label: string; readonly value: string }[]
}

/** What can be uploaded for a user, switched on and off, and deleted: SSH public keys or signing certificates. */
export interface PublicKeyKind {
  readonly needs: Readonly<Record<'upload' | 'update' | 'remove', ActionName>>
  /** How many a user may have. */
  readonly limit: number
  readonly title: string
  readonly description: string
  readonly none: string
  readonly noneHint: string
  readonly uploadLabel: string
  readonly uploadHint: string
  readonly deactivateText: string
  readonly deleteText: string
  /** Answers with what to say of the new one. */
  readonly upload: (userName: string, body: string) => Promise<string>
  readonly setStatus: (userName: string, id: string, status: PublicKey['status']) => Promise<unknown>
  readonly remove: (userName: string, id: string) => Promise<unknown>
}

/** Whose they are: a user of the account. */
export interface KeyHolder {
  readonly name: string
  readonly arn: string
}
