import type { BrowserToken } from '../sessions/browser-session.ts'
import { assumeRoleWithSaml, rolesOfAssertion, type SamlCall } from './assume-role-with-saml.ts'
import { browserTokenOf, type FederationCall, recordConsoleLogin } from './console-federation.ts'

export interface SamlSignInInput {
  /** As the browser posts it: base64. */
  readonly samlResponse: string
  /** ARN of the role that was chosen, when there was a choice. */
  readonly roleArn: string | null
}

/** What a response of an identity provider comes to: a session of the console, or a choice between ARNs of roles. */
export type SamlSignIn = { readonly token: BrowserToken } | { readonly choice: readonly string[] }

export type SamlSignInCall = SamlCall & FederationCall

/**
 * Signs a browser in to the console with the response that an identity provider has it post (SAML Bindings §3.5): as a session of the
 * role that the assertion names, which lasts as long as `assumeRoleWithSaml` says. Of several roles one has to be chosen first; the
 * assertion is used up with the session only.
 *
 * Throws as `assumeRoleWithSaml` does, and PackedPolicyTooLarge when no cookie can hold the session.
 */
export async function signInWithSaml(
  call: SamlSignInCall,
  { samlResponse: samlAssertion, roleArn }: SamlSignInInput,
): Promise<SamlSignIn> {
  const roles = await rolesOfAssertion(call, { samlAssertion, chosen: roleArn })
  const [role, ...others] = roles
  if (role === undefined || others.length > 0) return { choice: roles.map((one) => one.roleArn) }
  const input = { roleArn: role.roleArn, principalArn: role.providerArn, samlAssertion }
  const { sessionToken, expiresAt } = await assumeRoleWithSaml(call, input)
  const token = await browserTokenOf(call, { sessionToken, sessionEnd: expiresAt.getTime() })
  await recordConsoleLogin(call, { ...token, detail: { samlProvider: role.providerArn } })
  return { token }
}
