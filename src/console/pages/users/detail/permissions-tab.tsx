import { HeldPoliciesSection } from '../../../held-policies/held-policies-section.tsx'
import { useHeldPolicies } from '../../../held-policies/use-held-policies.ts'
import type { UserProps } from './user.ts'

export function PermissionsTab({ user: { name, arn } }: UserProps) {
  const holder = { type: 'User' as const, name, arn }
  return <HeldPoliciesSection holder={holder} held={useHeldPolicies(holder)} />
}
