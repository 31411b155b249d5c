export { openSession, type SessionKeyring, sealSession } from './sealed-session.ts'
export type { FederatedSession, RoleSession, SessionPayload } from './session-payload.ts'
