import type { Call } from '../call.ts'
import { change } from '../change.ts'

/** The kinds of session tokens that IAM knows: those of version 1 are not good in regions that are off by default. */
export const TOKEN_VERSIONS = ['V1_TOKEN', 'V2_TOKEN'] as const

export interface TokenServicePreferencesInput {
  readonly globalEndpointTokenVersion: (typeof TOKEN_VERSIONS)[number]
}

/**
 * Sets the version of session tokens (iam:SetSecurityTokenServicePreferences), and answers it as a number. It shows in the summary of
 * the account and has no effect: there is one region and one kind of tokens.
 */
export async function setSecurityTokenServicePreferences(
  call: Call,
  { globalEndpointTokenVersion }: TokenServicePreferencesInput,
): Promise<number> {
  return await change(call, { globalEndpointTokenVersion }, async (tx) => {
    const { tokenVersion } = await tx.account.update({
      where: { id: call.principal.accountId },
      data: { tokenVersion: TOKEN_VERSIONS.indexOf(globalEndpointTokenVersion) + 1 },
      select: { tokenVersion: true },
    })
    return tokenVersion
  })
}
