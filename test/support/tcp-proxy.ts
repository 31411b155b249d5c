import { createServer, connect, type Socket } from 'node:net'

/** What lies between the server and its database on a bad day. */
export interface TcpProxy {
  readonly port: number
  /** Ends every connection with a reset, and refuses new ones as if nobody listened. */
  cut(): void
  /** Lets connections come about again. */
  mend(): void
  /** Holds all bytes back, in both directions; connections stay open and new ones are accepted. */
  pause(): void
  resume(): void
  /** How many connections are open. */
  readonly connections: () => number
  close(): Promise<void>
}

/** Forwards a free port of this machine to a port of it, and does with the connections what a test asks for. */
export async function tcpProxy(target: number): Promise<TcpProxy> {
  const pairs = new Set<readonly [Socket, Socket]>()
  let refusing = false
  let paused = false
  // Of one that is paused nothing is read: what was sent waits in the kernel, as it does on the way to a machine that hangs.
  const server = createServer({ pauseOnConnect: true }, (near) => {
    near.on('error', () => {})
    if (refusing) {
      near.resetAndDestroy()
      return
    }
    const far = connect({ port: target, host: '127.0.0.1' })
    const pair = [near, far] as const
    pairs.add(pair)
    const ended = () => {
      pairs.delete(pair)
      near.destroy()
      far.destroy()
    }
    for (const [from, to] of [pair, [far, near] as const]) {
      from.on('data', (chunk) => to.write(chunk))
      from.on('error', ended)
      from.on('close', ended)
    }
    if (paused) far.pause()
    else near.resume()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port was bound')

  function cut(): void {
    refusing = true
    for (const [near, far] of pairs) {
      near.resetAndDestroy()
      far.destroy()
    }
  }
  return {
    port: address.port,
    cut,
    mend() {
      refusing = false
    },
    pause() {
      paused = true
      for (const sockets of pairs) for (const socket of sockets) socket.pause()
    },
    resume() {
      paused = false
      for (const sockets of pairs) for (const socket of sockets) socket.resume()
    },
    connections: () => pairs.size,
    close() {
      cut()
      return new Promise((resolve) => void server.close(() => resolve()))
    },
  }
}

/** The same address of a database, through the proxy. */
export function through(proxy: TcpProxy, databaseUrl: string): string {
  const url = new URL(databaseUrl)
  url.host = `127.0.0.1:${proxy.port}`
  return url.toString()
}
