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
    async confirmName(name: string) {
      await dialog.locator('input[name="confirmation"]').fill(name)
    },
  }
}
