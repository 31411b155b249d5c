import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'graphql'
import { expect, test } from 'vitest'
import { consoleActions } from '../../scripts/console-actions.ts'
import { ACTIONS } from '../../src/access/actions.ts'
import type { Check } from '../../src/console/access/decisions.ts'

const ROOT = path.join(import.meta.dirname, '../..')

test('the console can name every action of the catalogue, and no other', () => {
  const schema = parse(readFileSync(path.join(ROOT, 'schema.graphql'), 'utf8'))
  const [text = ''] = Object.values(consoleActions(schema))
  const names = Array.from(text.matchAll(/'(\w+:\w+)'/g), ([, name = '']) => name)
  expect(names).toEqual(Object.keys(ACTIONS).toSorted())
})

test('a misspelt action does not compile', () => {
  // @ts-expect-error: it is iam:CreateUser.
  const misspelt: Check = { action: 'iam:CreateUsers' }
  expect(misspelt.action).toBe('iam:CreateUsers')
})
