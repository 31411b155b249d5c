import { describe, expect, test } from 'vitest'
import { generatePassword, isCommonPassword } from '../../../src/authn/password/index.ts'
import { testRandom } from '../../support/services.ts'

describe('a password that anybody would try is known as one', () => {
  test.each([
    ['of the list', 'password1'],
    ['of the list in another case', 'QwErTy123'],
    ['of the list in wide letters', 'ｐａｓｓｗｏｒｄ１'],
    ['with lookalikes', 'P@$$w0rd'],
    ['with a year', 'Sunshine2024'],
    ['with a year and a sign', 'Password2026!'],
    ['with a number before it', '1.Password'],
    ['with lookalikes and a number', 'P@ssw0rd1!'],
    ['twice', 'DragonDragon'],
    ['one character', 'aaaaaaaa'],
    ['one character, and many of them', 'Z'.repeat(128)],
    ['two characters', '-_-_-_-_'],
    ['a short unit', 'Abc1Abc1Abc1'],
    ['a row', '23456789'],
    ['a row downwards', 'zyxwvuts'],
  ])('%s', async (_what, password) => {
    expect(await isCommonPassword(password)).toBe(true)
  })

  test('the name of its user, in any case', async () => {
    expect(await isCommonPassword('Maria.Kowalska-7', ['maria.kowalska-7'])).toBe(true)
    expect(await isCommonPassword('Maria.Kowalska-8', ['maria.kowalska-7'])).toBe(false)
  })
})

test('a password that says something of its own is none', async () => {
  const random = testRandom('passwords')
  const generated = Array.from({ length: 200 }, () => generatePassword(random))
  const chosen = [
    'Alice-begins-here-1',
    'Correct-Horse-7',
    'a password of the tests',
    'kQ7-',
    '9f8e7d6c5b4a',
    '漢字かな交じり文で書く',
    '',
  ]
  for (const password of [...generated, ...chosen])
    expect([password, await isCommonPassword(password)]).toEqual([password, false])
})

test('the longest password is looked up without delay, whatever it is made of', async () => {
  await isCommonPassword('x')
  const from = performance.now()
  for (const one of ['1', '!', 'a1', '0a0', '-_'])
    for (let n = 0; n < 100; n++) await isCommonPassword(one.repeat(64).slice(0, 128))
  expect(performance.now() - from).toBeLessThan(2_000)
})
