import { expect, test } from 'vitest'
import { cookieValues, sessionCookieName } from '../../src/authn/session-cookie.ts'

test.each([
  ['https://iam.example.com', '__Host-latchkey-session'],
  ['https://iam.example.com:8443', '__Host-latchkey-session'],
  ['http://iam.example.com', 'latchkey-session-80'],
  ['http://[::1]:4000', 'latchkey-session-4000'],
])('browsers of %s keep %s', (origin, name) => {
  expect(sessionCookieName(origin)).toBe(name)
})

test('all cookies of the name are found, in every header line, and none inside another', () => {
  const lines = ['s=1; t=2;s=3', '\ts=\t', 's', 'S=4', 'a="s=5;s=6"', 'a=b,s=7', '\u00a0s=8', 's =9', 's=1=2']
  const raw = lines.flatMap((line, at) => [at % 2 === 0 ? 'Cookie' : 'cookie', line])
  expect(cookieValues([...raw, 'x-cookie', 's=10'], 's')).toEqual(['1', '3', '', '6"', '1=2'])
})
