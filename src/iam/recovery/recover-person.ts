import { userArn } from '../../authn/arn.ts'
import { generatePassword } from '../../authn/password/index.ts'
import type { AuditDetail } from '../audit-entry.ts'
import { recordAlong } from '../audit/record.ts'
import type { Services, Tx } from '../call.ts'
import { uuidv7 } from '../identifiers.ts'
import { rememberPassword } from '../login-profiles/password-history.ts'
import { inTransaction } from '../recorded.ts'
import { endPasswordSessions } from '../sessions/end-sessions.ts'
import { lockUser, type UserStanding } from '../sessions/lock-user.ts'
import { nextValidFrom } from '../sessions/session-times.ts'
import { bucket } from '../throttle/limits.ts'
import { forget } from '../throttle/reserve.ts'

/** Whoever owns the database needs no password of anybody: these functions have no caller, and are offered by no server. */
export interface RecoveryServices extends Pick<Services, 'db' | 'clock' | 'random'> {
  readonly hashPassword: (password: string) => Promise<string>
}

export interface RecoverPersonInput {
  readonly accountId: string
  /** Null for the root user. */
  readonly userName: string | null
  /** Whether to set a one-time password. */
  readonly password: boolean
  /** Whether to delete the MFA devices, and the recovery codes with them. */
  readonly mfa: boolean
}

export interface Recovered {
  readonly arn: string
  /** What root signs in with; null for users. */
  readonly email: string | null
  /** To be shown once; null when none was asked for. */
  readonly password: string | null
  /** Serial names, with their paths, of the devices that are gone. */
  readonly deletedDevices: readonly string[]
  /** They stay as they are, and keep working. */
  readonly activeAccessKeys: number
}

/** There is no such account or user; the message is for the operator. */
export class NobodyToRecoverError extends Error {
  override readonly name = 'NobodyToRecoverError'
}

/**
 * Lets a person in again who lost the password or the MFA device, root or a user: sets a random password that has to be changed at
 * the first sign-in, deletes the devices with the recovery codes, or both. Every session of the person ends, temporary credentials
 * included, and mistakes that were counted against the person are forgotten; access keys stay. A user without a password gets one.
 * Throws NobodyToRecoverError.
 */
export async function recoverPerson(services: RecoveryServices, input: RecoverPersonInput): Promise<Recovered> {
  const { db, clock, random } = services
  const { accountId, userName, mfa } = input
  // Hashed before anything is locked: it takes longer than all the rest.
  const password = input.password ? generatePassword(random) : null
  const passwordHash = password === null ? null : await services.hashPassword(password)
  const recovered = await inTransaction(db, async (tx) => {
    const user = await lockPerson(tx, accountId, userName)
    const at = clock()
    if (passwordHash !== null) await setOneTimePassword(tx, user, passwordHash, at)
    const owner = { accountId, userId: user.id }
    const devices = mfa ? await tx.mfaDevice.findMany({ where: owner, orderBy: { nameKey: 'asc' } }) : []
    const codes = mfa ? await tx.recoveryCodes.deleteMany({ where: owner }) : { count: 0 }
    if (mfa) await tx.mfaDevice.deleteMany({ where: owner })
    await tx.user.update({
      where: { accountId_id: { accountId, id: user.id } },
      data: { sessionsValidFrom: nextValidFrom(at, user.sessionsValidFrom) },
    })
    await endPasswordSessions(tx, user, at)
    const deletedDevices = devices.map(({ path, name }) => path.slice(1) + name)
    const recoveryCodesDeleted = codes.count > 0
    await recordRecovery(tx, services, user, {
      passwordChanged: password !== null,
      deletedDevices,
      ...(recoveryCodesDeleted && { recoveryCodesDeleted }),
    })
    const activeAccessKeys = await tx.accessKey.count({ where: { ...owner, status: 'ACTIVE' } })
    return { user, deletedDevices, activeAccessKeys }
  })
  const { user, ...rest } = recovered
  const label = user.root ? 'root' : `user:${user.nameKey}`
  await forget({ db }, [
    bucket('signInUser', accountId, label),
    bucket('mfaCode', accountId, user.id, 'elsewhere'),
    bucket('changePassword', accountId, user.id),
  ])
  return { arn: userArn(user), email: user.email, password, ...rest }
}

/**
 * The account's lock comes first, as in every change: the raised epoch makes servers that run on the same database forget what they
 * knew of the person's devices.
 */
async function lockPerson(tx: Tx, accountId: string, userName: string | null): Promise<UserStanding> {
  const { count } = await tx.account.updateMany({
    where: { id: accountId },
    data: { policyEpoch: { increment: 1 } },
  })
  if (count === 0) throw new NobodyToRecoverError(`There is no account ${accountId}.`)
  const who = userName === null ? { root: true } : { root: false, nameKey: userName.toLowerCase() }
  const found = await tx.user.findFirst({ where: { accountId, ...who }, select: { id: true } })
  const user = found && (await lockUser(tx, accountId, found.id))
  if (user === null) throw new NobodyToRecoverError(`There is no user ${userName} in account ${accountId}.`)
  return user
}

async function setOneTimePassword(
  tx: Tx,
  user: UserStanding,
  passwordHash: string,
  passwordChangedAt: Date,
): Promise<void> {
  const { accountId, id: userId, loginProfile } = user
  if (loginProfile !== null) await rememberPassword(tx, user, loginProfile.passwordHash, passwordChangedAt)
  const set = { passwordHash, passwordResetRequired: true, passwordChangedAt }
  await tx.loginProfile.upsert({
    where: { accountId_userId: { accountId, userId } },
    create: { accountId, userId, createdAt: passwordChangedAt, ...set },
    update: set,
  })
}

/** No principal did it: the trail names the operator, under an ARN that no principal can have. */
async function recordRecovery(
  tx: Tx,
  services: RecoveryServices,
  user: UserStanding,
  detail: AuditDetail,
): Promise<void> {
  const { accountId, root, name } = user
  await recordAlong(tx, services, [
    {
      accountId,
      requestId: uuidv7(services.clock(), services.random),
      principalArn: `arn:aws:iam::${accountId}:operator`,
      principalId: 'operator',
      action: root ? 'latchkey:ResetRoot' : 'latchkey:RecoverUser',
      resource: userArn(user),
      result: 'SUCCESS',
      detail: { ...(!root && { userName: name }), ...detail },
    },
  ])
}
