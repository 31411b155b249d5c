import type { Page } from 'playwright-core'

/** The page that everything begins at. */
export function dashboardPage(page: Page) {
  const finding = (state: 'ok' | 'attention', text: string | RegExp) =>
    page.locator(`[data-finding="${state}"]`).filter({ hasText: text })
  return {
    findings: page.locator('[data-finding]'),
    /** Something is as it should be. */
    isFine: async (text: string | RegExp) => await finding('ok', text).waitFor(),
    needsAttention: async (text: string | RegExp) => await finding('attention', text).waitFor(),
    chart: (title: string) => page.getByRole('application', { name: title }),
  }
}
