import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** What is around every page. */
export function shell(page: Page) {
  return {
    async openMenu(userName: string) {
      // The bar measures itself anew when something arrives late, and a click that meets this opens nothing.
      await page.waitForLoadState('networkidle')
      const button = page.getByRole('button', { name: userName }).first()
      await expect
        .poll(async () => {
          if ((await button.getAttribute('aria-expanded')) !== 'true') await button.click()
          return await page.getByRole('menuitem').first().isVisible()
        })
        .toBe(true)
    },
    item: (name: string) => page.getByRole('menuitem', { name, exact: true }),
    heading: page.getByRole('heading', { level: 1 }),
    async isAt(title: string) {
      await page.getByRole('heading', { level: 1, name: title }).waitFor()
    },
  }
}
