import type { PasswordPolicy } from '../../generated/prisma/client.ts'

const DAY_MS = 86_400_000

/** What decides how long a password is good. */
export interface PasswordAge {
  readonly root: boolean
  readonly account: { readonly passwordPolicy: Pick<PasswordPolicy, 'maxPasswordAge'> | null }
  readonly loginProfile: { readonly passwordChangedAt: Date } | null
}

/** When a user's password becomes too old for the account's policy; null when it never does. Root's is not under the policy. */
export function passwordExpiresAt({ root, account, loginProfile }: PasswordAge): Date | null {
  const days = account.passwordPolicy?.maxPasswordAge ?? null
  if (root || days === null || loginProfile === null) return null
  return new Date(loginProfile.passwordChangedAt.getTime() + days * DAY_MS)
}

/** Whether a password was too old at a moment. */
export function passwordExpired(user: PasswordAge, at: Date): boolean {
  const expiresAt = passwordExpiresAt(user)
  return expiresAt !== null && at >= expiresAt
}
