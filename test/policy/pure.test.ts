import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const SOURCE = new URL('../../src/policy/', import.meta.url)

const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, url: new URL(name, SOURCE), text: readFileSync(new URL(name, SOURCE), 'utf8') }))

test('the policy engine has files to look at', () => {
  expect(files.length).toBeGreaterThan(20)
})

test.each(files)('$name imports nothing outside the policy engine', ({ url, text }) => {
  const specifiers = [...text.matchAll(/(?:\bfrom|\bimport|\brequire)\s*\(?\s*['"]([^'"]+)['"]/g)].map(
    (match) => match[1],
  )
  const outside = specifiers.filter((each) => {
    return !/^\.\.?\//.test(each ?? '') || !new URL(each ?? '', url).href.startsWith(SOURCE.href)
  })
  expect(outside).toEqual([])
})

test.each(files)('$name reads no clock, no environment and no randomness', ({ text }) => {
  expect(text).not.toMatch(/Date\.now|new Date\(\)|performance\.|process\.|Math\.random|globalThis|setTimeout/)
})
