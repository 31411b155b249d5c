import { execFileSync } from 'node:child_process'
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, inject, onTestFinished, test } from 'vitest'
import { type Database, openDatabase } from '../../src/store/open.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'

const TIMEOUT = { timeout: 120_000 }
const image = inject('databaseImage')

async function open(dataDir: string): Promise<Database & { readonly lines: object[] }> {
  const lines: object[] = []
  const log = { info() {}, warn: (details: object) => void lines.push(details) }
  return { ...(await openDatabase({ dataDir, log, image })), lines }
}

/** A small disk of its own; null where this user may mount none. */
function smallDisk(): string | null {
  const folder = path.join(temporaryDirectory(), 'disk')
  mkdirSync(folder)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=120m,mode=0700', 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    return null
  }
  onTestFinished(() => void execFileSync('umount', ['-l', folder]))
  return folder
}

test(
  'files that are deleted while the server runs end its readiness, with a line that says what to do',
  TIMEOUT,
  async () => {
    const dataDir = path.join(temporaryDirectory(), 'data')
    const { ready, close, lines } = await open(dataDir)
    await ready()
    renameSync(path.join(dataDir, 'pg'), path.join(dataDir, 'gone'))
    await expect(ready()).rejects.toThrow('cannot be used')
    await expect(ready()).rejects.toThrow('cannot be used')
    expect(lines).toEqual([expect.objectContaining({ outage: 'damaged', remedy: expect.stringContaining('backup') })])
    renameSync(path.join(dataDir, 'gone'), path.join(dataDir, 'pg'))
    await ready()
    await close()
  },
)

test('a disk that is full ends readiness until there is space again', TIMEOUT, async ({ skip }) => {
  const disk = smallDisk()
  skip(disk === null, 'no right to mount a small disk')
  if (disk === null) return
  const { ready, close, lines } = await open(path.join(disk, 'data'))
  const filler = path.join(disk, 'filler')
  try {
    writeFileSync(filler, Buffer.alloc(150_000_000))
  } catch {
    // As full as it gets.
  }
  await expect(ready()).rejects.toThrow('cannot be written')
  expect(lines).toEqual([
    expect.objectContaining({ outage: 'cannot-write', remedy: expect.stringContaining('free space') }),
  ])
  rmSync(filler)
  await ready()
  await close()
})
