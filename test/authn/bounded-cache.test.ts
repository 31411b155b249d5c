import { expect, test } from 'vitest'
import { BoundedCache } from '../../src/authn/bounded-cache.ts'

function filled(capacity: number, keys: string): BoundedCache<string, string> {
  const cache = new BoundedCache<string, string>(capacity)
  for (const key of keys) cache.set(key, key)
  return cache
}

const kept = (cache: BoundedCache<string, string>, keys: string) =>
  keys.split('').filter((key) => cache.get(key) === key)

test('a cache never grows past its capacity: what was set first goes first', () => {
  expect(kept(filled(3, 'abcde'), 'abcde')).toEqual(['c', 'd', 'e'])
})

test('what was looked up stays longer than what was not', () => {
  const cache = filled(3, 'abc')
  cache.get('a')
  cache.set('d', 'd')
  expect(kept(cache, 'abcd')).toEqual(['a', 'c', 'd'])
})

test('what is set again takes no second place', () => {
  const cache = filled(3, 'abc')
  cache.set('a', 'a')
  cache.set('d', 'd')
  expect(kept(cache, 'abcd')).toEqual(['a', 'c', 'd'])
})

test('what is deleted makes room', () => {
  const cache = filled(3, 'abc')
  cache.delete('b')
  cache.set('d', 'd')
  expect(kept(cache, 'abcd')).toEqual(['a', 'c', 'd'])
})
