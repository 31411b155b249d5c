import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { shell } from './pages/shell.ts'
import { usePortal } from './support/portal.ts'

const portal = usePortal()

/** The files that the page asks for from now on are gone until it starts anew, as after an update, or until they are back. */
async function loseFiles(page: Page, { until }: { readonly until: 'start' | 'back' }) {
  const gone = new Set<string>()
  let starts = 0
  page.on('request', (request) => void (starts += Number(request.isNavigationRequest())))
  await page.route('**/assets/*', async (route) => {
    const { pathname } = new URL(route.request().url())
    if (starts === 0) gone.add(pathname)
    if (gone.has(pathname) && (starts === 0 || until === 'back'))
      await route.fulfill({ status: 404, contentType: 'text/plain', body: 'Not found' })
    else await route.continue()
  })
  return { starts: () => starts, back: () => gone.clear() }
}

async function openDashboard(): Promise<Page> {
  const page = await portal.openAs('root', '/dashboard', { apart: true })
  await shell(page).isAt('Dashboard')
  await page.waitForLoadState('networkidle')
  return page
}

const groups = (page: Page) => page.getByRole('navigation').getByRole('link', { name: 'Groups', exact: true })

test('a page that was open during an update starts anew on the way to a page whose files are gone, and arrives', async () => {
  const page = await openDashboard()
  const files = await loseFiles(page, { until: 'start' })
  const startedAnew = page.waitForRequest((request) => request.isNavigationRequest())
  await groups(page).click()
  expect(new URL((await startedAnew).url()).pathname).toBe('/groups')
  await shell(page).isAt('Groups')
  expect(files.starts()).toBe(1)
})

test('files that stay away are told of instead of starting anew for ever, and asked for when somebody wants it', async () => {
  const page = await openDashboard()
  const files = await loseFiles(page, { until: 'back' })
  await groups(page).click()
  await page.getByText('This page does not work').waitFor()
  await page.getByRole('navigation').getByRole('link', { name: 'Dashboard', exact: true }).waitFor()
  expect(files.starts()).toBe(1)
  files.back()
  await page.getByRole('button', { name: 'Reload the page' }).click()
  await shell(page).isAt('Groups')
  expect(files.starts()).toBe(2)
})
