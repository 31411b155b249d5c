import type { Page } from 'playwright-core'

/** What is around every page. */
export function shell(page: Page) {
  return {
    async openMenu(userName: string) {
      // What arrives late, such as the account's alias, draws the bar anew and closes its menu.
      await page.waitForLoadState('networkidle')
      await page.getByRole('button', { name: userName }).first().click()
    },
    item: (name: string) => page.getByRole('menuitem', { name, exact: true }),
    heading: page.getByRole('heading', { level: 1 }),
    async isAt(title: string) {
      await page.getByRole('heading', { level: 1, name: title }).waitFor()
    },
  }
}
