import { expect, test } from 'vitest'
import { expectAccessible } from './support/accessible.ts'
import { usePortal } from './support/portal.ts'

const portal = usePortal()
const TAB = '/users/alice?tab=credentials'

test("an administrator ends one of a user's sessions, then all, and the user is signed out", async () => {
  await portal.createPerson({ name: 'alice' })
  const [first, second] = [await portal.openAs('alice', '/'), await portal.openAs('alice', '/')]
  for (const page of [first, second]) await page.getByText(':user/alice').first().waitFor()
  const page = await portal.openAs('root', TAB)
  const ends = page.getByRole('button', { name: /^End the session from 127\.0\.0\.1/ })
  await expect.poll(async () => await ends.count()).toBe(2)
  await expectAccessible(page)
  await ends.first().click()
  await page.getByText('The session has ended.').waitFor()
  await expect.poll(async () => await ends.count()).toBe(1)
  await page.getByRole('button', { name: 'End all sessions' }).click()
  await page.getByRole('dialog').getByText('Access keys keep working').waitFor()
  await expectAccessible(page)
  await page.getByRole('dialog').getByRole('button', { name: 'End all sessions' }).click()
  await page.getByText('All sessions of alice have ended.').waitFor()
  await page.getByText('Not signed in').waitFor()
  await second.goto('/')
  await second.getByText('A person with a user name in an account.').waitFor()
  const korean = await portal.openAs('root', TAB, { locale: 'ko-KR' })
  await korean.getByRole('button', { name: '모든 세션 종료' }).waitFor()
})

test('who may neither see nor end them is told which action is missing', async () => {
  const READ = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'iam:Get*', Resource: '*' } }
  await portal.createPerson({ name: 'reader', policies: { READ } })
  await portal.createUser('carol')
  const page = await portal.openAs('reader', '/users/carol?tab=credentials')
  await page.getByText('latchkey:ListSessions').first().waitFor()
  await expect.poll(async () => await page.getByRole('button', { name: 'End all sessions' }).isDisabled()).toBe(true)
})
