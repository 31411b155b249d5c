import { expect, test } from 'vitest'
import { ACCOUNT_ID } from '../http/serve-application.ts'
import { accessKeys } from './pages/access-keys.ts'
import { createAccessKeyPage } from './pages/create-access-key.ts'
import { shell } from './pages/shell.ts'
import { usersPage } from './pages/users.ts'
import { anywhere, CREATE_OWN_KEYS } from './policies.ts'
import { expectAccessible } from './support/accessible.ts'
import { usePortal } from './support/portal.ts'

const portal = usePortal()

test('C10: without iam:ListUsers the page of users says so kindly and leads to the own user', async () => {
  await portal.createPerson({ name: 'kim', policies: { CREATE_OWN_KEYS } })
  const page = await portal.openAs('kim', '/users')
  await page.getByText('You may not look at the list of users').waitFor()
  await page.getByText('iam:ListUsers').waitFor()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'My user' }).click()
  await shell(page).isAt('kim')
  await accessKeys(page).create.click()
  await createAccessKeyPage(page).makeKey()
  await createAccessKeyPage(page).done.click()
  await expect.poll(async () => await accessKeys(page).ids()).toHaveLength(1)
})

test('C23, C24, C25: Manage columns shows every key id with its state, to be copied, and is remembered', async () => {
  await portal.createUser('mona')
  await portal.createUser('nils')
  const { accessKeyId: first } = await portal.createKey('mona')
  portal.served.clock.advance(60_000)
  const { accessKeyId: second } = await portal.createKey('mona')
  await portal.deactivateKey('mona', first)
  const page = await portal.openAs('root', '/users')
  const users = usersPage(page)
  await users.preferences.click()
  await page.getByRole('group', { name: 'Manage columns' }).waitFor()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await users.show('Access key ID')
  const ids = (await users.cell('mona', 'Access key ID')).split('\n').map((line) => line.trim())
  expect(ids.join(' ').replaceAll(/\s+/g, ' ')).toBe(`${first} (Inactive) ${second} (Active)`)
  await expect.poll(async () => await users.cell('nils', 'Access key ID')).toBe('None')
  await users
    .row('mona')
    .getByRole('button', { name: `Copy ${first}` })
    .waitFor()
  await expectAccessible(page)
  await page.reload()
  await expect.poll(async () => await users.cell('nils', 'Access key ID')).toBe('None')
})

test('C26: a pasted access key id finds its user, active or not, and a part of a name finds every user with it', async () => {
  await portal.createUser('olga')
  await portal.createUser('holger')
  const { accessKeyId: id } = await portal.createKey('olga')
  await portal.deactivateKey('olga', id)
  const page = await portal.openAs('root', '/users')
  const users = usersPage(page)
  await users.names()
  await users.search.fill(id)
  await users.row('holger').waitFor({ state: 'detached' })
  await expect.poll(async () => await users.names()).toEqual(['olga'])
  const { accessKeyId: active } = await portal.createKey('holger')
  await users.search.fill(active)
  await users.row('holger').waitFor()
  await expect.poll(async () => await users.names()).toEqual(['holger'])
  await users.search.fill('OLG')
  await users.row('olga').waitFor()
  await expect.poll(async () => await users.names()).toEqual(['holger', 'olga'])
  await users.search.fill('nobody of that name')
  await page.getByText('No user matches').waitFor()
  await expectAccessible(page)
})

test('C27, C28: ages are those of the oldest active key and of the password, and None without', async () => {
  await portal.createUser('pia')
  await portal.createPerson({ name: 'quinn' })
  const { accessKeyId: old } = await portal.createKey('pia')
  portal.served.clock.advance(10 * 24 * 3600_000)
  await portal.createKey('pia')
  const page = await portal.openAs('root', '/users')
  const users = usersPage(page)
  await expect.poll(async () => await users.cell('pia', 'Access key age')).toBe('10 days')
  await expect.poll(async () => await users.cell('quinn', 'Access key age')).toBe('None')
  await expect.poll(async () => await users.cell('quinn', 'Password age')).toBe('10 days')
  await expect.poll(async () => await users.cell('pia', 'Password age')).toBe('None')
  await expect.poll(async () => await users.cell('quinn', 'Console last sign-in')).toBe('Never')
  await expect.poll(async () => await users.cell('pia', 'Console last sign-in')).toBe('None')
  await portal.deactivateKey('pia', old)
  await page.getByRole('button', { name: 'Refresh' }).click()
  await users.row('pia').getByText('0 days').waitFor()
})

test('C28: the last activity is the later of the password and any key; Never without a use, None without credentials', async () => {
  await portal.createPerson({ name: 'otto' })
  for (const name of ['paul', 'petra']) await portal.createUser(name)
  const { accessKeyId: first } = await portal.createKey('otto')
  const { accessKeyId: second } = await portal.createKey('paul')
  const { clock, application } = portal.served
  const use = async (accessKeyId: string, daysAgo: number) => {
    const at = new Date(clock().getTime() - daysAgo * 24 * 3600_000)
    const how = { service: 'iam', region: 'us-east-1', operation: null, sourceIp: null }
    application.lastUsed.recordKey({ accountId: ACCOUNT_ID, accessKeyId, at, ...how })
    await application.lastUsed.flush()
  }
  await (await portal.openAs('otto', '/')).close()
  clock.advance(9 * 24 * 3600_000)
  const page = await portal.openAs('root', '/users')
  const users = usersPage(page)
  await expect.poll(async () => await users.cell('otto', 'Last activity')).toBe('9 days ago')
  await expect.poll(async () => await users.cell('paul', 'Last activity')).toBe('Never')
  await expect.poll(async () => await users.cell('petra', 'Last activity')).toBe('None')
  await use(first, 3)
  await use(second, 0.5)
  await page.getByRole('button', { name: 'Refresh' }).click()
  await users.row('otto').getByText('3 days ago').waitFor()
  await expect.poll(async () => await users.cell('paul', 'Last activity')).toBe('12 hours ago')
})

test('who may see keys but not when they were used is not told half of the last activity', async () => {
  await portal.createUser('pete')
  await portal.createKey('pete')
  await portal.createPerson({ name: 'rosa', policies: { Allowed: anywhere('iam:ListUsers', 'iam:ListAccessKeys') } })
  const page = await portal.openAs('rosa', '/users?search=pete')
  const users = usersPage(page)
  await expect.poll(async () => await users.cell('pete', 'Last activity')).toBe('Not allowed to know')
  await expect.poll(async () => await users.cell('pete', 'Access key age')).toBe('0 days')
})

test('who may look at the users of one path sees their columns there', async () => {
  await portal.createUser('sina', '/dev/')
  await portal.createKey('sina')
  const DEV = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: 'iam:ListUsers', Resource: 'arn:aws:iam::*:user/dev/' },
      { Effect: 'Allow', Action: 'iam:ListAccessKeys', Resource: 'arn:aws:iam::*:user/dev/*' },
    ],
  }
  await portal.createPerson({ name: 'silas', policies: { DEV } })
  const page = await portal.openAs('silas', '/users?path=%2Fdev%2F')
  await expect.poll(async () => await usersPage(page).cell('sina', 'Access key age')).toBe('0 days')
})

test('a page of users asks only for the rows that it shows, and never for their number', async () => {
  const page = await portal.openAs('root', '/dashboard')
  const asked: string[] = []
  page.on('request', (request) => void asked.push(request.postData() ?? ''))
  await page.getByRole('link', { name: 'Users' }).first().click()
  await usersPage(page).names()
  const [query, ...more] = asked.filter((body) => body.includes('query UsersPage'))
  expect(more).toEqual([])
  expect(JSON.parse(query ?? '')).toMatchObject({ variables: { first: 20 } })
  expect(query).toMatch(/groups\(first:10\)/)
  expect(query).not.toMatch(/total|count|accountSummary/i)
})

test('a list longer than a page is gone through page by page, and a path narrows it', async () => {
  for (let n = 10; n < 33; n++) await portal.createUser(`page-${n}`, '/paged/')
  const page = await portal.openAs('root', '/users?path=%2Fpaged%2F')
  const users = usersPage(page)
  await expect.poll(async () => await users.names()).toHaveLength(20)
  await page.getByRole('button', { name: 'Next page' }).click()
  await users.row('page-32').waitFor()
  await expect.poll(async () => await users.names()).toEqual(['page-30', 'page-31', 'page-32'])
  await expect.poll(async () => await page.getByRole('button', { name: 'Next page' }).isDisabled()).toBe(true)
  await page.getByRole('button', { name: 'Previous page' }).click()
  await users.row('page-10').waitFor()
})

test('who may list users but not look at their credentials is told so, and asks for nothing that is refused', async () => {
  await portal.createPerson({ name: 'rita', policies: { Allowed: anywhere('iam:ListUsers') } })
  const page = await portal.openAs('rita', '/users?search=rita')
  const users = usersPage(page)
  await expect.poll(async () => await users.cell('rita', 'Access key age')).toBe('Not allowed to know')
  await expect.poll(async () => await users.create.isDisabled()).toBe(true)
  await users.create.hover()
  await page.getByText('You need permission for iam:CreateUser.').filter({ visible: true }).first().waitFor()
})

test('C24: in Korean a user without keys has 없음', async () => {
  await portal.createUser('minji')
  const page = await portal.openAs('root', '/users?search=minji', { locale: 'ko-KR', colorScheme: 'dark' })
  await page.getByRole('button', { name: '기본 설정' }).click()
  await page.getByRole('checkbox', { name: '액세스 키 ID' }).check()
  await page.getByRole('dialog').getByRole('button', { name: '닫기', exact: true }).last().click()
  await expect.poll(async () => await usersPage(page).cell('minji', '액세스 키 ID')).toBe('없음')
  await expectAccessible(page)
})
