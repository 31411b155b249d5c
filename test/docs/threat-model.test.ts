import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

const ROOT = path.join(import.meta.dirname, '../..')
const MODEL = readFileSync(path.join(ROOT, 'docs/threat-model.md'), 'utf8')
const NOTES = readFileSync(path.join(ROOT, 'docs/security.md'), 'utf8')

const THREATS = between(MODEL, '', '\n## What the security notes promise\n')
const PROMISES = between(MODEL, '### That no row above is about\n', '### That a row above is about\n')
const REFERENCES = between(MODEL, '### That a row above is about\n', '### That promise nothing\n')
const EXPLANATIONS = between(MODEL, '### That promise nothing\n', null)

interface Row {
  readonly line: string
  readonly cells: readonly string[]
  readonly tests: readonly { readonly file: string; readonly names: readonly string[] }[]
}

function between(text: string, start: string, end: string | null): string {
  const [, after] = start === '' ? ['', text] : text.split(start)
  return (end === null ? after : after?.split(end)[0]) ?? ''
}

/** The rows of all tables, with the tests that their last cell names: `[text](../test/file) "name" "name"; [text](…) …`. */
function rowsOf(text: string): Row[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\|(---|.*\| (Shown by|Row|Why no test) \|$)/.test(line))
    .map((line) => ({
      line,
      cells: line.slice(2, -2).split(' | '),
      tests: [...line.matchAll(/\]\(\.\.\/(test\/[^)]+)\)((?: "[^"]+")*)/g)].map(([, file = '', names = '']) => ({
        file,
        names: quoted(names),
      })),
    }))
}

function quoted(text = ''): string[] {
  return [...text.matchAll(/"([^"]+)"/g)].map(([, words = '']) => words)
}

interface Sentence {
  readonly words: string
  /** Where it stands in the notes. */
  readonly start: number
  readonly end: number
}

/** What the notes say, sentence by sentence; what semicolons and colons part is looked at part by part, and so are rows of tables. */
function sentencesOf(notes: string): Sentence[] {
  const sentences: Sentence[] = []
  const lines = notes.split('\n')
  let lineStart = 0
  for (const [at, line] of lines.entries()) {
    let start = lineStart
    lineStart += line.length + 1
    const isHead = [line, lines[at + 1]].some((one) => one?.startsWith('|---'))
    if (line === '' || line.startsWith('#') || isHead) continue
    for (const words of line.split(/(?<=[.:;][)`]? )(?=[A-Z(`])|(?<=; )/)) {
      const end = start + words.length
      sentences.push({ words, start, end })
      start = end
    }
  }
  return sentences
}

describe('the threat model', () => {
  test('names a test in every row', () => {
    const without = rowsOf(THREATS + PROMISES).filter(
      ({ tests }) => tests.length === 0 || tests.some(({ names }) => names.length === 0),
    )
    expect(without.map(({ line }) => line)).toEqual([])
    expect(rowsOf(THREATS).length).toBeGreaterThan(40)
  })

  test('names no test that is not in the file that it links', () => {
    const missing = rowsOf(MODEL)
      .flatMap(({ tests }) => tests)
      .flatMap(({ file, names }) => names.filter((name) => !hasTest(file, name)).map((name) => `${file}: ${name}`))
    expect(missing).toEqual([])
  })

  test('refers to rows that are there', () => {
    const titles = rowsOf(THREATS).map(({ cells }) => cells[0])
    const referred = rowsOf(REFERENCES).map(({ cells }) => cells[1])
    expect(referred.filter((title) => !titles.includes(title))).toEqual([])
    expect(referred.length).toBeGreaterThan(20)
  })
})

describe('the security notes', () => {
  const promised = rowsOf(PROMISES).map(({ cells }) => cells[0] ?? '')
  const explained = rowsOf(REFERENCES + EXPLANATIONS).flatMap(({ cells }) => quoted(cells[0]))
  const said = [...promised, ...explained]

  test('say what the threat model holds them to, each of it once', () => {
    expect(said.filter((words) => NOTES.split(words).length !== 2)).toEqual([])
    expect(promised.length).toBeGreaterThan(20)
  })

  test('have no sentence that nothing is named for: no test, no threat, and no reason', () => {
    const places = said.map((words) => [NOTES.indexOf(words), NOTES.indexOf(words) + words.length] as const)
    const sentences = sentencesOf(NOTES)
    const unfounded = sentences.filter(({ start, end }) => !places.some(([from, to]) => from < end && to > start))
    expect(unfounded.map(({ words }) => words)).toEqual([])
    expect(sentences.length).toBeGreaterThan(100)
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
