import { administratorAccess } from './administrator-access.ts'
import { awsDenyAll } from './aws-deny-all.ts'
import type { BuiltInPolicy } from './built-in-policy.ts'
import { iamFullAccess } from './iam-full-access.ts'
import { iamReadOnlyAccess } from './iam-read-only-access.ts'
import { iamSelfManageAccessKeysWithMfa } from './iam-self-manage-access-keys-with-mfa.ts'
import { iamSelfManageAccessKeys } from './iam-self-manage-access-keys.ts'
import { iamUserChangePassword } from './iam-user-change-password.ts'
import { powerUserAccess, readOnlyAccess, securityAudit, supportUser, viewOnlyAccess } from './job-functions.ts'
import { iamSelfManageServiceSpecificCredentials, iamUserSshKeys } from './own-credentials.ts'

export type { BuiltInPolicy }

/** What comes built in, by name. */
export const BUILT_IN_POLICIES: readonly BuiltInPolicy[] = [
  administratorAccess,
  awsDenyAll,
  iamFullAccess,
  iamReadOnlyAccess,
  iamSelfManageAccessKeys,
  iamSelfManageAccessKeysWithMfa,
  iamSelfManageServiceSpecificCredentials,
  iamUserChangePassword,
  iamUserSshKeys,
  powerUserAccess,
  readOnlyAccess,
  securityAudit,
  supportUser,
  viewOnlyAccess,
]
