import { IamError } from '../errors.ts'

/** Below it are the roles that are linked to a service, as at AWS; ordinary roles are not made there. */
export const SERVICE_LINKED_PATH = '/aws-service-role/'

interface RolePath {
  readonly name: string
  readonly path: string
}

export function isServiceLinked({ path }: Pick<RolePath, 'path'>): boolean {
  return path.startsWith(SERVICE_LINKED_PATH)
}

/**
 * A service relies on its role: who may change roles in general neither widens it, nor breaks it, nor deletes it past
 * `deleteServiceLinkedRole`. Its description and its tags are free. Throws UnmodifiableEntity.
 */
export function checkModifiable(role: RolePath): void {
  if (!isServiceLinked(role)) return
  const text = `Cannot perform the operation on the protected role '${role.name}' - this role is only modifiable by AWS`
  throw new IamError('UnmodifiableEntity', text)
}
