/** What one process may take of PostgreSQL. */
export interface DatabaseLimits {
  /** Connections, of which transactions leave some to reads. One more is for readiness alone. */
  readonly connections: number
  /** How long a statement, or the wait for a connection, may take. */
  readonly timeoutMs: number
}

export const DATABASE_LIMITS: DatabaseLimits = { connections: 10, timeoutMs: 15_000 }
