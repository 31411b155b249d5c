import type { Page } from 'playwright-core'
import { expect } from 'vitest'

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

/** A dialog of the groups in which a name is typed. */
export async function typingGroup(page: Page, groupName: string) {
  const groups = groupsPage(page)
  await groups.button('Create group').click()
  const name = groups.dialog.locator('input[name="groupName"]')
  await name.fill(groupName)
  await expect
    .poll(() => groups.dialog.getByRole('button', { name: 'Create group', exact: true }).isEnabled())
    .toBe(true)
  return { groups, name }
}
