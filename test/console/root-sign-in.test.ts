import { expect, test } from 'vitest'
import { ROOT_PASSWORD } from '../http/serve-application.ts'
import { dashboardPage } from './pages/dashboard.ts'
import { expectAccessible } from './support/accessible.ts'
import { usePortal } from './support/portal.ts'

const portal = usePortal()
const NEW_PASSWORD = 'Battery-Staple-8'

test('root changes its address and the password of the first start, which the dashboard points at until then', async () => {
  const home = await portal.openAs('root', '/')
  await dashboardPage(home).needsAttention('The root user still has the password of the first start')
  await home.close()
  const page = await portal.openAs('root', '/security-credentials')
  await page.getByText('root@example.com').waitFor()

  await page.getByRole('button', { name: 'Change e-mail address' }).click()
  const dialog = page.getByRole('dialog')
  await expectAccessible(page)
  await dialog.locator('input[name="email"]').fill('owner@example.com')
  await dialog.locator('input[name="password"]').fill('wrong')
  await dialog.getByRole('button', { name: 'Change e-mail address' }).click()
  await dialog.getByText('The current password is not right.').waitFor()
  await dialog.locator('input[name="password"]').fill(ROOT_PASSWORD)
  await dialog.getByRole('button', { name: 'Change e-mail address' }).click()
  await page.getByText('The e-mail address is changed.').waitFor()
  await expect.poll(async () => await page.locator('[data-root-email]').textContent()).toBe('owner@example.com')

  await page.getByRole('button', { name: 'Change password' }).click()
  await dialog.locator('input[name="oldPassword"]').fill(ROOT_PASSWORD)
  await dialog.locator('input[name="newPassword"]').fill(NEW_PASSWORD)
  await dialog.locator('input[name="confirmPassword"]').fill(NEW_PASSWORD)
  portal.served.clock.advance(1_000)
  await dialog.getByRole('button', { name: 'Change password' }).click()
  await page.getByText('Your password is changed').waitFor()
  await expectAccessible(page)
  await page.goto('/')
  await dashboardPage(page).isFine('The root user has chosen a password')
})
