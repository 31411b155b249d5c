import type { Role, User } from '../../generated/prisma/client.ts'
import type { Call, Tx } from '../call.ts'
import { IamError } from '../errors.ts'
import { boundaryNotFound, findPolicy } from '../policies/find-policy.ts'
import { changeHolder } from './change-holder.ts'
import { type Holder, type HolderInput, type HolderRow, ROLE, USER } from './holders.ts'

/** A kind of holder that a boundary can limit. */
interface Limited<Name extends string, Row extends HolderRow>
  extends Pick<Holder<Name, Row, unknown>, 'parameter' | 'named' | 'find' | 'checkModifiable'> {
  /** As the beginning of a sentence calls it. */
  readonly title: string
  readonly limit: (tx: Tx, row: HolderRow, boundaryPolicyId: string | null) => Promise<Row>
}

const LIMITED_USER: Limited<'userName', User> = {
  ...USER,
  title: 'User',
  limit: (tx, { accountId, id }, boundaryPolicyId) =>
    tx.user.update({ where: { accountId_id: { accountId, id } }, data: { boundaryPolicyId } }),
}

const LIMITED_ROLE: Limited<'roleName', Role> = {
  ...ROLE,
  title: 'Role',
  limit: (tx, { accountId, id }, boundaryPolicyId) =>
    tx.role.update({ where: { accountId_id: { accountId, id } }, data: { boundaryPolicyId } }),
}

/** Limits what the user can ever do; replaces the former boundary. Throws NoSuchEntity (user, policy), ValidationError. */
export const putUserPermissionsBoundary = putTo(LIMITED_USER)
/** Limits what the role can ever do; replaces the former boundary. Throws NoSuchEntity (role, policy), ValidationError. */
export const putRolePermissionsBoundary = putTo(LIMITED_ROLE)

/** Takes the boundary away, which can widen what the user may do. Throws NoSuchEntity (user, boundary), ValidationError. */
export const deleteUserPermissionsBoundary = deleteFrom(LIMITED_USER)
/** Takes the boundary away, which can widen what the role may do. Throws NoSuchEntity (role, boundary), ValidationError. */
export const deleteRolePermissionsBoundary = deleteFrom(LIMITED_ROLE)

function putTo<Name extends string, Row extends HolderRow>(kind: Limited<Name, Row>) {
  /** `permissionsBoundary` is the ARN of a customer managed policy. */
  return (call: Call, input: HolderInput<Name, 'permissionsBoundary'>): Promise<Row> => {
    const { permissionsBoundary } = input
    return changeHolder(call, kind, input[kind.parameter], { permissionsBoundary }, async (tx, holder) => {
      const boundary = await findPolicy(tx, holder.accountId, permissionsBoundary, boundaryNotFound)
      return await kind.limit(tx, holder, boundary.id)
    })
  }
}

function deleteFrom<Name extends string, Row extends HolderRow & { readonly boundaryPolicyId: string | null }>(
  kind: Limited<Name, Row>,
) {
  return (call: Call, input: HolderInput<Name>): Promise<Row> => {
    const name = input[kind.parameter]
    return changeHolder(call, kind, name, {}, async (tx, holder) => {
      if (holder.boundaryPolicyId === null)
        throw new IamError('NoSuchEntity', `${kind.title} ${name} does not have a permissions boundary.`)
      return await kind.limit(tx, holder, null)
    })
  }
}
