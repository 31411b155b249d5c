import { userHref } from '../../links/addresses.ts'

export const USERS = '/users'
/** No user can have this name: IAM's names have no tilde. */
export const CREATE_SEGMENT = '~create'
export const CREATE_USER = `${USERS}/${CREATE_SEGMENT}`

/** The wizards for keys of a user. */
export function userKeyHref(name: string, wizard: 'create-access-key' | 'rotate-access-key'): string {
  return `${userHref(name)}/${wizard}`
}
