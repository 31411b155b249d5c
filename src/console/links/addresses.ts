export const USER_TABS = ['permissions', 'groups', 'tags', 'credentials'] as const
export type UserTab = (typeof USER_TABS)[number]

/** Addresses of the pages of single things. An ARN is one segment of the address. Without a tab a page opens at its first. */
export const policyHref = (arn: string): string => `/policies/${encodeURIComponent(arn)}`
export const userHref = (name: string, tab?: UserTab): string =>
  `/users/${encodeURIComponent(name)}${tab === undefined ? '' : `?tab=${tab}`}`
export const groupHref = (name: string): string => `/groups/${encodeURIComponent(name)}`
export const roleHref = (name: string): string => `/roles/${encodeURIComponent(name)}`

interface SimulatorLink {
  /** ARN of a user, group or role. */
  readonly principal?: string
  /** ARN of a managed policy, whose document in force is tried by itself. */
  readonly policy?: string
  readonly actions?: readonly string[]
  readonly resources?: readonly string[]
}

/** The policy simulator with a question in it. */
export function simulatorHref({ principal, policy, actions = [], resources = [] }: SimulatorLink): string {
  const parameters = new URLSearchParams([
    ...(principal === undefined ? [] : [['principal', principal]]),
    ...(policy === undefined ? [] : [['policy', policy]]),
    ...actions.map((action) => ['action', action]),
    ...resources.map((resource) => ['resource', resource]),
  ])
  return `/simulator?${parameters.toString()}`
}

/** The policies that come built in, which nobody can change. */
export function isBuiltIn(policyArn: string): boolean {
  return policyArn.startsWith('arn:aws:iam::aws:')
}
