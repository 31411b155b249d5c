import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { typingGroup } from './pages/groups.ts'
import { outageNotice } from './pages/outage.ts'
import { shell } from './pages/shell.ts'
import { expectAccessible } from './support/accessible.ts'
import { usePortal } from './support/portal.ts'

const portal = usePortal()

const answerOf = (page: Page, status: number) =>
  page.waitForResponse((response) => response.url().endsWith('/graphql') && response.status() === status)

test('a server that is restarted is waited for by the page, with what it shows and what is typed; a change is sent once, and tells that nobody knows', async () => {
  await portal.asRoot('mutation { createGroup(input: { groupName: "Readers" }) { __typename } }')
  const page = await portal.openAs('root', '/groups')
  await shell(page).isAt('Groups')
  await page.clock.install({ time: portal.served.clock() })
  const { groups, name } = await typingGroup(page, 'Writers')
  const notice = outageNotice(page)
  const { restart } = portal.served

  await restart.stop()
  let changes = 0
  page.on(
    'request',
    (request) => void (changes += Number(request.postData()?.includes('mutation CreateGroup') === true)),
  )
  await groups.confirm('Create group')
  await groups.dialog.getByText('It may or may not have done what you asked for').waitFor()
  await notice.comeBack()
  await notice.ofServer.waitFor()
  await notice.isAskedAgain()
  expect(await page.getByText('Readers').count()).toBeGreaterThan(0)
  await expectAccessible(page)

  await restart.begin()
  await Promise.all([answerOf(page, 503), page.clock.fastForward(80_000)])
  await notice.ofServer.waitFor()
  restart.finish()
  await Promise.all([answerOf(page, 200), page.clock.fastForward(80_000)])
  await notice.isGone()
  expect(changes).toBe(1)
  expect(await name.inputValue()).toBe('Writers')
  await groups.confirm('Create group')
  await shell(page).isAt('Writers')
  await notice.isSignedIn()
})

test('a server that is restarted is waited for on the way to a page that was never loaded, and asked at once with a button', async () => {
  const page = await portal.openAs('root', '/groups')
  await shell(page).isAt('Groups')
  await page.waitForLoadState('networkidle')
  const notice = outageNotice(page)
  const { restart } = portal.served
  await restart.stop()
  await page.getByRole('navigation').getByRole('link', { name: 'Roles', exact: true }).click()
  await notice.ofServer.waitFor()
  await expectAccessible(page)
  await Promise.all([page.waitForRequest((request) => request.method() === 'HEAD'), notice.tryNow.click()])
  await restart.begin()
  restart.finish()
  await shell(page).isAt('Roles')
  await notice.isGone()
})
