import type { Server } from 'node:net'

/** The address is taken, or may not be used. One line for the operator, which names the variables. */
export class ListenError extends Error {
  override readonly name = 'ListenError'
}

export interface Listening {
  readonly host: string
  readonly port: number
  /** The variables that say so, as the operator wrote them. */
  readonly named: string
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use by another process',
  EACCES: 'may not be used by this user',
  EADDRNOTAVAIL: 'is not an address of this machine',
}

/** Resolves with the port that was bound. Throws ListenError. */
export function listen(server: Server, { host, port, named }: Listening): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const { code = '' } = error
      reject(new ListenError(`${named} ${REASONS[code] ?? `cannot be listened on (${code})`}.`, { cause: error }))
    })
    server.listen(port, host, () => {
      const bound = server.address()
      resolve(bound !== null && typeof bound === 'object' ? bound.port : port)
    })
  })
}
