import { useCan } from '../access/use-can.ts'
import type { ApiError } from '../api/api-error.ts'
import { useQuery } from '../api/use-query.ts'
import {
  GroupPoliciesDocument,
  type GroupPoliciesQuery,
  RolePoliciesDocument,
  UserPoliciesDocument,
} from './documents.generated.ts'
import type { PolicyHolder } from './policy-holder.ts'

type Held = NonNullable<GroupPoliciesQuery['group']>
export type AttachedPolicy = NonNullable<Held['attachedPolicies']>['edges'][number]['node']
export type InlinePolicy = NonNullable<Held['inlinePolicies']>[number]

export interface HeldPolicies {
  /** Null while nobody knows, or for who may not see them. */
  readonly attached: readonly AttachedPolicy[] | null
  readonly inline: readonly InlinePolicy[] | null
  readonly loading: boolean
  readonly error: ApiError | null
  readonly reload: () => void
}

/** The policies of a user, a group or a role, as far as the person may see them. */
export function useHeldPolicies({ type, name, arn }: PolicyHolder): HeldPolicies {
  const [attached, inline, text] = useCan(
    ([`iam:ListAttached${type}Policies`, `iam:List${type}Policies`, `iam:Get${type}Policy`] as const).map((action) => ({
      action,
      resource: arn,
    })),
  )
  const variables =
    attached?.known && inline?.known && text?.known
      ? { name, withAttached: attached.allowed, withInline: inline.allowed, withText: text.allowed }
      : null
  const ofUser = useQuery(UserPoliciesDocument, type === 'User' ? variables : null)
  const ofGroup = useQuery(GroupPoliciesDocument, type === 'Group' ? variables : null)
  const ofRole = useQuery(RolePoliciesDocument, type === 'Role' ? variables : null)
  const { error, errors, loading, reload } = { User: ofUser, Group: ofGroup, Role: ofRole }[type]
  const held = { User: ofUser.data?.user, Group: ofGroup.data?.group, Role: ofRole.data?.role }[type]
  return {
    attached: held?.attachedPolicies?.edges.map(({ node }) => node) ?? null,
    inline: held?.inlinePolicies ?? null,
    loading,
    error: error ?? errors[0] ?? null,
    reload,
  }
}
