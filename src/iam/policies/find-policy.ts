import type { Policy } from '../../generated/prisma/client.ts'
import { managedPolicyArn, policyKeyOf } from '../../authn/arn.ts'
import type { Tx } from '../call.ts'
import { IamError } from '../errors.ts'

/**
 * The managed policy with exactly this ARN, letter by letter: the ARN as given is what permissions were checked on, so
 * another spelling must not reach the same policy past a Deny. ARNs of other accounts and of other things are not found;
 * `notFound` says so in the words of the operation.
 */
export async function findPolicy(
  tx: Tx,
  accountId: string,
  arn: string,
  notFound: (arn: string) => IamError = policyNotFound,
): Promise<Policy> {
  const nameKey = policyKeyOf(accountId, arn)
  if (nameKey === null) throw notFound(arn)
  const policy = await tx.policy.findUnique({ where: { accountId_nameKey: { accountId, nameKey } } })
  if (policy === null || managedPolicyArn(policy) !== arn) throw notFound(arn)
  return policy
}

/** The policy with this ARN, to be changed or tagged: built-in policies are the same for everybody and refuse it (AccessDenied). */
export async function findOwnPolicy(tx: Tx, accountId: string, arn: string): Promise<Policy> {
  const policy = await findPolicy(tx, accountId, arn)
  if (policy.builtIn)
    throw new IamError(
      'AccessDenied',
      `Policy is outside your own account: ${arn} comes built in and cannot be changed.`,
    )
  return policy
}

export function policyNotFound(arn: string): IamError {
  return new IamError('NoSuchEntity', `Policy ${arn} was not found.`)
}

/** The wording of a permissions boundary that is not there. */
export function boundaryNotFound(arn: string): IamError {
  return new IamError('NoSuchEntity', `Scope ARN: ${arn} does not exist or is not attachable.`)
}

/** The wording of AttachUserPolicy. */
export function policyNotAttachable(arn: string): IamError {
  return new IamError('NoSuchEntity', `Policy ${arn} does not exist or is not attachable.`)
}
