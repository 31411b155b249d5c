import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'

/** The checklist of access keys: what a person must be able to do, know and rely on, C1 to C50. */
const ITEMS = Array.from({ length: 50 }, (_, at) => at + 1)

const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.test.ts'))
const titles = files.flatMap((name) => titlesIn(readFileSync(path.join(import.meta.dirname, name), 'utf8')))

/** The titles of the tests of a file, as they are written. */
function titlesIn(source: string): string[] {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isTest(node.expression)) {
      const [title] = node.arguments
      if (title && ts.isStringLiteralLike(title)) found.push(title.text)
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('a.test.ts', source, ts.ScriptTarget.Latest))
  return found
}

/** `test`, `test.each(…)`, `test.runIf(…)`; not one that is left out. */
function isTest(callee: ts.Expression): boolean {
  if (ts.isIdentifier(callee)) return callee.text === 'test'
  if (ts.isCallExpression(callee) && ts.isPropertyAccessExpression(callee.expression)) {
    const { expression, name } = callee.expression
    return isTest(expression) && ['each', 'runIf'].includes(name.text)
  }
  return false
}

/** The items that a title begins with: `C6, C18, C33 to C38: …`. */
function itemsOf(title: string): number[] {
  const [head = ''] = title.split(':', 1)
  if (!/^C\d/.test(head)) return []
  return [...head.matchAll(/C(\d+)(?: to C(\d+))?/g)].flatMap(([, from, to = from]) =>
    ITEMS.filter((item) => item >= Number(from) && item <= Number(to)),
  )
}

test('the titles are found', () => {
  expect(
    titlesIn(`test('C1: a', f); test.runIf(x)('C2: b', f); test.each([1])(\`C3: c\`, f); test.skip('C4: d', f)`),
  ).toEqual(['C1: a', 'C2: b', 'C3: c'])
  expect(itemsOf('C6, C18, C33 to C35: text with C9')).toEqual([6, 18, 33, 34, 35])
  expect(titles.length).toBeGreaterThan(100)
})

test('every item of the checklist has a test that says its number', () => {
  const tested = new Set(titles.flatMap(itemsOf))
  expect(ITEMS.filter((item) => !tested.has(item)).map((item) => `C${item}`)).toEqual([])
})
