/** The part of a logger that the store uses; pino and console have it. */
export interface StoreLog {
  info(details: object, message: string): void
  warn(details: object, message: string): void
}
