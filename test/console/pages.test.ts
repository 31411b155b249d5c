import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const CONSOLE = path.join(import.meta.dirname, '../../src/console')

test('the folders of pages, whose names the server knows, are the pages of the router', () => {
  const folders = readdirSync(path.join(CONSOLE, 'pages'), { withFileTypes: true })
  const listed = readFileSync(path.join(CONSOLE, 'pages.ts'), 'utf8').matchAll(/path: '([^']+)'/g)
  expect(Array.from(listed, ([, name = '']) => name).toSorted()).toEqual(
    folders
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .toSorted(),
  )
})
