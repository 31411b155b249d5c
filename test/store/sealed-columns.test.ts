import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { loadMasterKey } from '../../src/store/master-key.ts'
import { SEALED_COLUMNS } from '../../src/store/sealed-columns.ts'
import { createSecretBox } from '../../src/store/secret-box.ts'

const MASTER_KEY = Buffer.alloc(32, 'release 0.1.0').toString('base64')
const ROW = { accountId: '123456789012', id: 'AKIDOFTHEROW' }

/** Sealed by release 0.1.0, or the first one that had the table, under the key above, each for the row above, by table. */
const SEALED: Readonly<Record<string, string>> = {
  access_key: 'AdqZjxIhwyRw2stlIJN+vzm7JQ5O3ck20b4BPS/8xyUdbsL2se6qxgD1OQZVXOc=',
  mfa_device: 'AW9MK+/e4yPfhQ2OoYYKy1mW1Y3zzIE24NPP1T6a1P9+4hf+Pw+V+P4lB9jE',
  recovery_codes: 'ATisAdwZKXRK11ZLeehf0C5bvy2x7ycGeZiptiEcyGoL4xvnIkI64eXlUbYVLCDL0kkJdhA9edealg==',
  server_certificate: 'AQWvGgfTfXPvBTlrugiiwPTEDCvY0cNkeRJNUA33dFH9NOBmRubqnsCgxW3kk1X1xxSxUddIbQm6H5tBANqb',
  signing_key: 'AbFJ/aoFIMNXOgbvY9JEUvP6aykPh3IQJxJoGmzWso+DfQSD/sHOspTSc/D56F0C',
  token_issuer_key: 'AQ6SyVt6bBVInBLn1mmykbZCPqwUNg/7rKs+IdvLzeo/Xe9OZBc6e++0+1d/PkUUjcj9s80Bhy/K',
}

const masterKey = loadMasterKey({ fromEnvironment: MASTER_KEY, dataDir: 'unused' })
const box = createSecretBox(masterKey.deriveKeys('secrets'), randomBytes)

test.each(SEALED_COLUMNS)(
  'what release 0.1.0 sealed in $table opens, and for its own row only',
  ({ table, what, owner }) => {
    const sealed = { keyId: '073861d9', ciphertext: new Uint8Array(Buffer.from(SEALED[table] ?? '', 'base64')) }
    expect(Buffer.from(box.open(sealed, owner(ROW))).toString()).toBe(`of the ${what}`)
    expect(() => box.open(sealed, owner({ ...ROW, id: 'AKIDOFANOTHER' }))).toThrow('sealed for another owner')
  },
)

test('no two kinds of secrets are bound to the same text', () => {
  expect(new Set(SEALED_COLUMNS.map(({ owner }) => owner(ROW))).size).toBe(SEALED_COLUMNS.length)
})
