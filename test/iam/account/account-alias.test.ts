import { beforeEach, describe, expect, test } from 'vitest'
import { createAccountAlias, deleteAccountAlias, listAccountAliases } from '../../../src/iam/account/account-alias.ts'
import { auditTrail, callAs, refusal } from '../../support/call.ts'
import { seedAccount } from '../../support/seed-account.ts'
import { type Installation, openInstallation } from '../../support/signing-in.ts'

const OTHER = '210987654321'

let installation: Installation
beforeEach(async () => {
  installation = await openInstallation()
})

/** Each call is a second later, so that the trail has their order. */
const root = () => {
  installation.services.clock.advance(1000)
  return callAs(installation.services, installation.account.root)
}
const create = async (accountAlias: string) => createAccountAlias(await root(), { accountAlias })
const remove = async (accountAlias: string) => deleteAccountAlias(await root(), { accountAlias })
const aliases = () => listAccountAliases({ db: installation.db, principal: installation.account })
const signsIn = async (account: string) =>
  installation.signIn({ account, userName: 'Alice' }).then(
    () => true,
    () => false,
  )
const taken = (alias: string) => ({
  code: 'EntityAlreadyExists',
  message: `The account alias ${alias} already exists.`,
})
const absent = (alias: string) => ({
  code: 'NoSuchEntity',
  message: `The account alias with name ${alias} cannot be found.`,
})

describe('an account alias', () => {
  test('replaces the one before, and signs in at once while the old one no longer does', async () => {
    expect(await signsIn('example')).toBe(true)
    await create('second-name')
    expect(await aliases()).toEqual(['second-name'])
    expect(await signsIn('second-name')).toBe(true)
    expect(await signsIn('example')).toBe(false)
    await remove('second-name')
    expect(await aliases()).toEqual([])
    expect(await signsIn('second-name')).toBe(false)
    expect(await signsIn(installation.account.accountId)).toBe(true)
  })

  test('is recorded when it is made, deleted and refused', async () => {
    const before = (await auditTrail(installation.services, installation.account.accountId)).length
    await create('second-name')
    await remove('second-name')
    await refusal(() => remove('second-name'))
    expect((await auditTrail(installation.services, installation.account.accountId)).slice(before)).toMatchObject([
      { result: 'SUCCESS', detail: { accountAlias: 'second-name' } },
      { result: 'SUCCESS', detail: { accountAlias: 'second-name' } },
      { result: 'FAILURE', errorCode: 'NoSuchEntity', detail: { accountAlias: 'second-name' } },
    ])
  })

  test('is taken once, be it by another account or by this one', async () => {
    await seedAccount(installation.services, { accountId: OTHER, alias: 'theirs' })
    expect(await refusal(() => create('theirs'))).toEqual(taken('theirs'))
    expect(await refusal(() => create('example'))).toEqual(taken('example'))
    expect(await aliases()).toEqual(['example'])
  })

  test('is one account’s when two ask for it at once', async () => {
    const others = await seedAccount(installation.services, { accountId: OTHER })
    const calls = [await root(), await callAs(installation.services, others.root)]
    const results = await Promise.allSettled(calls.map((call) => createAccountAlias(call, { accountAlias: 'wanted' })))
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: taken('wanted') })
    expect(await installation.db.account.count({ where: { alias: 'wanted' } })).toBe(1)
  })

  test('of another account is deleted by nobody here, and looks like one that there is not', async () => {
    await seedAccount(installation.services, { accountId: OTHER, alias: 'theirs' })
    expect(await refusal(() => remove('theirs'))).toEqual(absent('theirs'))
    expect(await refusal(() => remove('nobodys'))).toEqual(absent('nobodys'))
    expect(await listAccountAliases({ db: installation.db, principal: { accountId: OTHER } })).toEqual(['theirs'])
    expect(await aliases()).toEqual(['example'])
  })

  test.each(['Upper', 'two--hyphens', '-first', 'last-', 'dots.in.it'])('cannot be called %s', async (alias) => {
    const invalid = {
      code: 'ValidationError',
      message:
        "1 validation error detected: Value at 'accountAlias' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]",
    }
    expect(await refusal(() => create(alias))).toEqual(invalid)
    expect(await refusal(() => remove(alias))).toEqual(invalid)
  })

  test.each([
    ['ab', 'greater than or equal to 3'],
    ['a'.repeat(64), 'less than or equal to 63'],
  ])('has 3 to 63 characters: %s', async (alias, limit) => {
    expect(await refusal(() => create(alias))).toEqual({
      code: 'ValidationError',
      message: `1 validation error detected: Value at 'accountAlias' failed to satisfy constraint: Member must have length ${limit}`,
    })
  })

  test('does not look like the id of an account', async () => {
    expect(await refusal(() => create(OTHER))).toEqual({
      code: 'ValidationError',
      message: 'The specified value for accountAlias is invalid. It must not be a 12-digit number.',
    })
    await create('21098765432')
    expect(await aliases()).toEqual(['21098765432'])
  })
})
