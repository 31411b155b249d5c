import { assert, asyncProperty, base64String, oneof, property, string, uint8Array } from 'fast-check'
import { expect, test } from 'vitest'
import { isSecretAccessKey, openSecret, sealSecret } from '../../src/console/pages/identities/sealed-secret.ts'

const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
const secret = uint8Array({ minLength: 30, maxLength: 30 }).map((bytes) => Buffer.from(bytes).toString('base64'))
/** Deriving a key is slow on purpose. */
const FEW = { numRuns: 8 }

test('the PIN opens what it sealed, whatever the secret and the PIN', async () => {
  await assert(
    asyncProperty(secret, string({ minLength: 6, unit: 'grapheme' }), async (plain, pin) => {
      expect(await openSecret(await sealSecret(plain, pin), pin)).toBe(plain)
    }),
    FEW,
  )
})

test('every other PIN opens it to another secret that looks as good: only the server can tell', async () => {
  const sealed = await sealSecret(SECRET, '135790')
  const opened = await Promise.all(['000000', '135791', '1357900', ''].map((pin) => openSecret(sealed, pin)))
  for (const other of opened) {
    expect(isSecretAccessKey(other)).toBe(true)
    expect(other).not.toBe(SECRET)
  }
  expect(new Set(opened).size).toBe(opened.length)
})

test('what is kept holds neither the secret nor the PIN, and is as long as the secret: there is no tag to check a PIN by', async () => {
  const sealed = await sealSecret(SECRET, '135790')
  expect(sealed.iterations).toBe(600_000)
  expect(Buffer.from(sealed.salt, 'base64')).toHaveLength(16)
  expect(Buffer.from(sealed.ciphertext, 'base64')).toHaveLength(30)
  expect(JSON.stringify(sealed)).not.toContain('135790')
  expect(sealed.ciphertext).not.toBe(SECRET)
})

test('the same secret under the same PIN is never kept twice in the same way', async () => {
  const [one, two] = [await sealSecret(SECRET, '135790'), await sealSecret(SECRET, '135790')]
  expect(one.salt).not.toBe(two.salt)
  expect(one.ciphertext).not.toBe(two.ciphertext)
})

test('a PIN is the same in every way to type its characters', async () => {
  expect(await openSecret(await sealSecret(SECRET, 'caf\u00e9-12'), 'cafe\u0301-12')).toBe(SECRET)
})

test('only what is exactly 30 bytes in base64 is a secret access key', async () => {
  for (const no of [
    '',
    SECRET.slice(1),
    `${SECRET}a`,
    `${SECRET.slice(0, 39)}=`,
    ` ${SECRET.slice(1)}`,
    SECRET.replace('/', '-'),
  ])
    expect(isSecretAccessKey(no), no).toBe(false)
  assert(
    property(oneof(secret, base64String({ maxLength: 80 })), (text) => {
      expect(isSecretAccessKey(text)).toBe(Buffer.from(text, 'base64').length === 30)
    }),
  )
  await expect(sealSecret('no secret', '135790')).rejects.toThrow(TypeError)
})
