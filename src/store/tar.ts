/** The tar format of POSIX.1-1988 (ustar), as far as backups need it: plain files and directories. */

const BLOCK = 512
/** Beyond 11 octal digits a size is written in base 256, as GNU tar does: dumps of databases may be that large. */
const LARGEST_OCTAL = 8 ** 11
const FILE = '0'
const DIRECTORY = '5'

export interface TarEntry {
  /** With slashes; directories end with one. */
  readonly name: string
  readonly size: number
  readonly content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>
}

/** The bytes of an archive of these entries. Throws when a content is not as long as its entry says. */
export async function* pack(entries: AsyncIterable<TarEntry> | Iterable<TarEntry>, at: Date): AsyncGenerator<Buffer> {
  for await (const { name, size, content } of entries) {
    yield header(name, size, at)
    let written = 0
    for await (const chunk of content) {
      written += chunk.length
      yield Buffer.from(chunk)
    }
    if (written !== size) throw new Error(`${name} changed its size from ${size} to ${written} while it was read`)
    yield Buffer.alloc(-size & (BLOCK - 1))
  }
  yield Buffer.alloc(2 * BLOCK)
}

/** The plain files of an archive in turn; a content has to be read before the next one. Throws TarError. */
export async function* unpack(source: AsyncIterable<Uint8Array>): AsyncGenerator<TarEntry> {
  const bytes = createReader(source)
  for (;;) {
    const block = await bytes.take(BLOCK)
    if (block.every((byte) => byte === 0)) break
    const { name, size, kind } = readHeader(block)
    const content = bytes.stream(size)
    if (kind === FILE) yield { name, size, content }
    for await (const rest of content) void rest
    await bytes.take(-size & (BLOCK - 1))
  }
  // What is compressed has a checksum at its very end.
  await bytes.drain()
}

/** All plain files and directories of an archive that is in memory; the contents are parts of it. Throws TarError. */
export function* entriesOf(archive: Buffer): Generator<{ name: string; directory: boolean; content: Buffer }> {
  for (let at = 0; ; ) {
    const block = archive.subarray(at, at + BLOCK)
    if (block.length < BLOCK) throw new TarError('its end is missing')
    if (block.every((byte) => byte === 0)) return
    const { name, size, kind } = readHeader(block)
    const content = archive.subarray(at + BLOCK, at + BLOCK + size)
    if (content.length < size) throw new TarError('its end is missing')
    if (kind === FILE || kind === DIRECTORY) yield { name, directory: kind === DIRECTORY, content }
    at += BLOCK + size + (-size & (BLOCK - 1))
  }
}

/** What is read is no archive, or a part of one. */
export class TarError extends Error {
  override readonly name = 'TarError'
}

function header(name: string, size: number, at: Date): Buffer {
  const block = Buffer.alloc(BLOCK)
  const directory = name.endsWith('/')
  const [prefix, rest] = split(name)
  block.write(rest, 0, 100)
  octal(block, 100, 8, directory ? 0o700 : 0o600)
  octal(block, 108, 8, 0)
  octal(block, 116, 8, 0)
  if (size < LARGEST_OCTAL) octal(block, 124, 12, size)
  else {
    block[124] = 0x80
    block.writeBigUInt64BE(BigInt(size), 128)
  }
  octal(block, 136, 12, Math.floor(at.getTime() / 1000))
  block.write(directory ? DIRECTORY : FILE, 156)
  block.write('ustar\x0000', 257)
  block.write(prefix, 345, 155)
  // The checksum is counted with spaces in its place.
  block.fill(' ', 148, 156)
  octal(block, 148, 7, checksum(block))
  return block
}

/** Names of more than 100 bytes are divided at a slash. */
function split(name: string): [string, string] {
  if (Buffer.byteLength(name) <= 100) return ['', name]
  for (let at = name.indexOf('/'); at !== -1; at = name.indexOf('/', at + 1)) {
    if (Buffer.byteLength(name.slice(at + 1)) <= 100 && at <= 155) return [name.slice(0, at), name.slice(at + 1)]
  }
  throw new Error(`${name} is too long for an archive`)
}

function readHeader(block: Buffer): { name: string; size: number; kind: string } {
  const written = Number.parseInt(text(block, 148, 8).trim(), 8)
  const counted = Buffer.from(block).fill(' ', 148, 156)
  if (checksum(counted) !== written) throw new TarError('it is no archive, or a part of one')
  const prefix = text(block, 345, 155)
  const size = block[124] === 0x80 ? Number(block.readBigUInt64BE(128)) : Number.parseInt(text(block, 124, 12), 8)
  if (!Number.isSafeInteger(size) || size < 0) throw new TarError('a size in it is none')
  const rest = text(block, 0, 100)
  return { name: prefix === '' ? rest : `${prefix}/${rest}`, size, kind: text(block, 156, 1) }
}

function octal(block: Buffer, offset: number, length: number, value: number): void {
  block.write(`${value.toString(8).padStart(length - 1, '0')}\0`, offset, length)
}

function text(block: Buffer, offset: number, length: number): string {
  const field = block.subarray(offset, offset + length)
  const end = field.indexOf(0)
  return field.toString('utf8', 0, end === -1 ? length : end)
}

function checksum(block: Uint8Array): number {
  return block.reduce((sum, byte) => sum + byte, 0)
}

function createReader(source: AsyncIterable<Uint8Array>) {
  const chunks = source[Symbol.asyncIterator]()
  let held: Buffer = Buffer.alloc(0)
  async function more(): Promise<boolean> {
    const { done, value } = await chunks.next()
    if (done) return false
    held = Buffer.concat([held, value])
    return true
  }
  return {
    async take(length: number): Promise<Buffer> {
      while (held.length < length) if (!(await more())) throw new TarError('its end is missing')
      const taken = held.subarray(0, length)
      held = held.subarray(length)
      return taken
    },
    /** So many bytes from here, as they come. */
    async *stream(length: number): AsyncGenerator<Buffer> {
      for (let left = length; left > 0; ) {
        if (held.length === 0 && !(await more())) throw new TarError('its end is missing')
        const taken = held.subarray(0, left)
        held = held.subarray(taken.length)
        left -= taken.length
        yield taken
      }
    },
    async drain(): Promise<void> {
      held = Buffer.alloc(0)
      while (await more()) held = Buffer.alloc(0)
    },
  }
}
