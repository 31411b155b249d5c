import { connect, type Socket } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { invalidClientToken } from '../../src/authn/authentication-error.ts'
import { createBodiesInFlight } from '../../src/http/bodies-in-flight.ts'
import { ALICE_TOKEN, answering, json, post, serve } from './serve.ts'

const MEGABYTE = Buffer.alloc(1_000_000, ' ')

function opened() {
  const flight = createBodiesInFlight({ total: 100, perSender: 60 })
  const cut: string[] = []
  const open = (name: string, sender = name) => flight.open(sender, () => cut.push(name))
  return { cut, open }
}

describe('bodies in flight', () => {
  test('that are too many in all lose the largest, so that small ones get through', () => {
    const { cut, open } = opened()
    open('large').take(50)
    open('middle').take(40)
    open('small').take(15)
    expect(cut).toEqual(['large'])
    // What was cut off counts no more: there is room for the rest, and for no more.
    const rest = open('rest')
    rest.take(45)
    expect(cut).toEqual(['large'])
    rest.take(1)
    expect(cut).toEqual(['large', 'rest'])
  })

  test('of one sender lose the largest of that sender alone', () => {
    const { cut, open } = opened()
    open('other').take(35)
    open('one', 'many').take(30)
    open('two', 'many').take(31)
    expect(cut).toEqual(['two'])
    const rest = open('rest')
    rest.take(35)
    expect(cut).toEqual(['two'])
    rest.take(1)
    expect(cut).toEqual(['two', 'rest'])
  })

  test('that have come in are not cut off, and count until they are released', () => {
    const { cut, open } = opened()
    const first = open('first')
    first.take(60)
    first.complete()
    open('second').take(50)
    expect(cut).toEqual(['second'])
    first.release()
    first.release()
    open('third').take(60)
    const fourth = open('fourth')
    fourth.take(40)
    expect(cut).toEqual(['second'])
    fourth.take(1)
    expect(cut).toEqual(['second', 'third'])
  })
})

describe('whoever says nothing of who they are', () => {
  test('sends no more than 128,000 bytes, in both doors', async () => {
    const { url } = await serve()
    const large = { method: 'POST', body: MEGABYTE.subarray(0, 128_001) }
    const graphql = await fetch(`${url}/graphql`, { ...large, headers: { 'content-type': 'application/json' } })
    expect([graphql.status, (await json(graphql)).errors?.[0]?.extensions.code]).toEqual([413, 'PayloadTooLarge'])
    const aws = await fetch(url, { ...large, headers: { 'content-type': 'application/x-www-form-urlencoded' } })
    expect([aws.status, await aws.text()]).toEqual([413, expect.stringContaining('<Code>PayloadTooLarge</Code>')])
  })

  test('sends what they need to sign in', async () => {
    const text = 'x'.repeat(120_000)
    expect(await json(await post(await serve(), `{ echo(text: "${text}") }`))).toEqual({ data: { echo: text } })
  })
})

test('a bearer who is refused is refused before the body has come in', async () => {
  const { url } = await serve({
    authenticator: answering(async () => {
      throw invalidClientToken()
    }),
  })
  const socket = send(url, '/graphql', `authorization: Bearer ${ALICE_TOKEN}\r\n`)
  expect(await firstLine(socket)).toContain('403')
})

test('a client that leaves while it sends is no fault of the server', async () => {
  const { url, logged } = await serve()
  const socket = send(url, '/graphql', '')
  socket.write(MEGABYTE.subarray(0, 1_000))
  await fetch(`${url}/healthz`)
  socket.destroy()
  await expect.poll(logged).toContain('"path":"/graphql"')
  expect(logged()).not.toContain('internal failure')
})

test.each([
  ['without a signature', ''],
  ['with a signature that nobody could check yet', 'authorization: AWS4-HMAC-SHA256 Credential=x\r\n'],
])(
  'a hundred sockets that each send ten megabytes %s take a bounded memory',
  async (_how, header) => {
    const { url } = await serve()
    await fetch(`${url}/healthz`)
    const before = process.memoryUsage().arrayBuffers
    let most = 0
    const measure = () => {
      most = Math.max(most, process.memoryUsage().arrayBuffers - before)
    }
    const sockets = Array.from({ length: 100 }, () => send(url, '/', header))
    for (let sent = 0; sent < 9; sent++) {
      await Promise.all(sockets.map((socket) => written(socket)))
      measure()
    }
    // One address may hold 12 MB; what the sockets have in their buffers is as much again.
    expect(most).toBeLessThan(120_000_000)
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
    const small = await post({ url, logged: () => '' }, '{ whoAmI }')
    expect(small.status).toBe(200)
  },
  60_000,
)

/** The head of a request that says it has ten megabytes, and is slow to send them. */
function send(url: string, path: string, header: string): Socket {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  socket.on('error', () => {})
  socket.write(
    `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: 1000000\r\n${header}\r\n`.replace(
      '1000000',
      path === '/' ? '10000000' : '100000',
    ),
  )
  return socket
}

/** Resolves when the socket has taken a megabyte, or is gone. */
function written(socket: Socket): Promise<void> {
  if (socket.destroyed || !socket.writable) return Promise.resolve()
  return new Promise((resolve) => {
    socket.once('close', () => resolve())
    socket.write(MEGABYTE, () => resolve())
  })
}

function firstLine(socket: Socket): Promise<string> {
  return new Promise((resolve) => socket.once('data', (bytes) => resolve(bytes.toString().split('\r\n')[0] ?? '')))
}
