import { createHook } from 'node:async_hooks'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hashPassword } from '../../../src/authn/password/index.ts'
import { prepareReuseCheck } from '../../../src/iam/login-profiles/password-history.ts'
import type { SignInInput } from '../../../src/iam/sessions/sign-in-subject.ts'
import { statementsOf } from '../../graphql/statements.ts'
import { codedError, HOME, type Installation, openInstallation, PASSWORD } from '../../support/signing-in.ts'

/** How many hashes the native library was asked for: it is the only one here whose work has no name. */
let hashes = 0
const hook = createHook({
  init(_id, type) {
    if (type === 'undefined') hashes++
  },
})

type Case = readonly [what: string, input: Partial<SignInInput>]

/** Ways to ask; within each one it must not show what there is. */
const WAYS: readonly (readonly [way: string, cases: readonly Case[]])[] = [
  [
    'an account id',
    [
      ['no such account', { account: '999999999999' }],
      ['no such user', { account: '123456789012', userName: 'nobody' }],
      ['a user without a password', { account: '123456789012', userName: 'NoPassword' }],
      ['a wrong password', { account: '123456789012' }],
      ['a wrong password of a user with a device and with sessions', { account: '123456789012', userName: 'Bob' }],
      ['the name of the root user', { account: '123456789012', userName: 'root' }],
    ],
  ],
  [
    'an alias',
    [
      ['no such alias', { account: 'nowhere' }],
      ['no such user', { userName: 'nobody' }],
      ['a wrong password', {}],
    ],
  ],
  [
    'an e-mail address of root',
    [
      ['no such root', { account: null, userName: null, rootEmail: 'nobody@example.com' }],
      ['a wrong password', { account: null, userName: null, rootEmail: 'root@example.com' }],
    ],
  ],
]

let installation: Installation
let addresses = 0

beforeAll(async () => {
  installation = await openInstallation()
  // Of the strength that those have which are compared with nothing.
  await installation.db.loginProfile.updateMany({ data: { passwordHash: await hashPassword(PASSWORD) } })
  await installation.account.createTestUser({ name: 'NoPassword' })
  await installation.signIn({ userName: 'Bob' })
  await installation.enrol(installation.bob, 'phone')
  hook.enable()
})

afterAll(() => hook.disable())

/** What an attempt and a second one from the same address, which nobody came from before, cost until they are answered. */
async function workOf(input: Partial<SignInInput>) {
  const from = { sourceIp: `203.0.113.${++addresses}` }
  const attempt = async () => {
    hashes = 0
    let code: unknown
    const statements = await statementsOf(installation.pool, async () => {
      code = (await codedError(() => installation.signIn({ password: 'wrong', ...input }, from))).code
    })
    return { code, statements, hashes }
  }
  return { first: await attempt(), second: await attempt() }
}

describe('the work of a refused sign-in does not tell what exists', () => {
  test.each(WAYS)('by %s', async (_, cases) => {
    const works = []
    for (const [what, input] of cases) works.push({ what, ...(await workOf(input)) })
    const [reference] = works
    expect(reference?.first.statements.length).toBeGreaterThan(2)
    expect(reference).toMatchObject({ first: { code: 'AccessDenied', hashes: 1 } })
    for (const { what, ...work } of works) expect({ what, ...work }).toEqual({ ...reference, what })
    // What was refused is in the trail nonetheless, once nobody waits for it.
    expect(await statementsOf(installation.pool, () => installation.services.tally.writeNotes())).not.toEqual([])
  })

  test('nor does it tell by which of these ways one asked', async () => {
    const counts = new Set<string>()
    for (const [, cases] of WAYS) {
      const { first, second } = await workOf(cases[0]![1])
      counts.add([first, second].map(({ statements, hashes: made }) => `${statements.length} ${made}`).join())
    }
    expect(counts.size).toBe(1)
  })
})

test('the hashes that a new password is compared with wait in turn with others of their address', async () => {
  await installation.db.passwordPolicy.create({
    data: { accountId: installation.account.accountId, passwordReusePrevention: 5 },
  })
  const asked = Array.from({ length: 60 }, () =>
    prepareReuseCheck(installation.db, installation.alice, 'Another-One-8', HOME),
  )
  const outcomes = await Promise.allSettled(asked)
  const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [String(outcome.reason)] : []))
  expect(refused.length).toBeGreaterThan(0)
  expect(new Set(refused)).toEqual(new Set([expect.stringContaining('TooManyHashes')]))
})
