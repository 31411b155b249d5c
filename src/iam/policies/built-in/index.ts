import { administratorAccess } from './administrator-access.ts'
import type { BuiltInPolicy } from './built-in-policy.ts'
import { iamFullAccess } from './iam-full-access.ts'
import { iamReadOnlyAccess } from './iam-read-only-access.ts'
import { iamSelfManageAccessKeysWithMfa } from './iam-self-manage-access-keys-with-mfa.ts'
import { iamSelfManageAccessKeys } from './iam-self-manage-access-keys.ts'
import { iamUserChangePassword } from './iam-user-change-password.ts'

export type { BuiltInPolicy }

/** What comes built in. */
export const BUILT_IN_POLICIES: readonly BuiltInPolicy[] = [
  administratorAccess,
  iamFullAccess,
  iamReadOnlyAccess,
  iamSelfManageAccessKeys,
  iamSelfManageAccessKeysWithMfa,
  iamUserChangePassword,
]
