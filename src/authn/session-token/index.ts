export { openSession, type SessionKeyring, sealSession } from './sealed-session.ts'
export type { FederatedSession, SessionPayload } from './session-payload.ts'
