import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

const ROOT = path.join(import.meta.dirname, '../..')
const MODEL = readFileSync(path.join(ROOT, 'docs/threat-model.md'), 'utf8')
const [THREATS = '', PROMISES = ''] = MODEL.split('## What the README promises')

interface Row {
  readonly line: string
  readonly tests: readonly { readonly file: string; readonly names: readonly string[] }[]
}

/** The rows of all tables, with the tests that their last cell names: `[text](../test/file) "name" "name"; [text](…) …`. */
function rowsOf(text: string): Row[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\|(---|.*\| Shown by \|$)/.test(line))
    .map((line) => ({
      line,
      tests: [...line.matchAll(/\]\(\.\.\/(test\/[^)]+)\)((?: "[^"]+")*)/g)].map(([, file = '', names = '']) => ({
        file,
        names: [...names.matchAll(/"([^"]+)"/g)].map(([, name = '']) => name),
      })),
    }))
}

describe('the threat model', () => {
  test('names a test in every row', () => {
    const without = rowsOf(MODEL).filter(
      ({ tests }) => tests.length === 0 || tests.some(({ names }) => names.length === 0),
    )
    expect(without.map(({ line }) => line)).toEqual([])
    expect(rowsOf(THREATS).length).toBeGreaterThan(20)
  })

  test('names no test that is not in the file that it links', () => {
    const missing = rowsOf(MODEL)
      .flatMap(({ tests }) => tests)
      .flatMap(({ file, names }) => names.filter((name) => !hasTest(file, name)).map((name) => `${file}: ${name}`))
    expect(missing).toEqual([])
  })

  test('holds the README to sentences that are there', () => {
    const readme = readFileSync(path.join(ROOT, 'README.md'), 'utf8')
    const notes = readme.slice(readme.indexOf('\n## Security notes'), readme.indexOf('\n## Benchmarks'))
    const said = rowsOf(PROMISES).map(({ line }) => line.split(' | ')[0]?.slice(2) ?? '')
    expect(said.filter((words) => !notes.includes(words))).toEqual([])
    expect(said.length).toBeGreaterThan(20)
  })
})

/** Whether the title of a test, of a group or of a case stands in the file, between quotation marks of any kind. */
function hasTest(file: string, name: string): boolean {
  const source = path.join(ROOT, file)
  if (!existsSync(source)) return false
  const text = readFileSync(source, 'utf8')
  if (file.endsWith('.json')) return text.includes(`"name": ${JSON.stringify(name)}`)
  return ["'", '"', '`'].some((mark) => ['(', '  '].some((before) => text.includes(`${before}${mark}${name}${mark}`)))
}
