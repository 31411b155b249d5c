import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { VARIABLES } from '../../src/environment.ts'

const PAGE = readFileSync(path.join(import.meta.dirname, '../../docs/configuration.md'), 'utf8')
/** The first cell of each row: one variable, or several that belong together. */
const named = [...PAGE.matchAll(/^\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) \|/gm)].flatMap(
  ([, cell = '']) => cell.match(/[A-Z_]+/g) ?? [],
)

test('the page on configuration has every variable that the server reads, each once', () => {
  expect(named.toSorted()).toEqual(VARIABLES.toSorted())
})
