export const USERS = '/users'
/** No user can have this name: IAM's names have no tilde. */
export const CREATE_SEGMENT = '~create'
export const CREATE_USER = `${USERS}/${CREATE_SEGMENT}`

export const TABS = ['permissions', 'groups', 'tags', 'credentials'] as const
export type Tab = (typeof TABS)[number]

/** The page of a user; without a tab it opens at the first. */
export function userHref(name: string, tab?: Tab): string {
  const page = `${USERS}/${encodeURIComponent(name)}`
  return tab === undefined ? page : `${page}?tab=${tab}`
}

/** The wizards for keys of a user. */
export function userKeyHref(name: string, wizard: 'create-access-key' | 'rotate-access-key'): string {
  return `${userHref(name)}/${wizard}`
}
