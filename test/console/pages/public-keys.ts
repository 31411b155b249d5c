import type { Page } from 'playwright-core'

/** A section of SSH public keys or of signing certificates on the page of a user. */
export function publicKeys(page: Page, title: 'SSH public keys' | 'Signing certificates') {
  const card = (id: string) => page.locator(`[data-public-key="${id}"]`)
  const dialog = page.getByRole('dialog')
  return {
    card,
    dialog,
    upload: page.getByRole('button', { name: `Upload: ${title}` }),
    /** Once the section has its answer, and so many are there. */
    async count(count: number) {
      await page.getByRole('heading', { name: `${title} (${count})` }).waitFor()
    },
    /** The id of the one that is there. */
    async onlyId(): Promise<string> {
      return (await page.locator('[data-public-key]').getAttribute('data-public-key')) ?? ''
    },
    async choose(id: string, action: string) {
      await card(id)
        .getByRole('button', { name: `Actions for ${id}` })
        .click()
      await page.getByRole('menuitem', { name: action, exact: true }).click()
    },
    /** The button of the dialog that does what its title says. */
    async confirm(action: string) {
      await dialog.getByRole('button', { name: action, exact: true }).click()
    },
    async has(id: string, text: string | RegExp) {
      await card(id).getByText(text).first().waitFor()
    },
  }
}
