import { useCan } from '../access/use-can.ts'
import type { ApiError } from '../api/api-error.ts'
import { useQuery } from '../api/use-query.ts'
import { PasswordPolicyDocument, type PasswordPolicyQuery } from './documents.generated.ts'

export type PasswordPolicy = NonNullable<PasswordPolicyQuery['passwordPolicy']>

export interface PasswordPolicyState {
  /** `built-in` while the account has no rules of its own; null while nobody knows. */
  readonly policy: PasswordPolicy | 'built-in' | null
  readonly error: ApiError | null
  /** Which action is missing to see it. */
  readonly missing: string | undefined
  readonly reload: () => void
}

/** The account's rules for passwords. */
export function usePasswordPolicy(): PasswordPolicyState {
  const [reading] = useCan([{ action: 'iam:GetAccountPasswordPolicy', resource: '*' }])
  const { data, error, reload } = useQuery(PasswordPolicyDocument, reading?.allowed ? {} : null)
  const builtIn = error?.code === 'NoSuchEntity'
  return {
    policy: builtIn ? 'built-in' : (data?.passwordPolicy ?? null),
    error: builtIn ? null : error,
    missing: reading?.disabledReason,
    reload,
  }
}
