import { Kind, parse } from 'graphql'
import { describe, expect, test } from 'vitest'
import { documentCost, rootFields } from '../../src/http/document-cost.ts'

describe('the cost of a document', () => {
  test.each([
    ['fields count at every level', '{ a { b { c } } }', { depth: 3, fields: 3, aliases: 0 }],
    ['fragments count where they are spread', '{ a { ...F } } fragment F on A { b { c } }', { depth: 3, fields: 3 }],
    [
      'a fragment counts each time',
      '{ x: a { ...F } y: a { ...F } } fragment F on A { z: b }',
      { fields: 4, aliases: 4 },
    ],
    ['inline fragments are no level', '{ ... { a { ... on A { b } } } }', { depth: 2, fields: 2 }],
    ['introspection is measured by itself', '{ a __schema { types { name } } }', { depth: 1, introspectionDepth: 3 }],
    ['the larger of two operations counts', 'query A { a { b } } query B { a b c }', { depth: 2, fields: 3 }],
    ['a fragment that spreads itself ends', '{ ...F } fragment F on A { a ...F }', { fields: 1, depth: 1 }],
    ['fragments that are not there count as nothing', '{ a ...Nowhere }', { fields: 1 }],
    ['fields that are repeated in one set count', '{ a a b ... { a } x: b x: b }', { repeated: 3 }],
    ['fields that are repeated in other sets do not', '{ a { a } b { a } }', { repeated: 0 }],
    ['the longest name is found in operations', 'query Longest { a }', { longestName: 7 }],
    [
      'the longest name is found in aliases and variables',
      'query A($long: B) { longer: a(b: $long) }',
      { longestName: 6 },
    ],
  ])('%s', (_guarantee, source, expected) => {
    expect(documentCost(parse(source))).toMatchObject(expected)
  })

  test('of a document that doubles sixty times is known without writing it out', () => {
    const doubled = Array.from({ length: 60 }, (_, i) => `fragment F${i} on A { a { ...F${i + 1} ...F${i + 1} } }`)
    const { fields, depth } = documentCost(parse(`{ ...F0 } ${doubled.join(' ')} fragment F60 on A { b }`))
    expect([fields, depth]).toEqual([2 ** 61 - 1, 61])
  })

  test('of a document that is as deep as its tokens allow is measured without running out of stack', () => {
    expect(documentCost(parse(`${'{a'.repeat(1_330)}${'}'.repeat(1_330)}`)).depth).toBe(1_330)
  })
})

test('root fields are found through fragments that double sixty times', () => {
  const doubled = Array.from({ length: 60 }, (_, i) => `fragment F${i} on A { ...F${i + 1} ...F${i + 1} ...F0 }`)
  const document = parse(`{ b ...F0 } ${doubled.join(' ')} fragment F60 on A { a }`)
  const [operation] = document.definitions
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation')
  expect([...rootFields(operation.selectionSet, document)]).toEqual(['b', 'a'])
})
