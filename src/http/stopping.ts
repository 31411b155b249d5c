import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { Server as TlsServer } from 'node:https'
import { Server as NetServer, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

export interface StopTimes {
  /** How long new requests are still taken after readiness is refused, in milliseconds: who balances the load notices meanwhile. */
  readonly lingerMs: number
  /** How long requests that are under way may take to end, from the beginning of the stop. */
  readonly graceMs: number
  /**
   * Whether another process answers at the port already: it is closed at once and readiness goes on, and connections have the time of
   * the linger for a next request, whose answer tells them to go.
   */
  readonly handover?: boolean
}

export interface Stoppable {
  /**
   * Refuses readiness, lets every connection go with its next answer, then accepts nothing new, closes what is idle or silent and
   * waits for what is under way. Resolves with the requests that were cut off when the grace was over.
   */
  stop(times: StopTimes): Promise<number>
}

/** Who has connected before the port was closed may have sent a request that is not here yet. */
const LAST_REQUEST_MS = 250
const LOOK_EVERY_MS = 25

/**
 * Gives a server a good end. A connection that is closed while a request is on its way resets it, and the client cannot know
 * whether it was carried out: therefore connections end with an answer that says so (RFC 9112 §9.6), and only those that had the
 * time to ask are closed without one. To be called before the server listens.
 */
export function stoppable(server: Server): Stoppable {
  let stopping = false
  let refusing = false
  /** With the answers that each is owed. */
  const open = new Map<Socket, Set<ServerResponse>>()
  /** Connections whose TLS is not agreed yet, by where they come from. */
  const handshakes = new Map<string, { readonly socket: Socket; readonly forget: () => void }>()

  // Of TLS, the connection that requests come on is another object than the one below it, which is there first.
  const follow = (socket: Socket) => {
    handshakes.get(placeOf(socket))?.forget()
    open.set(socket, new Set())
    socket.once('close', () => open.delete(socket))
  }
  const shake = (socket: Socket) => {
    const place = placeOf(socket)
    const forget = () => {
      if (handshakes.get(place)?.socket === socket) handshakes.delete(place)
    }
    handshakes.set(place, { socket, forget })
    socket.once('close', forget)
  }
  if (server instanceof TlsServer) server.on('connection', shake).on('secureConnection', follow)
  else server.on('connection', follow)
  const [answering] = server.listeners('request')
  server.removeAllListeners('request')
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const owed = open.get(request.socket)
    owed?.add(response)
    response.once('close', () => owed?.delete(response))
    if (stopping) response.shouldKeepAlive = false
    if (refusing && /^\/readyz(?:\?|$)/.test(request.url ?? '')) refuseReadiness(response)
    else if (answering) Reflect.apply(answering, server, [request, response])
  })

  const owed = () => [...open.values()].reduce((sum, { size }) => sum + size, 0)

  return {
    async stop({ lingerMs, graceMs, handover = false }) {
      const began = performance.now()
      const passed = () => performance.now() - began
      stopping = true
      refusing = !handover
      for (const responses of open.values()) for (const response of responses) response.shouldKeepAlive = false
      const openFor = handover ? 0 : lingerMs
      while (passed() < openFor && open.size + handshakes.size > 0) await pause(LOOK_EVERY_MS)
      // Right after the event loop has accepted who had connected: the system resets those who were not accepted when the port closes.
      await new Promise(setImmediate)
      const closed = new Promise<unknown>((resolve) => {
        // That of HTTP would close at once what waits for a next request.
        if (handover) NetServer.prototype.close.call(server, resolve)
        else server.close(resolve)
      })
      const closedAt = passed()
      const patience = handover ? Math.max(lingerMs, LAST_REQUEST_MS) : LAST_REQUEST_MS
      while (open.size + handshakes.size > 0 && passed() < graceMs) {
        if (passed() - closedAt >= patience) {
          for (const [socket, responses] of open) if (responses.size === 0) socket.destroySoon()
          for (const { socket } of handshakes.values()) socket.destroy()
        }
        await pause(LOOK_EVERY_MS)
      }
      const cutOff = owed()
      server.closeAllConnections()
      for (const socket of open.keys()) socket.destroy()
      for (const { socket } of handshakes.values()) socket.destroy()
      await closed
      return cutOff
    },
  }
}

function placeOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`
}

function refuseReadiness(response: ServerResponse): void {
  response.writeHead(503, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'retry-after': '2',
  })
  response.end(JSON.stringify({ status: 'stopping' }))
}
