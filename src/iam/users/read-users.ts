import type { AccessKey, Group, MfaDevice, User, UserTag } from '../../generated/prisma/client.ts'
import type { ReadCall, Selection } from '../call.ts'
import { checkConstraints } from '../constraints.ts'
import type { KeysetConnection, NodesOf } from '../keyset-page.ts'
import { findUser, resolveUser, userNotFound } from './find-user.ts'
import { pageOfUsers, type UsersArgs } from './page-of-users.ts'

/** Whose something is; the caller when the name is left out. */
export interface OwnerInput {
  readonly userName?: string | null
}

interface UserInput {
  readonly userName: string
}

/** A user by name, or the caller (iam:GetUser). Throws NoSuchEntity, ValidationError. */
export async function getUser({ db, principal }: ReadCall, { userName }: OwnerInput, asked: Selection): Promise<User> {
  checkConstraints({ userName })
  const { accountId } = principal
  const where =
    userName === null || userName === undefined
      ? { accountId, id: principal.id }
      : { accountId, root: false, nameKey: userName.toLowerCase() }
  const found = await db.user.findFirst({ ...asked, where })
  if (!found) throw userNotFound(userName ?? principal.id)
  return found
}

/** One page of the users, the root user never among them (iam:ListUsers). Throws ValidationError. */
export async function listUsers(call: ReadCall, args: UsersArgs, nodes: NodesOf): Promise<KeysetConnection<User>> {
  const page = await pageOfUsers(call.db, call.principal.accountId, args)
  const { where, orderBy, take } = page
  return page.connection(await call.db.user.findMany({ ...nodes(page), where, orderBy, take }))
}

/** The tags of a user by key (iam:ListUserTags). Throws NoSuchEntity, ValidationError. */
export async function listUserTags({ db, principal }: ReadCall, { userName }: UserInput): Promise<UserTag[]> {
  checkConstraints({ userName })
  const { accountId, id: userId } = await findUser(db, principal.accountId, userName)
  return await db.userTag.findMany({ where: { accountId, userId }, orderBy: { keyFold: 'asc' } })
}

/** The keys of a user, or of the caller, oldest first (iam:ListAccessKeys). Throws NoSuchEntity, ValidationError. */
export async function listAccessKeys(call: ReadCall, { userName }: OwnerInput, asked: Selection): Promise<AccessKey[]> {
  checkConstraints({ userName })
  const { accountId, id: userId } = await resolveUser(call.db, call, userName)
  return await call.db.accessKey.findMany({
    ...asked,
    where: { accountId, userId },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
}

/** The devices that are enabled for a user, or for the caller (iam:ListMFADevices). Throws NoSuchEntity, ValidationError. */
export async function listMfaDevices(call: ReadCall, { userName }: OwnerInput, asked: Selection): Promise<MfaDevice[]> {
  checkConstraints({ userName })
  const { accountId, id: userId } = await resolveUser(call.db, call, userName)
  return await call.db.mfaDevice.findMany({ ...asked, where: { accountId, userId }, orderBy: { nameKey: 'asc' } })
}

/** The groups that a user is in, by name (iam:ListGroupsForUser). Throws NoSuchEntity, ValidationError. */
export async function listGroupsForUser(
  { db, principal }: ReadCall,
  { userName }: UserInput,
  asked: Selection,
): Promise<Group[]> {
  checkConstraints({ userName })
  const { accountId, id: userId } = await findUser(db, principal.accountId, userName)
  const where = { accountId, members: { some: { userId } } }
  return await db.group.findMany({ ...asked, where, orderBy: { nameKey: 'asc' } })
}

/** The address that the caller signs in with as root; null for everybody else. */
export async function rootEmailOf({ db, principal: { kind, accountId, id } }: ReadCall): Promise<string | null> {
  if (kind !== 'root') return null
  const root = await db.user.findUnique({ where: { accountId_id: { accountId, id } }, select: { email: true } })
  return root?.email ?? null
}
