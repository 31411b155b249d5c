import type { Page } from 'playwright-core'

/** The pages of managed policies. */
export function policiesPage(page: Page) {
  const dialog = page.getByRole('dialog')
  return {
    dialog,
    editor: page.locator('textarea'),
    finding: (text: string | RegExp) => page.getByRole('listitem').filter({ hasText: text }),
    mark: (line: number) => page.locator(`[data-mark="${line}"]`),
    diff: page.getByRole('region', { name: /^Changes from/ }),
    button: (name: string) => page.getByRole('button', { name, exact: true }),
    link: (name: string) => page.getByRole('link', { name, exact: true }),
    async openTab(name: string) {
      await page.getByRole('tab', { name }).click()
    },
    /** The button of the dialog that does what its title says. */
    async confirm(action: string) {
      await dialog.getByRole('button', { name: action, exact: true }).click()
    },
    async names(): Promise<string[]> {
      await page.locator('tbody a').first().waitFor()
      return await page.locator('tbody a').allInnerTexts()
    },
    async chooseVersion(version: string) {
      await page.getByRole('radio', { name: version, exact: true }).check()
    },
  }
}
