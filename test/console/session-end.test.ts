import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { createAccessKeyPage } from './pages/create-access-key.ts'
import { sessionEnd } from './pages/session-end.ts'
import { shell } from './pages/shell.ts'
import { CREATE_OWN_KEYS } from './policies.ts'
import { expectAccessible } from './support/accessible.ts'
import { usePortal } from './support/portal.ts'

const portal = usePortal()
const CREATE = '/security-credentials/create-access-key'
const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** A page whose clock and timers go by hand, with a description that is half typed. */
async function openTyping(name: string) {
  await portal.createPerson({ name, policies: { CREATE_OWN_KEYS } })
  const page = await portal.openAs(name, '/security-credentials')
  await shell(page).isAt('My security credentials')
  await page.clock.install({ time: portal.served.clock() })
  await page.goto(CREATE)
  const wizard = createAccessKeyPage(page)
  await wizard.useCase('Other').check()
  await wizard.next.click()
  await wizard.description.fill('half typ')
  // What the page still asks would count as activity once time goes by.
  await page.waitForLoadState('networkidle')
  return { page, wizard, end: sessionEnd(page) }
}

/** Time goes by, on the server and in the browser. */
async function pass(page: Page, milliseconds: number): Promise<void> {
  portal.served.clock.advance(milliseconds)
  await page.clock.fastForward(milliseconds)
}

/** Somebody turns to the window again, which asks who is signed in. */
async function comeBack(page: Page): Promise<void> {
  await Promise.all([
    page.waitForResponse((response) => response.request().postData()?.includes('query Identity') === true),
    page.evaluate(() => void document.dispatchEvent(new Event('visibilitychange'))),
  ])
}

test('who does nothing is warned before the session ends, and stays signed in with one button', async () => {
  const { page, wizard, end } = await openTyping('alice')
  await pass(page, 45 * MINUTE)
  expect(await end.idleWarning.count()).toBe(0)
  await pass(page, 6 * MINUTE)
  await pass(page, MINUTE / 3)
  await end.idleWarning.waitFor()
  await expectAccessible(page)
  await end.stay.click()
  await end.idleWarning.waitFor({ state: 'detached' })
  await pass(page, 45 * MINUTE)
  await wizard.create.click()
  await shell(page).isAt('Retrieve access key')
})

test('a page that was left open signs out by itself, and what was typed waits for the same person', async () => {
  const { page, wizard, end } = await openTyping('ben')
  for (let minutes = 0; minutes < 60; minutes += 5) await pass(page, 5 * MINUTE)
  await end.ended.waitFor()
  await end.signInAgain()
  await wizard.description.waitFor()
  await expect.poll(async () => await wizard.description.inputValue()).toBe('half typ')
  await wizard.create.click()
  await shell(page).isAt('Retrieve access key')
})

test('the warning goes when another window of the browser puts the end off', async () => {
  const { page, end } = await openTyping('cora')
  await pass(page, 52 * MINUTE)
  await pass(page, MINUTE / 3)
  await end.idleWarning.waitFor()
  const other = await page.context().newPage()
  await other.goto('/security-credentials')
  await shell(other).isAt('My security credentials')
  await pass(page, 2 * MINUTE)
  await end.idleWarning.waitFor({ state: 'detached' })
})

test('the last end cannot be put off: a new session begins before it, with what was typed', async () => {
  const { page, wizard, end } = await openTyping('dora')
  await page.waitForLoadState('networkidle')
  for (let hours = 0; hours < 11.5; hours += 0.5) {
    await pass(page, HOUR / 2)
    await comeBack(page)
  }
  await pass(page, 25 * MINUTE)
  await pass(page, MINUTE / 3)
  await end.lastWarning.waitFor()
  expect(await end.stay.count()).toBe(0)
  await expectAccessible(page)
  await end.renew.click()
  await end.signInAgain()
  await wizard.description.waitFor()
  await expect.poll(async () => await wizard.description.inputValue()).toBe('half typ')
  await end.lastWarning.waitFor({ state: 'detached' })
  await pass(page, 30 * MINUTE)
  await wizard.create.click()
  await shell(page).isAt('Retrieve access key')
})

test('a live audit trail goes on past its token while somebody uses the browser, and keeps nobody signed in', async () => {
  const page = await portal.openAs('root', '/dashboard')
  await shell(page).isAt('Dashboard')
  await page.clock.install({ time: portal.served.clock() })
  await page.goto('/audit')
  await shell(page).isAt('Audit trail')
  const streaming = () =>
    page.waitForResponse((response) => (response.headers()['content-type'] ?? '').includes('text/event-stream'))
  await Promise.all([streaming(), page.getByText('Live', { exact: true }).click()])
  await pass(page, 40 * MINUTE)
  await comeBack(page)
  await pass(page, 25 * MINUTE)
  await Promise.all([streaming(), portal.served.application.eventFeed.poll()])
  await portal.asRoot('mutation { createUser(input: { userName: "late" }) { __typename } }')
  await portal.served.application.eventFeed.poll()
  await page.getByRole('rowheader', { name: 'iam:CreateUser' }).first().waitFor()

  for (let minutes = 0; minutes < 35; minutes += 5) {
    await pass(page, 5 * MINUTE)
    await portal.served.application.eventFeed.poll()
  }
  await sessionEnd(page).ended.waitFor()
})
