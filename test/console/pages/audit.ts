import type { Page } from 'playwright-core'

/** The page of the audit trail. */
export function auditPage(page: Page) {
  const field = (name: string) => page.locator(`input[name="${name}"]`)
  const dialog = page.getByRole('dialog')
  return {
    field,
    dialog,
    live: page.getByRole('checkbox', { name: 'Live' }),
    lookup: field('lookup'),
    async filter(values: Readonly<Record<string, string>>) {
      for (const [name, value] of Object.entries(values)) await field(name).fill(value)
      // The events of before stay until then, and with them what is opened of theirs.
      await Promise.all([
        page.waitForResponse((response) => response.request().postData()?.includes('query AuditEvents') === true),
        page.getByRole('button', { name: 'Apply filters' }).click(),
      ])
    },
    async result(name: string) {
      await page.getByRole('button', { name: /^Result/ }).click()
      await page.getByRole('option', { name }).click()
    },
    /** The actions of the events that are shown, once there are any. */
    async actions(): Promise<string[]> {
      await page.locator('tbody th').first().waitFor()
      return await page.locator('tbody th').allTextContents()
    },
    async open(action: string) {
      await page
        .getByRole('button', { name: new RegExp(`^Details: ${action},`) })
        .first()
        .click()
      await dialog.getByRole('heading', { name: action }).waitFor()
    },
  }
}
