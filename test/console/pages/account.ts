import type { Page } from 'playwright-core'

/** The page of account settings. */
export function accountPage(page: Page) {
  const field = (name: string) => page.locator(`input[name="${name}"]`)
  return {
    alias: field('accountAlias'),
    editPolicy: page.getByRole('button', { name: 'Edit: Password policy' }),
    field,
    async confirm(action: string) {
      await page.getByRole('dialog').getByRole('button', { name: action, exact: true }).click()
    },
  }
}
