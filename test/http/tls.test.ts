import { execFile } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { Agent, request } from 'node:https'
import { connect as connectPlain } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls'
import { promisify } from 'node:util'
import { describe, expect, onTestFinished, test } from 'vitest'
import { clientAddress } from '../../src/http/client-address.ts'
import { createHttpServer, exchangeCertificate, type ServerParts } from '../../src/http/http-server.ts'
import { stoppable } from '../../src/http/stopping.ts'
import { openTlsFiles } from '../../src/tls-files.ts'
import { type SelfSigned, selfSignedCertificate } from '../support/self-signed-certificate.ts'
import { portOf } from './serve.ts'

const CURL = '/usr/bin/curl'
const FIRST = selfSignedCertificate()
const SECOND = selfSignedCertificate()
const BOTH = [FIRST.certificate, SECOND.certificate]

const pairOf = ({ key, certificate }: SelfSigned) => ({ key: Buffer.from(key), cert: Buffer.from(certificate) })

/** Says over what it was asked. */
async function listen(parts: Partial<ServerParts> = {}) {
  const server = createHttpServer(
    (asked, response) => {
      const { secureTransport } = clientAddress(asked, { kind: 'none' })
      asked.on('end', () => response.end(`done ${asked.httpVersion} ${secureTransport}`)).resume()
    },
    { trustProxy: { kind: 'none' }, log: { warn: () => {} }, tls: pairOf(FIRST), ...parts },
  )
  const stop = stoppable(server)
  return { server, stop, port: await portOf(server) }
}

async function shakeHands(port: number, options: ConnectionOptions = {}) {
  const socket = connect({ port, host: '127.0.0.1', ca: BOTH, ...options })
  let said = ''
  socket.on('data', (bytes) => (said += bytes.toString()))
  onTestFinished(() => void socket.destroy())
  const gone = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  await new Promise((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject))
  socket.on('error', () => {})
  return { socket, said: () => said, gone }
}

const serialOf = (socket: TLSSocket) => socket.getPeerCertificate().fingerprint256

const GET = 'GET / HTTP/1.1\r\nhost: here\r\n\r\n'

describe('TLS of its own', () => {
  test('is HTTP/1.1 over TLS 1.2 or newer, and counts as a secure transport', async () => {
    const { port } = await listen()
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      const { socket, said } = await shakeHands(port, {
        minVersion: version,
        maxVersion: version,
        ALPNProtocols: ['h2', 'http/1.1'],
      })
      expect([socket.getProtocol(), socket.alpnProtocol]).toEqual([version, 'http/1.1'])
      socket.write(GET)
      await expect.poll(said).toContain('done 1.1 true')
    }
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const
    await expect(shakeHands(port, old)).rejects.toThrow(/protocol version|alert/i)
  })

  test.skipIf(!existsSync(CURL)).each(['--http1.1', '--http2'])('answers curl %s', async (version) => {
    const { port } = await listen()
    const folder = scratch()
    writeFileSync(path.join(folder, 'ca.pem'), FIRST.certificate)
    const args = ['-sS', version, '--cacert', path.join(folder, 'ca.pem'), `https://localhost:${port}/`]
    expect((await promisify(execFile)(CURL, args)).stdout).toBe('done 1.1 true')
  })

  test('lets go of who never ends the handshake, the head of a request, or a pause', async () => {
    const limits = { connectionsCheckingInterval: 20, headersTimeout: 150, requestTimeout: 150, keepAliveTimeout: 50 }
    const { port } = await listen({ limits })
    const silent = connectPlain(port, '127.0.0.1')
    silent.on('error', () => {})
    const slow = await shakeHands(port)
    slow.socket.write('GET / HTTP/1.1\r\n')
    const idle = await shakeHands(port)
    idle.socket.write(GET)
    await Promise.all([new Promise((resolve) => silent.once('close', resolve)), slow.gone, idle.gone])
    expect(slow.said()).toContain('408 Request Timeout')
  })

  test('holds the connections of one address to their number, and one that ends makes room', async () => {
    const { port } = await listen({ limits: { maxConnectionsPerAddress: 2 }, spares: () => false })
    const [first] = [await shakeHands(port), await shakeHands(port)]
    await expect(shakeHands(port)).rejects.toThrow()
    first.socket.destroy()
    await first.gone
    await expect
      .poll(() =>
        shakeHands(port).then(
          () => 'let in',
          () => 'refused',
        ),
      )
      .toBe('let in')
  })

  test('stops in good order: the answer under way closes its connection, the silent and the unfinished are closed', async () => {
    const { port, stop } = await listen()
    const asking = await shakeHands(port)
    const silent = await shakeHands(port)
    const unfinished = connectPlain(port, '127.0.0.1')
    unfinished.on('error', () => {})
    const closed = new Promise((resolve) => unfinished.once('close', resolve))
    await new Promise((resolve) => unfinished.once('connect', resolve))
    asking.socket.write('POST / HTTP/1.1\r\nhost: here\r\ncontent-length: 2\r\n\r\na')
    const stopped = stop.stop({ lingerMs: 0, graceMs: 5_000 })
    await Promise.all([silent.gone, closed])
    asking.socket.write('b')
    await asking.gone
    expect(asking.said()).toMatch(/200 OK[^]*connection: close[^]*done/i)
    expect(await stopped).toBe(0)
  })
})

function scratch(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'latchkey-tls-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** As Kubernetes lays out a secret: a link to a folder, which is turned in one step. */
function secretFolder() {
  const folder = scratch()
  let versions = 0
  const write = (cert: string, key: string) => {
    const name = `v${++versions}`
    mkdirSync(path.join(folder, name))
    writeFileSync(path.join(folder, name, 'tls.crt'), cert)
    writeFileSync(path.join(folder, name, 'tls.key'), key, { mode: 0o600 })
    symlinkSync(name, path.join(folder, 'next'))
    renameSync(path.join(folder, 'next'), path.join(folder, 'data'))
  }
  write(FIRST.certificate, FIRST.key)
  return { write, files: { cert: path.join(folder, 'data/tls.crt'), key: path.join(folder, 'data/tls.key') } }
}

function collected() {
  const lines: { readonly message: string; readonly reason?: unknown }[] = []
  const note = (details: object, message: string) => void lines.push({ ...details, message })
  return { lines, log: { info: note, warn: note } }
}

describe('the files of the certificate', () => {
  test('are read again when the link to them is turned: new connections get the new one, those that are open stay', async () => {
    const { write, files } = secretFolder()
    const { log, lines } = collected()
    const opened = openTlsFiles(files, log)
    onTestFinished(() => opened.close())
    const { server, port } = await listen({ tls: opened.pair })
    opened.follow((pair) => exchangeCertificate(server, pair))
    const before = await shakeHands(port)
    opened.look()
    expect(lines).toEqual([])
    write(SECOND.certificate, SECOND.key)
    opened.look()
    // Both have one name, so that the client cannot tell which of them is meant: the fingerprint says it.
    const after = await shakeHands(port, { rejectUnauthorized: false })
    expect(serialOf(after.socket)).not.toBe(serialOf(before.socket))
    expect(lines).toMatchObject([{ message: 'the certificate was exchanged', fingerprint256: serialOf(after.socket) }])
    before.socket.write(GET)
    await expect.poll(before.said).toContain('done')
  })

  test('that are no good are told of once, with what to do, and the old pair stays until there is a good one', async () => {
    const { write, files } = secretFolder()
    const { log, lines } = collected()
    const opened = openTlsFiles(files, log)
    let exchanged = 0
    opened.follow(() => void exchanged++)
    onTestFinished(() => opened.close())
    const bad: [string, string, RegExp][] = [
      [SECOND.certificate, FIRST.key, /is not that of the certificate .* give both files of one pair/],
      ['nonsense', SECOND.key, /holds no certificate: give it in PEM/],
      [SECOND.certificate, 'nonsense', /holds no key, or one under a password/],
    ]
    for (const [cert, key, reason] of bad) {
      write(cert, key)
      opened.look()
      opened.look()
      const [line, ...more] = lines.splice(0)
      expect([line?.message, more]).toEqual(['the new certificate cannot be used, the old one stays', []])
      expect(line?.reason).toMatch(reason)
      expect(JSON.stringify(line)).not.toContain('BEGIN')
    }
    write(SECOND.certificate, SECOND.key)
    chmodSync(files.key, 0o644)
    opened.look()
    expect(lines.splice(0)).toMatchObject([{ reason: expect.stringMatching(/open to other users .* chmod go-rwx/) }])
    rmSync(files.cert)
    opened.look()
    chmodSync(files.key, 0o600)
    opened.look()
    expect(lines.splice(0).at(-1)?.reason).toMatch(/cannot be read \(ENOENT\)/)
    expect(exchanged).toBe(0)
    writeFileSync(files.cert, SECOND.certificate)
    opened.look()
    expect(exchanged).toBe(1)
  })

  test('that are no good at the start stop it', () => {
    const { files } = secretFolder()
    const { log } = collected()
    expect(() => openTlsFiles({ ...files, cert: '/nowhere' }, log)).toThrow('LATCHKEY_TLS_CERT=/nowhere cannot be read')
    chmodSync(files.key, 0o644)
    expect(() => openTlsFiles(files, log)).toThrow(/is open to other users of this machine \(mode 0644\)/)
  })

  test.runIf(process.getuid?.() === 0)(
    'may let the group read the key when it is root who owns it, and nobody else',
    () => {
      const { files } = secretFolder()
      const { log } = collected()
      chmodSync(files.key, 0o440)
      openTlsFiles(files, log).close()
      chmodSync(files.key, 0o460)
      expect(() => openTlsFiles(files, log)).toThrow('(mode 0460)')
      chmodSync(files.key, 0o440)
      chownSync(files.key, 4321, 0)
      expect(() => openTlsFiles(files, log)).toThrow('(mode 0440)')
    },
  )
})

test('keep-alive goes on over TLS', async () => {
  const { port } = await listen()
  const agent = new Agent({ keepAlive: true, maxSockets: 1, ca: BOTH })
  onTestFinished(() => agent.destroy())
  const ask = () =>
    new Promise<boolean>((resolve, reject) => {
      const asked = request({ port, host: 'localhost', agent }, (answer) => {
        answer.resume().on('end', () => resolve(asked.reusedSocket))
      })
      asked.on('error', reject).end()
    })
  expect([await ask(), await ask()]).toEqual([false, true])
})
