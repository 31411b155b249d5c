import type { ActionName } from '../access/action-name.generated.ts'
import { type Permission, useCan } from '../access/use-can.ts'
import type { ApiError } from '../api/api-error.ts'
import { useQuery } from '../api/use-query.ts'
import { useIdentity } from '../session/session-store.ts'
import {
  AllGroupsDocument,
  type AllGroupsQuery,
  AllPoliciesDocument,
  type AllPoliciesQuery,
  AllRolesDocument,
  type AllRolesQuery,
  FindUsersDocument,
} from './documents.generated.ts'
import { arnOf } from './entity.ts'
import { useAll } from './use-all.ts'

/** What can be chosen. */
export interface Choices<Choice> {
  /** Null while they are on their way, and when the person may not list them. */
  readonly choices: readonly Choice[] | null
  readonly error: ApiError | null
  /** Whether the person may list them. */
  readonly list: Permission | undefined
}

/** Enough to choose from; whoever is not among them is found by typing more. */
const MOST_USERS = 100

const groupsOf = ({ groups }: AllGroupsQuery) => groups
const rolesOf = ({ roles }: AllRolesQuery) => roles
const policiesOf = ({ policies }: AllPoliciesQuery) => policies

function useList(action: ActionName, type: 'user' | 'group' | 'role' | 'policy'): Permission | undefined {
  const { accountId } = useIdentity()
  return useCan([{ action, resource: arnOf(accountId, type, '/', '') }])[0]
}

/** Users with this part in their names: an account may have too many to choose from. */
export function useUsers(search: string, wanted: boolean) {
  const list = useList('iam:ListUsers', 'user')
  const query = useQuery(
    FindUsersDocument,
    wanted && list?.allowed ? { first: MOST_USERS, search: search || null } : null,
  )
  return { choices: query.data?.users?.edges.map(({ node }) => node) ?? null, error: query.error, list }
}

/** All groups of the account. */
export function useGroups(wanted: boolean) {
  const list = useList('iam:ListGroups', 'group')
  const { nodes, error } = useAll(AllGroupsDocument, groupsOf, wanted && (list?.allowed ?? false))
  return { choices: nodes, error, list }
}

/** All roles of the account. */
export function useRoles(wanted: boolean) {
  const list = useList('iam:ListRoles', 'role')
  const { nodes, error } = useAll(AllRolesDocument, rolesOf, wanted && (list?.allowed ?? false))
  return { choices: nodes, error, list }
}

/** All managed policies that can be attached: the account's own and those that come built in. */
export function usePolicies() {
  const list = useList('iam:ListPolicies', 'policy')
  const { nodes, error } = useAll(AllPoliciesDocument, policiesOf, list?.allowed ?? false)
  return { choices: nodes?.filter(({ isAttachable }) => isAttachable) ?? null, error, list }
}
