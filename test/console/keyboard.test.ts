import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { enter, tabTo } from './support/keyboard.ts'
import { PASSWORD, usePortal } from './support/portal.ts'

const portal = usePortal()
const EVERYTHING = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
}

test('from signing in to a key that is deactivated, everything is done without a mouse', async () => {
  await portal.createPerson({ name: 'admin', policies: { Everything: EVERYTHING } })
  const page = await portal.open('/')
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })

  await expectFocus(page, 'account')
  await page.keyboard.type('123456789012')
  await page.keyboard.press('Enter')
  await expectFocus(page, 'userName')
  await page.keyboard.type('admin')
  await page.keyboard.press('Tab')
  await expectFocus(page, 'password')
  await page.keyboard.type(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Dashboard' }).waitFor()

  await enter(page, page.getByRole('navigation').getByRole('link', { name: 'Users', exact: true }))
  await enter(page, button('Create user'))
  await page.getByRole('heading', { level: 1, name: 'Create user' }).waitFor()
  await tabTo(page, page.getByRole('textbox', { name: 'User name' }))
  await page.keyboard.type('newcomer')
  await enter(page, button('Create user'))
  await page.getByRole('heading', { level: 1, name: 'newcomer' }).waitFor()

  await tabTo(page, page.getByRole('tablist'))
  for (let n = 0; n < 3; n++) await page.keyboard.press('ArrowRight')
  await page.getByRole('tab', { name: 'Security credentials', selected: true }).waitFor()
  await enter(page, button('Create access key'))
  await tabTo(page, page.getByRole('radiogroup'))
  // The last of the use cases comes before the first.
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowUp')
  await expect.poll(async () => await page.getByRole('radio', { name: 'Other' }).isChecked()).toBe(true)
  await enter(page, button('Next'))
  await tabTo(page, page.getByRole('textbox', { name: 'Description tag value' }))
  await page.keyboard.type('by keyboard')
  await enter(page, button('Create access key'))
  await enter(page, button('Show'))
  await page
    .locator('[data-secret]')
    .getByText(/^\S{40}$/)
    .waitFor()
  await enter(page, button('Done'))

  const actions = page.getByRole('button', { name: /^Actions for AKIA/ })
  await enter(page, actions)
  await page.getByRole('menuitem', { name: 'Deactivate' }).waitFor()
  await choose(page, 'Deactivate')
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  await expect.poll(async () => await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true)
  await enter(page, dialog.getByRole('button', { name: 'Deactivate' }))
  await page.getByText('Inactive', { exact: true }).waitFor()
  await dialog.waitFor({ state: 'detached' })

  await enter(page, actions)
  await choose(page, 'Delete')
  await dialog.waitFor()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await expect.poll(async () => await actions.evaluate((element) => element === document.activeElement)).toBe(true)

  await enter(page, page.getByRole('banner').getByRole('button', { name: /admin/ }))
  await choose(page, 'Sign out')
  await page.getByRole('heading', { level: 1, name: 'IAM user sign in' }).waitFor()
})

test('a dialog keeps the focus, and gives it back to the button that opened it', async () => {
  const page = await portal.openAs('root', '/groups')
  const open = page.getByRole('button', { name: 'Create group' })
  await enter(page, open)
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  for (let n = 0; n < 12; n++) {
    await page.keyboard.press('Tab')
    await expect
      .poll(async () => await dialog.evaluate((element) => element.contains(document.activeElement)))
      .toBe(true)
  }
  await page.keyboard.press('Escape')
  await expect.poll(async () => await open.evaluate((element) => element === document.activeElement)).toBe(true)
})

/** An item of the menu that is open, by arrows. */
async function choose(page: Page, name: string): Promise<void> {
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '')
  for (let presses = 0; presses < 12; presses++) {
    const before = await focused()
    if (before === name) break
    await page.keyboard.press('ArrowDown')
    await expect.poll(focused).not.toBe(before)
  }
  expect(await focused()).toBe(name)
  await page.keyboard.press('Enter')
}

async function expectFocus(page: Page, field: string): Promise<void> {
  await expect.poll(async () => await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe(field)
}
