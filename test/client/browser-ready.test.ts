import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

test('the client imports nothing but itself, so that it runs in a browser', () => {
  const folder = new URL('../../src/client/', import.meta.url)
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts'))
  expect(files.length).toBeGreaterThan(0)
  for (const file of files) {
    const source = readFileSync(new URL(file, folder), 'utf8')
    const imports = Array.from(source.matchAll(/(?:from|import\()\s*'([^']+)'/g), ([, name]) => name)
    for (const name of imports) expect(name, file).toMatch(/^\.\/[a-z-]+\.ts$/)
    expect(source, file).not.toMatch(/\b(?:Buffer|process|require)\b/)
  }
})
