import type { Page } from 'playwright-core'

/** The pages of groups, and what they have in common with those of roles: the policies. */
export function groupsPage(page: Page) {
  const dialog = page.getByRole('dialog')
  return {
    dialog,
    button: (name: string) => page.getByRole('button', { name, exact: true }),
    async openTab(name: string) {
      await page.getByRole('tab', { name }).click()
    },
    /** The button of the dialog that does what its title says. */
    async confirm(action: string) {
      await dialog.getByRole('button', { name: action, exact: true }).click()
    },
    /** Types into a field with suggestions, and closes them. */
    async choose(label: string, text: string) {
      const field = dialog.getByRole('combobox', { name: label })
      await field.fill(text)
      await field.press('Escape')
    },
  }
}
