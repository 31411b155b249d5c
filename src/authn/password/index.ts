export { checkDefaultPasswordPolicy, passwordPolicyViolation } from './default-password-policy.ts'
export { generatePassword } from './generate-password.ts'
export { hashPassword, owaspCost, type PasswordCost, verifyAgainstNothing, verifyPassword } from './password-hash.ts'
