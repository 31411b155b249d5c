import type { Policy } from '../../generated/prisma/client.ts'
import { parseIamArn, policyArn } from '../../authn/arn.ts'
import type { Tx } from '../call.ts'
import { IamError } from '../errors.ts'

/**
 * The managed policy with exactly this ARN, letter by letter: the ARN as given is what permissions were checked on, so
 * another spelling must not reach the same policy past a Deny. ARNs of other accounts, of AWS and of other things are not
 * found; `notFound` says so in the words of the operation.
 */
export async function findPolicy(
  tx: Tx,
  accountId: string,
  arn: string,
  notFound: (arn: string) => IamError = policyNotFound,
): Promise<Policy> {
  const parsed = parseIamArn(arn)
  if (parsed === null || parsed.type !== 'policy' || parsed.accountId !== accountId) throw notFound(arn)
  const policy = await tx.policy.findUnique({
    where: { accountId_nameKey: { accountId, nameKey: parsed.name.toLowerCase() } },
  })
  if (policy === null || policyArn(policy) !== arn) throw notFound(arn)
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
