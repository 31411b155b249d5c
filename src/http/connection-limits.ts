import type { ServerOptions } from 'node:http'

/**
 * Milliseconds that a connection may take for the head of a request, for all of it, and be idle before the next. The last is longer
 * than the 60 s after which the usual proxies close an idle connection: who closes first must not be the one that is asked.
 */
export const CONNECTION_LIMITS: Readonly<ServerOptions> = {
  headersTimeout: 15_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 65_000,
}
