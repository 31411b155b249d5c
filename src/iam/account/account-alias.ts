import { Prisma } from '../../generated/prisma/client.ts'
import type { AccountRead, Call, Tx } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { IamError } from '../errors.ts'

export interface AccountAliasInput {
  readonly accountAlias: string
}

const ACCOUNT_ID = /^\d{12}$/

/**
 * Gives the account a name to sign in by. It replaces the one that the account has, which no longer works from then on.
 * Throws EntityAlreadyExists (some account is called so, be it this one), ValidationError.
 */
export async function createAccountAlias(call: Call, { accountAlias }: AccountAliasInput): Promise<string> {
  checkConstraints({ accountAlias })
  // Signing in takes either, so an alias must not look like the id of somebody else's account.
  if (ACCOUNT_ID.test(accountAlias))
    throw new IamError(
      'ValidationError',
      'The specified value for accountAlias is invalid. It must not be a 12-digit number.',
    )
  return await change(call, { accountAlias }, async (tx) => {
    const taken = await tx.account.findUnique({ where: { alias: accountAlias }, select: { id: true } })
    if (taken !== null) throw aliasTaken(accountAlias)
    await writeAlias(tx, call.principal.accountId, accountAlias)
    return accountAlias
  })
}

/** Takes the account's alias away; it must be the present one. Throws NoSuchEntity, ValidationError. */
export async function deleteAccountAlias(call: Call, { accountAlias }: AccountAliasInput): Promise<string> {
  checkConstraints({ accountAlias })
  return await change(call, { accountAlias }, async (tx) => {
    const { accountId } = call.principal
    // Within the account only: whether another one is called so is not told here.
    const { count } = await tx.account.updateMany({
      where: { id: accountId, alias: accountAlias },
      data: { alias: null },
    })
    if (count === 0) throw new IamError('NoSuchEntity', `The account alias with name ${accountAlias} cannot be found.`)
    return accountAlias
  })
}

/** The names of an account: one or none. */
export async function listAccountAliases({ db, principal }: AccountRead): Promise<string[]> {
  const { alias } = await db.account.findUniqueOrThrow({ where: { id: principal.accountId }, select: { alias: true } })
  return alias === null ? [] : [alias]
}

/** Changes of one account are serial, those of two are not: the last word on who was first is the database's. */
async function writeAlias(tx: Tx, id: string, alias: string): Promise<void> {
  try {
    await tx.account.update({ where: { id }, data: { alias }, select: { id: true } })
  } catch (error) {
    throw error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002' ? aliasTaken(alias) : error
  }
}

function aliasTaken(alias: string): IamError {
  return new IamError('EntityAlreadyExists', `The account alias ${alias} already exists.`)
}
