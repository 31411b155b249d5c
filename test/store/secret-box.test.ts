import { assert, property, string, uint8Array } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createSecretBox } from '../../src/store/secret-box.ts'
import { testRandom } from '../support/services.ts'

const key = (name: string) => testRandom(name)(32)
const ring = { current: 'new', keys: new Map([['new', key('new')]]) }
const box = createSecretBox(ring, testRandom('nonces'))
const secret = Buffer.from('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')

test('what was sealed opens for its owner, whatever it is', () => {
  assert(
    property(uint8Array({ maxLength: 200 }), string(), (plaintext, owner) => {
      expect(Buffer.from(box.open(box.seal(plaintext, owner), owner))).toEqual(Buffer.from(plaintext))
    }),
  )
})

test('the same secret never looks the same twice, and its text is not in it', () => {
  const [a, b] = [box.seal(secret, 'x'), box.seal(secret, 'x')]
  expect(Buffer.from(a.ciphertext).equals(Buffer.from(b.ciphertext))).toBe(false)
  expect(Buffer.from(a.ciphertext).includes(secret.subarray(0, 8))).toBe(false)
})

describe('a sealed secret does not open', () => {
  const sealed = box.seal(secret, 'access-key:1:AKIA1')

  test('in the row of another owner', () => {
    expect(() => box.open(sealed, 'access-key:1:AKIA2')).toThrow('sealed for another owner')
  })

  test('with any bit changed', () => {
    for (let i = 0; i < sealed.ciphertext.length * 8; i++) {
      const ciphertext = new Uint8Array(sealed.ciphertext)
      ciphertext[i >> 3]! ^= 1 << (i & 7)
      expect(() => box.open({ ...sealed, ciphertext }, 'access-key:1:AKIA1')).toThrow('cannot be opened')
    }
  })

  test('cut short', () => {
    for (let length = 0; length < sealed.ciphertext.length; length++) {
      const ciphertext = sealed.ciphertext.slice(0, length)
      expect(() => box.open({ ...sealed, ciphertext }, 'access-key:1:AKIA1')).toThrow('cannot be opened')
    }
  })

  test('under the name of another key, even one with the same bytes', () => {
    const twins = new Map([...ring.keys, ['twin', ring.keys.get('new')!]])
    const other = createSecretBox({ current: 'twin', keys: twins }, testRandom('n'))
    expect(() => other.open({ ...sealed, keyId: 'twin' }, 'access-key:1:AKIA1')).toThrow('cannot be opened')
  })

  test('with an error that names neither secret nor owner', () => {
    expect(() => box.open({ ...sealed, keyId: 'gone' }, 'access-key:1:AKIA1')).toThrow(
      'A secret in the database cannot be opened: sealed under master key gone, which this process does not have.',
    )
  })
})

test('after a rotation the new key seals and the old one still opens', () => {
  const rotated = createSecretBox(
    { current: 'newer', keys: new Map([['newer', key('newer')], ...ring.keys]) },
    testRandom('n'),
  )
  expect(Buffer.from(rotated.open(box.seal(secret, 'o'), 'o'))).toEqual(secret)
  expect(rotated.seal(secret, 'o').keyId).toBe('newer')
})
