import { array, assert, constantFrom, property } from 'fast-check'
import { expect, test } from 'vitest'
import { lineDiff } from '../../src/console/policy-document/line-diff.ts'

const line = constantFrom('{', '}', 'a', 'b', '')
const text = array(line, { minLength: 1, maxLength: 12 }).map((lines) => lines.join('\n'))

test('a difference holds both texts whole, each in its order', () => {
  assert(
    property(text, text, (before, after) => {
      const lines = lineDiff(before, after)
      const side = (without: string) => lines.filter(({ kind }) => kind !== without).map((one) => one.text)
      expect(side('added').join('\n')).toBe(before)
      expect(side('removed').join('\n')).toBe(after)
    }),
  )
})

test('what did not change is not shown as changed', () => {
  expect(lineDiff('{\n  a\n  b\n}', '{\n  a\n  c\n}').filter(({ kind }) => kind !== 'same')).toEqual([
    { kind: 'removed', text: '  b' },
    { kind: 'added', text: '  c' },
  ])
  expect(lineDiff('a\nb', 'a\nb').every(({ kind }) => kind === 'same')).toBe(true)
})
