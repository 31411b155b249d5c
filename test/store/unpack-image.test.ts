import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { pack } from '../../src/store/tar.ts'
import { unpackImage } from '../../src/store/unpack-image.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'

const AT = new Date('2026-01-01T00:00:00Z')
const CONTENTS = { PG_VERSION: '18\n', 'base/1/1255': 'x'.repeat(1000), 'base/1/empty': '' }

async function imageOf(archive: (whole: Buffer) => Buffer) {
  const files = Object.entries(CONTENTS).map(([name, text]) => ({
    name,
    size: text.length,
    content: [Buffer.from(text)],
  }))
  const folders = ['base/', 'base/1/', 'pg_notify/'].map((name) => ({ name, size: 0, content: [] }))
  const whole = await buffer(Readable.from(pack([...folders, ...files], AT)))
  const parent = temporaryDirectory()
  const image = path.join(parent, 'image.tar.gz')
  writeFileSync(image, gzipSync(archive(whole)))
  const warnings: unknown[] = []
  const log = { info() {}, warn: (line: unknown) => void warnings.push(line) }
  return { image, directory: path.join(parent, 'pg'), log, warnings }
}

test('every file and every folder, also an empty one, is there for its owner alone', async () => {
  const { image, directory, log, warnings } = await imageOf((whole) => whole)
  expect(unpackImage(image, directory, log)).toBe(true)
  expect(warnings).toEqual([])
  const found = readdirSync(directory, { recursive: true, encoding: 'utf8' }).toSorted()
  expect(found).toEqual(['PG_VERSION', 'base', 'base/1', 'base/1/1255', 'base/1/empty', 'pg_notify'])
  for (const [name, text] of Object.entries(CONTENTS))
    expect(readFileSync(path.join(directory, name), 'utf8')).toBe(text)
  expect(['.', ...found].filter((name) => (statSync(path.join(directory, name)).mode & 0o077) !== 0)).toEqual([])
})

test.each([
  ['cut off in a content', (whole: Buffer) => whole.subarray(0, 2600)],
  ['cut off between two files', (whole: Buffer) => whole.subarray(0, 2560)],
  ['overwritten in a header', (whole: Buffer) => Buffer.from(whole).fill(7, 1540, 1550)],
])('of an image that is %s nothing is left', async (_what, damage) => {
  const { image, directory, log, warnings } = await imageOf(damage)
  expect(unpackImage(image, directory, log)).toBe(false)
  expect(warnings).toHaveLength(1)
  expect(existsSync(directory)).toBe(false)
})
