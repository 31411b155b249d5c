export { commonPassword, isCommonPassword } from './common-passwords.ts'
export {
  checkDefaultPasswordPolicy,
  checkPasswordRules,
  passwordPolicyViolation,
} from './default-password-policy.ts'
export { TooManyHashes } from './hash-pool.ts'
export { generatePassword } from './generate-password.ts'
export { hashesUnderWay, hashPassword, owaspCost, verifyAgainstNothing, verifyPassword } from './password-hash.ts'
