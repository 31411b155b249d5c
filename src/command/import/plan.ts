import type { Details } from './details.ts'
import { planGroups, planRoles, planUsers } from './plan-holders.ts'
import { planPolicies } from './plan-policies.ts'
import type { Plan } from './steps.ts'

interface Here {
  /** ARNs. */
  readonly builtIn: ReadonlySet<string>
  /** Names of instance profiles, in lower case. */
  readonly profiles: ReadonlySet<string>
}

/** Builds what is to be done in the order in which it can be done: each thing after those that it names. */
export function planImport(accountId: string, wanted: Details, present: Details, here: Here): Plan {
  const plan: Plan = { steps: [], differences: [] }
  const policyHere = planPolicies(plan, accountId, wanted.policies, present.policies, here.builtIn)
  const planning = { ...plan, accountId, policyHere, profiles: here.profiles }
  planGroups(planning, wanted.groups, present.groups)
  planUsers(planning, wanted.users, present.users)
  planRoles(planning, wanted.roles, present.roles)
  return plan
}
