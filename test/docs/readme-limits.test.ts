import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { bucket } from '../../src/iam/throttle/limits.ts'

const README = readFileSync(path.join(import.meta.dirname, '../../README.md'), 'utf8')

/** The limit that each row of the table is about. */
const ROWS = {
  'Sign-in as one user from one address': 'signInUserAtAddress',
  'Sign-in from one address (an IPv6 /64 is one)': 'signInAddress',
  'Sign-in as one user from all unfamiliar addresses': 'signInUser',
  'Sign-in to one account from all unfamiliar addresses': 'signInAccount',
  'Tokens of identity providers from one address': 'webIdentityAddress',
  'One-time codes of one user': 'mfaCode',
  'Old passwords offered to `changePassword`': 'changePassword',
} as const

test('the throttling table of the README has the limits that are in force', () => {
  const lines = README.split('\n')
  for (const [what, kind] of Object.entries(ROWS)) {
    const { attempts, seconds } = bucket(kind)
    const span = seconds === 3600 ? 'an hour' : `${seconds / 60} minutes`
    expect(lines).toContain(`| ${what} | ${attempts} in ${span} |`)
  }
})
