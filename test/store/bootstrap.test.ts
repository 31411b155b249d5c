import { beforeEach, expect, test } from 'vitest'
import { BUILT_IN_POLICIES } from '../../src/iam/policies/built-in/index.ts'
import { CommonPasswordError, createAccount, ensureAccount } from '../../src/store/bootstrap.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { testServices } from '../support/services.ts'

let database: TestDatabase

beforeEach(async () => {
  database = await freshDatabase()
})

const newAccount = () => ({ ...testServices(database), hashPassword, builtInPolicies: BUILT_IN_POLICIES })

/** The hash is the password's text turned around: the real one is another room's, and slow. */
const hashPassword = async (password: string) => password.split('').toReversed().join('')

const start = (options = {}) => ensureAccount({ ...newAccount(), ...options })

test('the first start makes the account and its root user with what was configured', async () => {
  const given = { accountId: '001122334455', rootEmail: 'Root@Example.com', rootPassword: 'correct horse' }
  expect(await start(given)).toEqual({
    accountId: '001122334455',
    rootEmail: 'root@example.com',
    generatedPassword: null,
    created: true,
  })
  const root = await database.db.user.findFirstOrThrow({ include: { loginProfile: true } })
  expect(root).toMatchObject({
    accountId: '001122334455',
    id: '001122334455',
    root: true,
    email: 'root@example.com',
    loginProfile: { passwordHash: 'esroh tcerroc', passwordResetRequired: false },
  })
})

test('without configuration it draws an account id and a password that is answered once', async () => {
  const made = await start()
  expect(made.accountId).toMatch(/^\d{12}$/)
  expect(made.generatedPassword).toMatch(/^.{24}$/)
  expect(await database.db.loginProfile.findFirstOrThrow()).toMatchObject({
    passwordHash: await hashPassword(made.generatedPassword!),
    // It was on a screen: nothing but changing it is possible with it.
    passwordResetRequired: true,
  })
  expect(await start()).toEqual({ ...made, generatedPassword: null, created: false })
})

test('a later start changes nothing, whatever is configured then', async () => {
  await start({ accountId: '111111111111', rootEmail: 'a@example.com', rootPassword: 'password-a' })
  const again = await start({ accountId: '222222222222', rootEmail: 'b@example.com', rootPassword: 'password-b' })
  expect(again).toMatchObject({ accountId: '111111111111', rootEmail: 'a@example.com', created: false })
  expect(await database.db.loginProfile.findFirstOrThrow()).toMatchObject({
    passwordHash: await hashPassword('password-a'),
  })
})

test('no account begins with a root password that anybody would try, and one that is there is not locked out', async () => {
  for (const rootPassword of ['aaaaaaaa', 'Password1!', 'qwertyuiop', 'Root@Example.com']) {
    const given = { rootEmail: 'root@example.com', rootPassword }
    await expect(start(given)).rejects.toThrow(CommonPasswordError)
    await expect(createAccount({ ...newAccount(), ...given })).rejects.toThrow(CommonPasswordError)
  }
  expect(await database.db.account.count()).toBe(0)
  const made = await start({ rootPassword: 'correct horse' })
  expect(await start({ rootPassword: 'aaaaaaaa' })).toEqual({ ...made, created: false })
})

test('gateways that start at once make one account, and one of them says that it did', async () => {
  const starts = await Promise.all([start(), start(), start()])
  expect(await database.db.account.count()).toBe(1)
  expect(starts.filter(({ created }) => created)).toHaveLength(1)
  expect(starts.filter(({ generatedPassword }) => generatedPassword !== null)).toHaveLength(1)
  expect(new Set(starts.map(({ accountId }) => accountId)).size).toBe(1)
})

const further = (options: { rootEmail: string; accountId?: string; alias?: string }) =>
  createAccount({ ...newAccount(), ...options })

test('a further account has a root user of its own, and the first account stays the one that starts name', async () => {
  // Both are made at one moment of the clock here, and then the smaller id is the first.
  const first = await start({ accountId: '000000000001' })
  const second = await further({ rootEmail: 'Second@example.com', alias: 'second' })
  expect(second).toEqual({
    accountId: expect.stringMatching(/^\d{12}$/),
    rootEmail: 'second@example.com',
    generatedPassword: expect.stringMatching(/^.{24}$/),
    created: true,
  })
  expect(await database.db.user.findMany({ where: { root: true }, select: { id: true } })).toEqual(
    expect.arrayContaining([{ id: first.accountId }, { id: second.accountId }]),
  )
  expect(await start()).toMatchObject({ accountId: first.accountId, created: false })
})

test('a further account takes neither id, address nor alias of another one', async () => {
  await further({ accountId: '111111111111', rootEmail: 'a@example.com', alias: 'first' })
  const refused = (options: Parameters<typeof further>[0]) => expect(further(options)).rejects
  await refused({ accountId: '111111111111', rootEmail: 'b@example.com' }).toThrow(
    'There is an account 111111111111 already.',
  )
  await refused({ rootEmail: 'A@example.com' }).toThrow(
    'The root user of another account signs in as a@example.com already.',
  )
  await refused({ rootEmail: 'b@example.com', alias: 'first' }).toThrow('Another account is called first already.')
  expect(await database.db.account.count()).toBe(1)
})
