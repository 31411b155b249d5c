import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  accountOfAccessKeyId,
  newAccessKeyId,
  newSecretAccessKey,
  uniqueId,
  uuidv7,
} from '../../src/iam/identifiers.ts'
import { testRandom } from '../support/services.ts'

const random = testRandom('identifiers')
const zeros = (bytes: number) => Buffer.alloc(bytes)
const ones = (bytes: number) => Buffer.alloc(bytes, 0xff)

describe('an access key id', () => {
  test.each([
    ['ASIAQNZGKIQY56JQ7WML', '029608264753'],
    ['AKIARZPUZDIKFABCDEF2', '123456789012'],
    ['AKIARZPUZDIKVABCDEF2', '123456789013'],
    ['AKIARTX3GSDSVABCDEF2', '111122223333'],
    ['AKIA6RVFFB77VABCDEF2', '999999999999'],
    ['AKIAQAAAAAAAFABCDEF2', '000000000000'],
  ])('%s tells the account %s', (accessKeyId, account) => {
    expect(accountOfAccessKeyId(accessKeyId)).toBe(account)
  })

  test.each([
    ['AKIAIOSFODNN7EXAMPLE', 'of the old style, without an account'],
    ['AKIAJ2345672345672AA', 'of the old style, without an account'],
    ['AIDARZPUZDIKFABCDEF2', 'that is the id of a user'],
    ['AKIARZPUZDIKFABCDEF', 'that is too short'],
    ['AKIARZPUZDIKFABCDEF22', 'that is too long'],
    ['akiarzpuzdikfabcdef2', 'in lower case'],
    ['AKIARZPUZDIK1ABCDEF2', 'with a digit that base32 does not have'],
    ['AKIA77777777VABCDEF2', 'whose account would have 13 digits'],
    ['', 'that is empty'],
  ])('%s, %s, tells nothing', (accessKeyId) => {
    expect(accountOfAccessKeyId(accessKeyId)).toBeNull()
  })

  test('has 20 characters and gives back the account that it was made for, for every account and all randomness', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 999_999_999_999 }),
        fc.constantFrom('AKIA' as const, 'ASIA' as const),
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        (number, prefix, noise) => {
          const account = String(number).padStart(12, '0')
          const id = newAccessKeyId(prefix, account, (bytes) => noise.subarray(0, bytes))
          expect(id).toMatch(/^A[KS]IA[Q-Z2-7][A-Z2-7]{15}$/)
          expect(id.startsWith(prefix)).toBe(true)
          expect(accountOfAccessKeyId(id)).toBe(account)
        },
      ),
    )
  })

  test('spells the account of the published vectors in its first nine characters', () => {
    expect(newAccessKeyId('AKIA', '123456789012', zeros)).toBe('AKIARZPUZDIKAAAAAAAA')
    expect(newAccessKeyId('AKIA', '123456789013', ones)).toBe('AKIARZPUZDIK77777777')
  })
})

describe('a secret access key', () => {
  test('is 40 characters of base64 without padding and carries all 30 random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 30, maxLength: 30 }), (noise) => {
        const secret = newSecretAccessKey(() => noise)
        expect(secret).toMatch(/^[A-Za-z0-9+/]{40}$/)
        expect(new Uint8Array(Buffer.from(secret, 'base64'))).toEqual(noise)
      }),
    )
  })
})

describe('a unique id', () => {
  test('has 21 characters and uses the whole alphabet', () => {
    const ids = Array.from({ length: 200 }, () => uniqueId('AIDA', random))
    for (const id of ids) expect(id).toMatch(/^AIDA[A-Z2-7]{17}$/)
    expect(new Set(ids.join('')).size).toBe(32)
    expect(new Set(ids).size).toBe(200)
  })
})

describe('a UUID of version 7', () => {
  test('has the example of RFC 9562 appendix A.6', () => {
    const noise = Buffer.from('0cc318c4dc0c0c07398f', 'hex')
    expect(uuidv7(new Date(0x017f22e279b0), () => noise)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f')
  })

  test('sorts by time, whatever is random', () => {
    const at = Date.parse('2026-01-15T12:00:00Z')
    expect(uuidv7(new Date(at), ones) < uuidv7(new Date(at + 1), zeros)).toBe(true)
  })

  test('sorts within a millisecond in the order in which ids were asked for', () => {
    const at = new Date('2026-01-15T12:00:00Z')
    for (const noise of [random, zeros]) {
      const ids = Array.from({ length: 5_000 }, () => uuidv7(at, noise))
      expect(ids).toEqual([...new Set(ids)].toSorted())
      // The next one starts elsewhere.
      uuidv7(new Date(0), noise)
    }
  })

  test('keeps version and variant, whatever is random', () => {
    for (const noise of [zeros, ones]) {
      expect(uuidv7(new Date(0), noise)).toMatch(
        /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      )
    }
  })
})
