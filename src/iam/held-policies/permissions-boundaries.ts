import type { Role, User } from '../../generated/prisma/client.ts'
import type { Call, Tx } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { IamError } from '../errors.ts'
import { boundaryNotFound, findPolicy } from '../policies/find-policy.ts'
import { findRole } from '../roles/find-role.ts'
import { findUser } from '../users/find-user.ts'

interface Boundary {
  /** ARN of a customer managed policy. */
  readonly permissionsBoundary: string
}

/** Whom a boundary limits: how it is named, found and written. */
interface Limited<Row> {
  readonly parameters: { readonly userName: string } | { readonly roleName: string }
  /** As a message calls it. */
  readonly title: string
  readonly find: (tx: Tx, accountId: string) => Promise<Row>
  readonly write: (tx: Tx, row: Row, boundaryPolicyId: string | null) => Promise<Row>
}

/** Limits what the user can ever do; replaces the former boundary. Throws NoSuchEntity (user, policy), ValidationError. */
export function putUserPermissionsBoundary(
  call: Call,
  { userName, permissionsBoundary }: Boundary & { readonly userName: string },
): Promise<User> {
  return putBoundary(call, limitedUser(userName), permissionsBoundary)
}

/** Takes the boundary away, which can widen what the user may do. Throws NoSuchEntity (user, boundary), ValidationError. */
export function deleteUserPermissionsBoundary(call: Call, { userName }: { readonly userName: string }): Promise<User> {
  return deleteBoundary(call, limitedUser(userName))
}

/** Limits what the role can ever do; replaces the former boundary. Throws NoSuchEntity (role, policy), ValidationError. */
export function putRolePermissionsBoundary(
  call: Call,
  { roleName, permissionsBoundary }: Boundary & { readonly roleName: string },
): Promise<Role> {
  return putBoundary(call, limitedRole(roleName), permissionsBoundary)
}

/** Takes the boundary away, which can widen what the role may do. Throws NoSuchEntity (role, boundary), ValidationError. */
export function deleteRolePermissionsBoundary(call: Call, { roleName }: { readonly roleName: string }): Promise<Role> {
  return deleteBoundary(call, limitedRole(roleName))
}

function limitedUser(userName: string): Limited<User> {
  return {
    parameters: { userName },
    title: `User ${userName}`,
    find: (tx, accountId) => findUser(tx, accountId, userName),
    write: (tx, { accountId, id }, boundaryPolicyId) =>
      tx.user.update({ where: { accountId_id: { accountId, id } }, data: { boundaryPolicyId } }),
  }
}

function limitedRole(roleName: string): Limited<Role> {
  return {
    parameters: { roleName },
    title: `Role ${roleName}`,
    find: (tx, accountId) => findRole(tx, accountId, roleName),
    write: (tx, { accountId, id }, boundaryPolicyId) =>
      tx.role.update({ where: { accountId_id: { accountId, id } }, data: { boundaryPolicyId } }),
  }
}

async function putBoundary<Row extends User | Role>(
  call: Call,
  { parameters, find, write }: Limited<Row>,
  permissionsBoundary: string,
): Promise<Row> {
  const asked = { ...parameters, permissionsBoundary }
  checkConstraints(asked)
  return await change(call, asked, async (tx) => {
    const row = await find(tx, call.principal.accountId)
    const boundary = await findPolicy(tx, row.accountId, permissionsBoundary, boundaryNotFound)
    return await write(tx, row, boundary.id)
  })
}

async function deleteBoundary<Row extends User | Role>(
  call: Call,
  { parameters, title, find, write }: Limited<Row>,
): Promise<Row> {
  checkConstraints(parameters)
  return await change(call, { ...parameters }, async (tx) => {
    const row = await find(tx, call.principal.accountId)
    if (row.boundaryPolicyId === null)
      throw new IamError('NoSuchEntity', `${title} does not have a permissions boundary.`)
    return await write(tx, row, null)
  })
}
