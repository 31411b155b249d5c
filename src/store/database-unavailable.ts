/** PostgreSQL cannot be reached, or refuses us. The message holds no password. */
export class DatabaseUnavailableError extends Error {
  override readonly name = 'DatabaseUnavailableError'
}
