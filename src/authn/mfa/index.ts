export { otpauthUri, qrCodePng } from './otpauth.ts'
export { generateRecoveryCodes, hashRecoveryCode, isRecoveryCode } from './recovery-codes.ts'
export { enableWindow, resyncWindow, signInWindow, verifyTotp, verifyTwoConsecutive } from './totp.ts'
export { generateSeed } from './totp-seed.ts'
