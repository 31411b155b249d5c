import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { link, open, readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { BackupError, damaged } from './backup-error.ts'
import { MANIFEST, type Manifest, type Member, readManifest } from './manifest.ts'
import { pack, type TarEntry, TarError, unpack } from '../tar.ts'

const LONGEST_MANIFEST = 64_000_000

/** Files that go into an archive: where they lie, and how they are called there. */
export interface Source {
  readonly root: string
  /** What stands before the names, e.g. `pg/`. */
  readonly prefix: string
}

/** Writes an archive: what is in it, then the files. It appears under its name when it is whole, for its owner only. Throws BackupError. */
export async function writeArchive(
  file: string,
  about: Omit<Manifest, 'directories' | 'members'>,
  source: Source,
): Promise<{ manifest: Manifest; size: number }> {
  const unfinished = `${file}.unfinished`
  const target = await open(unfinished, 'wx', 0o600)
  try {
    const manifest = { ...about, ...(await list(source)) }
    await pipeline(
      pack(entries(manifest, source), new Date(about.takenAt)),
      createGzip(),
      target.createWriteStream({ flush: true }),
    )
    // Unlike a renaming this replaces nothing.
    await link(unfinished, file).catch((error: unknown) => {
      throw isCode(error, 'EEXIST') ? new BackupError(`${file} exists already: a backup replaces nothing.`) : error
    })
    return { manifest, size: (await stat(file)).size }
  } finally {
    await target.close().catch(() => {})
    await rm(unfinished, { force: true })
  }
}

/** Opens an archive and reads what is in it; the members follow as they are read. Throws BackupError, also when they do not match. */
export async function openArchive(
  file: string,
): Promise<{ manifest: Manifest; members: AsyncIterable<TarEntry>; close: () => void }> {
  const source = createReadStream(file)
  const gunzip = createGunzip()
  // Errors of both come out of the iteration.
  pipeline(source, gunzip).catch(() => {})
  const all = named(file, unpack(gunzip))
  const close = () => {
    source.destroy()
    gunzip.destroy()
  }
  try {
    const first = await all.next()
    if (first.done || first.value.name !== MANIFEST || first.value.size > LONGEST_MANIFEST)
      throw new BackupError(`${file} is no backup of Latchkey.`)
    const chunks: Uint8Array[] = []
    for await (const chunk of first.value.content) chunks.push(chunk)
    const manifest = readManifest(Buffer.concat(chunks).toString('utf8'), file)
    return { manifest, members: checked(file, manifest, all), close }
  } catch (error) {
    close()
    throw inWords(file, error)
  }
}

/** The members that the manifest names, each once and whole; throws at the end of the first that is not. */
async function* checked(file: string, manifest: Manifest, entries: AsyncIterable<TarEntry>): AsyncGenerator<TarEntry> {
  const awaited = new Map(manifest.members.map((member) => [member.name, member]))
  for await (const entry of entries) {
    const member = awaited.get(entry.name)
    if (member === undefined) throw damaged(file, `${entry.name} is not in its manifest`)
    awaited.delete(entry.name)
    yield { ...entry, content: compared(file, member, entry) }
  }
  const [missing] = awaited.keys()
  if (missing !== undefined) throw damaged(file, `${missing} is missing`)
}

async function* compared(file: string, { sha256, size }: Member, entry: TarEntry): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256')
  for await (const chunk of entry.content) {
    hash.update(chunk)
    yield chunk
  }
  if (entry.size !== size || hash.digest('hex') !== sha256) throw damaged(file, `${entry.name} is not what was written`)
}

async function* named(file: string, entries: AsyncGenerator<TarEntry>): AsyncGenerator<TarEntry> {
  try {
    for await (const entry of entries) yield { ...entry, content: namedContent(file, entry) }
  } catch (error) {
    throw inWords(file, error)
  }
}

async function* namedContent(file: string, { content }: TarEntry): AsyncGenerator<Uint8Array> {
  try {
    yield* content
  } catch (error) {
    throw inWords(file, error)
  }
}

/** What the decompressor and the reader of archives say is said of the file. */
function inWords(file: string, error: unknown): unknown {
  if (error instanceof TarError) return damaged(file, error.message, error)
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOENT') return new BackupError(`There is no file ${file}.`)
  return code.startsWith('Z_') && error instanceof Error ? damaged(file, error.message, error) : error
}

async function list({ root, prefix }: Source): Promise<Pick<Manifest, 'directories' | 'members'>> {
  const found = await readdir(root, { recursive: true, withFileTypes: true })
  const nameOf = (entry: (typeof found)[number]) =>
    prefix + path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/')
  const directories = found.filter((entry) => entry.isDirectory()).map(nameOf)
  const members: Member[] = []
  for (const name of found
    .filter((entry) => entry.isFile())
    .map(nameOf)
    .toSorted()) {
    const hash = createHash('sha256')
    let size = 0
    for await (const chunk of createReadStream(path.join(root, name.slice(prefix.length)))) {
      const bytes = Buffer.from(chunk)
      hash.update(bytes)
      size += bytes.length
    }
    members.push({ name, size, sha256: hash.digest('hex') })
  }
  return { directories: directories.toSorted(), members }
}

function* entries(manifest: Manifest, { root, prefix }: Source): Generator<TarEntry> {
  const text = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)
  yield { name: MANIFEST, size: text.length, content: [text] }
  for (const name of manifest.directories) yield { name: `${name}/`, size: 0, content: [] }
  for (const { name, size } of manifest.members) {
    const content: AsyncIterable<Uint8Array> = createReadStream(path.join(root, name.slice(prefix.length)))
    yield { name, size, content }
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
