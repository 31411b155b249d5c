export { openSession, type SessionKeyring, sealSession } from './sealed-session.ts'
export type { RoleSession, SessionPayload } from './session-payload.ts'
