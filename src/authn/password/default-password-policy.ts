/** IAM's text for a password that the account's policy refuses (code PasswordPolicyViolation, HTTP 400). */
export const passwordPolicyViolation = 'Password does not conform to the account password policy.'

const minimumLength = 8
const maximumLength = 128

/** The symbols are those that IAM counts (AWS IAM user guide, "Setting an account password policy"). */
const upper = /[A-Z]/
const lower = /[a-z]/
const digit = /[0-9]/
const symbol = /[!@#$%^&*()_+\-=[\]{}|']/
const classes = [upper, lower, digit, symbol]

/** What an account that has a policy of its own demands of a password, by IAM's names. */
export interface PasswordRules {
  readonly minimumPasswordLength: number
  readonly requireSymbols: boolean
  readonly requireNumbers: boolean
  readonly requireUppercaseCharacters: boolean
  readonly requireLowercaseCharacters: boolean
}

/** @returns the text of the violation, or null when the password conforms */
export function checkPasswordRules(password: string, rules: PasswordRules): string | null {
  const characters = Array.from(password).length
  const conforms =
    characters >= rules.minimumPasswordLength &&
    characters <= maximumLength &&
    (!rules.requireSymbols || symbol.test(password)) &&
    (!rules.requireNumbers || digit.test(password)) &&
    (!rules.requireUppercaseCharacters || upper.test(password)) &&
    (!rules.requireLowercaseCharacters || lower.test(password))
  return conforms ? null : passwordPolicyViolation
}

/**
 * The policy of an account that has set none: 8–128 characters, at least three of upper case, lower case, digits and
 * symbols, and not the account's name or e-mail address (in any case).
 *
 * @param forbidden the account's name (alias or id) and root e-mail address
 * @returns the text of the violation, or null when the password conforms
 */
export function checkDefaultPasswordPolicy(password: string, forbidden: readonly string[]): string | null {
  const characters = Array.from(password).length
  const present = classes.filter((one) => one.test(password)).length
  const conforms =
    characters >= minimumLength &&
    characters <= maximumLength &&
    present >= 3 &&
    !forbidden.some((name) => name.toLowerCase() === password.toLowerCase())
  return conforms ? null : passwordPolicyViolation
}
