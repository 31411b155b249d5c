import type { PasswordPolicy } from '../../generated/prisma/client.ts'
import type { AccountRead, Call } from '../call.ts'
import { change } from '../change.ts'
import { checkConstraints } from '../constraints.ts'
import { IamError } from '../errors.ts'

/** What is left out falls back to IAM's default; nothing keeps the value that it had. */
export interface UpdateAccountPasswordPolicyInput {
  /** Characters, 6 to 128; 6. */
  readonly minimumPasswordLength?: number | null
  readonly requireSymbols?: boolean | null
  readonly requireNumbers?: boolean | null
  readonly requireUppercaseCharacters?: boolean | null
  readonly requireLowercaseCharacters?: boolean | null
  readonly allowUsersToChangePassword?: boolean | null
  /** Days, 1 to 1095; never. */
  readonly maxPasswordAge?: number | null
  /** How many former passwords are refused, 1 to 24; none. */
  readonly passwordReusePrevention?: number | null
  readonly hardExpiry?: boolean | null
}

/** Sets the account's rules for passwords, all of them. They hold for IAM users, not for root. Throws ValidationError. */
export async function updateAccountPasswordPolicy(
  call: Call,
  input: UpdateAccountPasswordPolicyInput,
): Promise<PasswordPolicy> {
  const { minimumPasswordLength, maxPasswordAge, passwordReusePrevention } = input
  checkConstraints({ minimumPasswordLength, maxPasswordAge, passwordReusePrevention })
  const { accountId } = call.principal
  const rules = {
    minimumPasswordLength: minimumPasswordLength ?? 6,
    requireSymbols: input.requireSymbols ?? false,
    requireNumbers: input.requireNumbers ?? false,
    requireUppercaseCharacters: input.requireUppercaseCharacters ?? false,
    requireLowercaseCharacters: input.requireLowercaseCharacters ?? false,
    allowUsersToChangePassword: input.allowUsersToChangePassword ?? false,
    maxPasswordAge: maxPasswordAge ?? null,
    passwordReusePrevention: passwordReusePrevention ?? null,
    hardExpiry: input.hardExpiry ?? false,
  }
  return await change(call, rules, (tx) =>
    tx.passwordPolicy.upsert({ where: { accountId }, create: { accountId, ...rules }, update: rules }),
  )
}

/** Goes back to IAM's built-in rules. Throws NoSuchEntity. */
export async function deleteAccountPasswordPolicy(call: Call): Promise<PasswordPolicy> {
  const { accountId } = call.principal
  return await change(call, {}, async (tx) => {
    if ((await tx.passwordPolicy.count({ where: { accountId } })) === 0)
      throw new IamError('NoSuchEntity', 'The account policy with name PasswordPolicy cannot be found.')
    return await tx.passwordPolicy.delete({ where: { accountId } })
  })
}

/** The rules that the account set. Throws NoSuchEntity when it set none. */
export async function getAccountPasswordPolicy({ db, principal: { accountId } }: AccountRead): Promise<PasswordPolicy> {
  const policy = await db.passwordPolicy.findUnique({ where: { accountId } })
  if (policy === null)
    throw new IamError('NoSuchEntity', `The Password Policy with domain name ${accountId} cannot be found.`)
  return policy
}
