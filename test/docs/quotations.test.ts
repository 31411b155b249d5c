import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const ROOT = path.join(import.meta.dirname, '../..')

const sources = readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(path.join(ROOT, 'src', file), 'utf8'))

test('code that CONTRIBUTING.md quotes is in src, letter by letter', () => {
  const page = readFileSync(path.join(ROOT, 'CONTRIBUTING.md'), 'utf8')
  const quoted = [...page.matchAll(/^```typescript\n(.*?)^```$/gms)].map(([, code = '']) => code)
  expect(quoted.length).toBeGreaterThan(0)
  expect(quoted.filter((code) => !sources.some((source) => source.includes(code)))).toEqual([])
})
