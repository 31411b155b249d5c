import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { parseTrustProxy } from '../../src/http/client-address.ts'
import { createHttpServer, type ServerParts } from '../../src/http/http-server.ts'
import { CONNECTION_LIMITS } from '../../src/http/limits.ts'
import { portOf } from './serve.ts'

const OFTEN = { connectionsCheckingInterval: 20 }

/** Everybody is a stranger, also on this machine. */
const nobody = () => false

async function listen(parts: Partial<ServerParts> = {}) {
  const server = createHttpServer((request, response) => request.on('end', () => response.end('done')).resume(), {
    trustProxy: { kind: 'none' },
    log: { warn: () => {} },
    ...parts,
  })
  return { server, port: await portOf(server) }
}

function open(port: number): Socket & { readonly said: () => string; readonly gone: Promise<void> } {
  const socket = connect(port, '127.0.0.1')
  let said = ''
  socket.on('data', (bytes) => {
    said += bytes.toString()
  })
  socket.on('error', () => {})
  onTestFinished(() => void socket.destroy())
  const gone = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  return Object.assign(socket, { said: () => said, gone })
}

const GET = 'GET / HTTP/1.1\r\nhost: here\r\n\r\n'

/** A connection that has been answered and is kept. */
async function used(port: number) {
  const socket = open(port)
  socket.write(GET)
  await expect.poll(socket.said).toContain('done')
  return socket
}

describe('a slow client', () => {
  test('that does not end its head is cut off', async () => {
    const { port } = await listen({ limits: { ...OFTEN, headersTimeout: 100, requestTimeout: 100 } })
    const socket = open(port)
    socket.write('GET / HTTP/1.1\r\n')
    const dripping = setInterval(() => socket.write('a: b\r\n'), 10)
    await socket.gone
    clearInterval(dripping)
    expect(socket.said()).toContain('408 Request Timeout')
  })

  test('that does not end its body is cut off', async () => {
    const { port } = await listen({ limits: { ...OFTEN, headersTimeout: 100, requestTimeout: 200 } })
    const socket = open(port)
    socket.write('POST / HTTP/1.1\r\nhost: here\r\ncontent-length: 1000\r\n\r\n')
    const dripping = setInterval(() => socket.write('x'), 10)
    await socket.gone
    clearInterval(dripping)
    expect(socket.said()).toContain('408 Request Timeout')
  })

  test('that asks for nothing more is let go', async () => {
    const { port } = await listen({ limits: { ...OFTEN, keepAliveTimeout: 50 } })
    await (await used(port)).gone
  })

  test('that says nothing at all is let go', async () => {
    const { port } = await listen({ limits: { ...OFTEN, idleTimeout: 50 } })
    await open(port).gone
  })

  test('whose head is too long is told so', async () => {
    const { port } = await listen({ limits: { maxHeaderSize: 2_000 } })
    const socket = open(port)
    socket.write(`GET / HTTP/1.1\r\nhost: here\r\na: ${'x'.repeat(3_000)}\r\n\r\n`)
    await socket.gone
    expect(socket.said()).toContain('431 Request Header Fields Too Large')
  })
})

describe('connections', () => {
  test('of one address are bounded, and one that ends makes room', async () => {
    const { port } = await listen({ limits: { maxConnectionsPerAddress: 3 }, spares: nobody })
    const [first] = await Promise.all([used(port), used(port), used(port)])
    await open(port).gone
    first.destroy()
    await first.gone
    await pause(20)
    await used(port)
  })

  test.each([
    ['of this machine', {}],
    ['of a proxy that is believed by its network', { spares: nobody, trustProxy: parseTrustProxy('127.0.0.0/8') }],
    ['of a proxy that is believed by number', { spares: nobody, trustProxy: parseTrustProxy('1') }],
  ])(
    '%s are bounded only in all',
    async (_whose, {
      trustProxy = null,
      ...parts
    }: Partial<Record<'spares', typeof nobody>> & { trustProxy?: ServerParts['trustProxy'] | null }) => {
      const { port } = await listen({
        limits: { maxConnectionsPerAddress: 1 },
        ...parts,
        ...(trustProxy && { trustProxy }),
      })
      await Promise.all([used(port), used(port), used(port)])
    },
  )

  test('are bounded in all, and those that are only kept go first', async () => {
    const { port } = await listen({ limits: { maxConnections: 2 } })
    const kept = await Promise.all([used(port), used(port)])
    await open(port).gone
    await Promise.all(kept.map(({ gone }) => gone))
    await used(port)
  })

  test('are by default as many as browsers, SDKs and proxies open', () => {
    expect(CONNECTION_LIMITS.maxConnectionsPerAddress).toBeGreaterThanOrEqual(4 * 64)
    expect(CONNECTION_LIMITS.keepAliveTimeout).toBeGreaterThan(60_000)
    expect(CONNECTION_LIMITS.requestTimeout).toBeGreaterThan(CONNECTION_LIMITS.headersTimeout)
  })
})
