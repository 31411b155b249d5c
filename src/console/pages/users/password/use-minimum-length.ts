import { usePasswordPolicy } from '../../../password-policy/use-password-policy.ts'

/** What the account's password policy wants, for those who may read it; undefined otherwise, and where there is none. */
export function useMinimumLength(): number | undefined {
  const { policy } = usePasswordPolicy()
  return policy === null || policy === 'built-in' ? undefined : policy.minimumPasswordLength
}
