import type { UserSummaryQuery } from './documents.generated.ts'

/** A user as its page shows it. */
export type User = NonNullable<UserSummaryQuery['user']>

/** What the tabs and the dialogs of a user have in common. */
export interface UserProps {
  readonly user: User
}
