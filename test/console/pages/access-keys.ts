import type { Page } from 'playwright-core'

/** The section of access keys, on whichever page it is. */
export function accessKeys(page: Page) {
  const card = (accessKeyId: string) => page.locator(`[data-access-key="${accessKeyId}"]`)
  const openActions = (accessKeyId: string) =>
    card(accessKeyId)
      .getByRole('button', { name: `Actions for ${accessKeyId}` })
      .click()
  return {
    card,
    openActions,
    create: page.getByRole('button', { name: 'Create access key' }),
    refresh: page.getByRole('button', { name: 'Refresh the access keys' }),
    dialog: page.getByRole('dialog'),
    /** Once the section has its answer. */
    async ids(): Promise<string[]> {
      await page.getByRole('heading', { name: /^Access keys \(\d\)$/ }).waitFor()
      return await page
        .locator('[data-access-key]')
        .evaluateAll((cards) => cards.map((element) => element.getAttribute('data-access-key') ?? ''))
    },
    async choose(accessKeyId: string, action: string) {
      await openActions(accessKeyId)
      await page.getByRole('menuitem', { name: action }).click()
    },
    /** The button of the dialog that does what its title says. */
    async confirm(action: string) {
      await page.getByRole('dialog').getByRole('button', { name: action, exact: true }).click()
    },
    async has(accessKeyId: string, text: string | RegExp) {
      await card(accessKeyId).getByText(text).first().waitFor()
    },
  }
}
