import type { Page } from 'playwright-core'
import { groupsPage } from './groups.ts'

/** The pages of roles. */
export function rolesPage(page: Page) {
  const dialog = page.getByRole('dialog')
  return {
    ...groupsPage(page),
    /** In the dialog, or on the page that makes a role. */
    field: (name: string) => page.locator(`input[name="${name}"]`),
    trust: page.locator('textarea'),
    mark: page.locator('[data-mark]'),
    /** Fills the one row of tags that was added to the form. */
    async tag(key: string, value: string) {
      for (const [placeholder, text] of Object.entries({ 'Enter key': key, 'Enter value': value })) {
        await page.getByPlaceholder(placeholder).fill(text)
        await page.getByPlaceholder(placeholder).press('Escape')
      }
    },
    async confirmName(name: string) {
      await dialog.locator('input[name="confirmation"]').fill(name)
    },
  }
}
