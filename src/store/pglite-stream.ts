import { Duplex } from 'node:stream'
import { callbackify } from 'node:util'
import type { PGlite } from '@electric-sql/pglite'

const TERMINATE = 0x58

type Done = (error?: Error | null) => void

/**
 * One connection of the ordinary `pg` driver to a PGlite in the same process, without a socket: what the driver writes is
 * handed to PGlite, what PGlite answers is read by the driver (PostgreSQL frontend/backend protocol 3.0).
 *
 * PGlite has a single session, so a pool over this stream must have one connection.
 */
export class PGliteStream extends Duplex {
  readonly #database: PGlite
  #pending: Buffer = Buffer.alloc(0)
  #started = false

  constructor(database: PGlite) {
    super({ allowHalfOpen: false })
    this.#database = database
  }

  // What the driver calls on a net.Socket.
  connect(): this {
    queueMicrotask(() => this.emit('connect'))
    return this
  }
  setNoDelay(): this {
    return this
  }
  setKeepAlive(): this {
    return this
  }
  ref(): this {
    return this
  }
  unref(): this {
    return this
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: Done): void {
    callbackify(() => this.#accept([chunk]))(done)
  }

  /** The driver corks parse, bind, describe, execute and sync: together they are one entry into WebAssembly. */
  override _writev(chunks: { chunk: Buffer }[], done: Done): void {
    callbackify(() => this.#accept(chunks.map(({ chunk }) => chunk)))(done)
  }

  /** A server forgets a session when its client goes away; PGlite's only session has to be told. */
  override _destroy(error: Error | null, done: Done): void {
    callbackify(() => this.#forgetSession())((failure) => done(error ?? failure))
  }

  async #accept(chunks: Buffer[]): Promise<void> {
    this.#pending = Buffer.concat([this.#pending, ...chunks])
    const end = this.#completeLength()
    if (end === 0) return
    const message = this.#pending.subarray(0, end)
    this.#pending = this.#pending.subarray(end)
    if (this.#started && message[0] === TERMINATE) {
      await this.#forgetSession()
      this.push(null)
      return
    }
    this.#started = true
    await this.#database.runExclusive(() =>
      this.#database.execProtocolRawStream(new Uint8Array(message), {
        // Files on disk are written when PostgreSQL writes them; there is nothing to copy afterwards.
        syncToFs: false,
        // The bytes belong to WebAssembly's memory, which the next message overwrites.
        onRawData: (bytes) => void this.push(Buffer.from(bytes)),
      }),
    )
  }

  /** Open transaction, settings, locks and prepared statements: the driver's next connection reuses statement names. */
  async #forgetSession(): Promise<void> {
    if (!this.#started || this.#database.closed) return
    this.#started = false
    await this.#database.runExclusive(async () => {
      if (this.#database.isInTransaction()) await this.#database.execProtocolRaw(simpleQuery('rollback'))
      await this.#database.execProtocolRaw(simpleQuery('discard all'))
    })
  }

  /** Length in bytes of the longest prefix of what was written that is whole messages. */
  #completeLength(): number {
    const bytes = this.#pending
    // The startup message is the only one without a type byte.
    if (!this.#started) return bytes.length >= 4 && bytes.length >= bytes.readInt32BE(0) ? bytes.readInt32BE(0) : 0
    let end = 0
    while (end + 5 <= bytes.length && end + 1 + bytes.readInt32BE(end + 1) <= bytes.length)
      end += 1 + bytes.readInt32BE(end + 1)
    return end
  }
}

function simpleQuery(sql: string): Uint8Array {
  const text = Buffer.from(`${sql}\0`, 'latin1')
  const head = Buffer.alloc(5)
  head.write('Q', 'latin1')
  head.writeInt32BE(text.length + 4, 1)
  return new Uint8Array(Buffer.concat([head, text]))
}
