export { openSession, type SessionKeyring, sealSession } from './sealed-session.ts'
export type { SessionPayload } from './session-payload.ts'
