import { hashPassword, owaspCost } from '../../authn/password/index.ts'
import { addressGroup } from '../../budget/index.ts'
import type { LoginProfile, User } from '../../generated/prisma/client.ts'
import type { Call, Tx } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { IamError } from '../errors.ts'
import { endPasswordSessions } from '../sessions/end-sessions.ts'
import { lockUser, type UserStanding } from '../sessions/lock-user.ts'
import { resolveUser } from '../users/find-user.ts'
import { type PasswordOwner, prepareReuseCheck, type ReuseCheck, rememberPassword } from './password-history.ts'
import { checkPasswordPolicy } from './password-policy.ts'

/** The row without its hash: what operations answer with. */
export type LoginProfileRecord = Omit<LoginProfile, 'passwordHash'>
const WITHOUT_HASH = { passwordHash: true } as const

export interface CreateLoginProfileInput {
  /** The caller when omitted. */
  readonly userName?: string | null
  readonly password: string
  readonly passwordResetRequired?: boolean | null
}

export interface UpdateLoginProfileInput {
  readonly userName: string
  /** Stays as it is when null or omitted, as does the flag. */
  readonly password?: string | null
  readonly passwordResetRequired?: boolean | null
}

/**
 * Gives a user a password. Throws EntityAlreadyExists, PasswordPolicyViolation, InvalidUserType (root), NoSuchEntity,
 * ValidationError.
 */
export async function createLoginProfile(call: Call, input: CreateLoginProfileInput): Promise<LoginProfileRecord> {
  const { userName, password } = input
  const passwordResetRequired = input.passwordResetRequired ?? false
  checkConstraints({ userName, password })
  // Hashed before the account is locked: it takes longer than all the rest.
  const passwordHash = await hashPassword(password, owaspCost, addressGroup(call.request.sourceIp))
  const reused = await reuseCheckFor(call, userName, password)
  const detail = { userName: userName ?? call.principal.name, passwordResetRequired }
  return await change(call, detail, async (tx) => {
    const user = await lockOwner(tx, await resolveUser(tx, call, userName))
    if (user.loginProfile !== null)
      throw new IamError('EntityAlreadyExists', `Login Profile for user ${user.name} already exists.`)
    await checkPasswordPolicy(tx, user, password, reused)
    const at = call.clock()
    await endPasswordSessions(tx, user, at)
    const { accountId, id: userId } = user
    return await tx.loginProfile.create({
      data: { accountId, userId, passwordHash, passwordResetRequired, createdAt: at, passwordChangedAt: at },
      omit: WITHOUT_HASH,
    })
  })
}

/**
 * Sets a user's password, or the flag that demands a change, without the old password. A new password ends the user's password
 * sessions; not the one that the caller is using. The flag alone ends none: it restricts those that stand, at once. Throws
 * PasswordPolicyViolation, NoSuchEntity, ValidationError.
 */
export async function updateLoginProfile(call: Call, input: UpdateLoginProfileInput): Promise<LoginProfileRecord> {
  const { userName } = input
  const password = input.password ?? null
  const passwordResetRequired = input.passwordResetRequired ?? null
  checkConstraints({ userName, password })
  const passwordHash =
    password === null ? null : await hashPassword(password, owaspCost, addressGroup(call.request.sourceIp))
  const reused = password === null ? NEVER_USED : await reuseCheckFor(call, userName, password)
  const detail = { userName, passwordChanged: password !== null, passwordResetRequired }
  return await change(call, detail, async (tx) => {
    const user = await lockOwner(tx, await resolveUser(tx, call, userName))
    const { accountId, id: userId, loginProfile } = profileOf(user)
    if (password !== null) {
      await checkPasswordPolicy(tx, user, password, reused)
      await rememberPassword(tx, user, loginProfile.passwordHash, call.clock())
      await endPasswordSessions(tx, user, call.clock(), ownSession(call, user))
    }
    return await tx.loginProfile.update({
      where: { accountId_userId: { accountId, userId } },
      data: {
        ...(passwordHash !== null && { passwordHash, passwordChangedAt: call.clock() }),
        ...(passwordResetRequired !== null && { passwordResetRequired }),
      },
      omit: WITHOUT_HASH,
    })
  })
}

/**
 * Takes a user's password away and ends the sessions that began with it. Access keys keep working, and so do the temporary
 * credentials that were made with them. Throws NoSuchEntity, InvalidUserType (root), ValidationError.
 *
 * @param input.userName the caller when omitted
 */
export async function deleteLoginProfile(
  call: Call,
  { userName }: { readonly userName?: string | null },
): Promise<LoginProfileRecord> {
  checkConstraints({ userName })
  return await change(call, { userName: userName ?? call.principal.name }, async (tx) => {
    const user = await lockOwner(tx, await resolveUser(tx, call, userName))
    const { accountId, id: userId, loginProfile } = profileOf(user)
    await rememberPassword(tx, user, loginProfile.passwordHash, call.clock())
    await endPasswordSessions(tx, user, call.clock())
    return await tx.loginProfile.delete({
      where: { accountId_userId: { accountId, userId } },
      omit: WITHOUT_HASH,
    })
  })
}

/** The user behind a profile, locked. Nobody could sign in as root any more if root's password could be deleted. */
async function lockOwner(tx: Tx, user: User): Promise<UserStanding> {
  if (user.root) throw new IamError('InvalidUserType', 'The root user has no login profile.')
  const locked = await lockUser(tx, user.accountId, user.id)
  if (locked === null) throw new IamError('NoSuchEntity', `The user with name ${user.name} cannot be found.`)
  return locked
}

function profileOf(user: UserStanding) {
  const { loginProfile } = user
  if (loginProfile === null) throw loginProfileNotFound(user.name)
  return { ...user, loginProfile }
}

const NEVER_USED: ReuseCheck = async () => false

/** For a user that does not exist there is nothing to compare: the operation itself says so, under the lock. */
async function reuseCheckFor(call: Call, userName: string | null | undefined, password: string): Promise<ReuseCheck> {
  const { accountId, id } = call.principal
  const owner: PasswordOwner | null =
    userName === null || userName === undefined
      ? { accountId, id }
      : await call.db.user.findFirst({
          where: { accountId, nameKey: userName.toLowerCase(), root: false },
          select: { accountId: true, id: true },
        })
  return owner === null
    ? NEVER_USED
    : await prepareReuseCheck(call.db, owner, password, addressGroup(call.request.sourceIp))
}

/** The caller's own session, when the change is about the caller. */
export function ownSession({ principal }: Call, user: { readonly id: string }): string | null {
  return principal.credential === 'PASSWORD' && principal.id === user.id ? principal.sessionId : null
}

export function loginProfileNotFound(userName: string): IamError {
  return new IamError('NoSuchEntity', `Login Profile for User ${userName} cannot be found.`)
}
