import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  checkDefaultPasswordPolicy,
  generatePassword,
  hashPassword,
  owaspCost,
  passwordPolicyViolation,
  verifyAgainstNothing,
  verifyPassword,
} from '../../../src/authn/password/index.ts'

/** The least that argon2 allows: the tests are about answers, not about work. */
const cheap = { memoryCost: 8, timeCost: 1, parallelism: 1 }

describe('hashing', () => {
  test('a password verifies against its own hash and no other', async () => {
    const hash = await hashPassword('Correct-Horse-1', cheap)
    expect(await verifyPassword(hash, 'Correct-Horse-1')).toBe(true)
    for (const wrong of ['correct-horse-1', 'Correct-Horse-1 ', '', 'Correct-Horse-1\0'])
      expect(await verifyPassword(hash, wrong)).toBe(false)
  })

  test("stored hashes are argon2id at OWASP's cost, salted anew each time", async () => {
    const [one, two] = await Promise.all([hashPassword('Correct-Horse-1'), hashPassword('Correct-Horse-1')])
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(one).not.toBe(two)
    expect(one).not.toContain('Correct')
    expect(await verifyPassword(one, 'Correct-Horse-1')).toBe(true)
    expect(owaspCost).toEqual({ memoryCost: 19_456, timeCost: 2, parallelism: 1 })
  })

  test('one password typed on two keyboards is one password', async () => {
    expect(await verifyPassword(await hashPassword('Caf\u00e9-Horse-1', cheap), 'Cafe\u0301-Horse-1')).toBe(true)
  })

  test('a user who does not exist has no password', async () => {
    expect(await verifyAgainstNothing('Correct-Horse-1', cheap)).toBe(false)
    expect(await verifyAgainstNothing('', cheap)).toBe(false)
  })
})

const refuses = (password: string, ...forbidden: string[]) =>
  checkDefaultPasswordPolicy(password, forbidden) === passwordPolicyViolation

describe('the default password policy', () => {
  test('has the text of IAM', () => {
    expect(passwordPolicyViolation).toBe('Password does not conform to the account password policy.')
  })

  test.each([
    ['Abcdef1!', 'four classes'],
    ['Abcdefg1', 'no symbol'],
    ['abcdef1!', 'no upper case'],
    ['ABCDEF1!', 'no lower case'],
    ['Abcdefg!', 'no digit'],
    [`Ab1${'x'.repeat(125)}`, '128 characters'],
    ["Abcdefg'", 'a quote as symbol'],
    ['Abcdefg|', 'a bar as symbol'],
    ['Passw0rd and blanks', 'blanks'],
  ])('accepts %j: %s', (password) => {
    expect(checkDefaultPasswordPolicy(password, ['acme', 'root@example.com'])).toBeNull()
  })

  test.each([
    ['', 'empty'],
    ['Abcde1!', 'seven characters'],
    [`Ab1${'x'.repeat(126)}`, '129 characters'],
    ['abcdefgh', 'one class'],
    ['abcdefg1', 'two classes'],
    ['ABCDEFG!', 'two classes'],
    ['abcdefgé1', 'an accented letter is in no class'],
    ['abcdefg1~', 'a symbol that IAM does not count'],
  ])('refuses %j: %s', (password) => {
    expect(refuses(password)).toBe(true)
  })

  test('refuses the account name and the e-mail address, in any case', () => {
    expect(refuses('Acme-Corp-1', 'acme-corp-1', 'root@example.com')).toBe(true)
    expect(refuses('Root1@example.com', 'acme', 'root1@Example.com')).toBe(true)
    expect(refuses('Acme-Corp-12', 'acme-corp-1')).toBe(false)
  })
})

describe('a generated password', () => {
  test('has 24 characters of all four classes and conforms to the policy', () => {
    const passwords = Array.from({ length: 200 }, () => generatePassword(randomBytes))
    expect(new Set(passwords).size).toBe(200)
    for (const password of passwords) {
      expect(password).toMatch(/^[A-HJ-NP-Za-km-z2-9_=+@-]{24}$/)
      for (const one of [/[A-Z]/, /[a-z]/, /[0-9]/, /[-_=+@]/]) expect(password).toMatch(one)
      expect(checkDefaultPasswordPolicy(password, [])).toBeNull()
    }
  })

  test('draws again when a class is missing, and takes no biased bytes', () => {
    // 255 lies above the largest multiple of the alphabet and must be skipped; the first draw is all "A".
    const draws = [
      Buffer.alloc(24, 0),
      Buffer.alloc(24, 255),
      Buffer.from(Array.from({ length: 24 }, (_, i) => i * 10)),
    ]
    const password = generatePassword(() => draws.shift() ?? Buffer.alloc(24, 61))
    expect(draws).toEqual([])
    expect(password).toMatch(/[-_=+@]/)
  })
})
