import type { Page } from 'playwright-core'

/** The list of users. */
export function usersPage(page: Page) {
  const row = (name: string) => page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) })
  return {
    row,
    table: page.getByRole('table', { name: 'Users' }),
    search: page.getByRole('searchbox', { name: 'Find users by name or access key ID' }),
    create: page.getByRole('button', { name: 'Create user' }),
    preferences: page.getByRole('button', { name: 'Preferences' }),
    dialog: page.getByRole('dialog'),
    /** Once the list is there. */
    async names(): Promise<string[]> {
      await page.getByRole('table', { name: 'Users' }).getByRole('link').first().waitFor()
      return await page.getByRole('table', { name: 'Users' }).getByRole('link').allTextContents()
    },
    /** Shows columns, as the settings icon does. */
    async show(...columns: readonly string[]) {
      await page.getByRole('button', { name: 'Preferences' }).click()
      for (const column of columns) await page.getByRole('dialog').getByRole('checkbox', { name: column }).check()
      await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).last().click()
    },
    /** The text of a cell, by the header of its column. */
    async cell(name: string, column: string): Promise<string> {
      await row(name).waitFor()
      const headers = await page.getByRole('columnheader').allInnerTexts()
      const at = headers.findIndex((header) => header.trim() === column)
      if (at < 0) throw new Error(`no column ${column} among ${headers.join(', ')}`)
      return (await row(name).locator('th, td').nth(at).innerText()).trim()
    },
  }
}

/** The page of one user. */
export function userPage(page: Page) {
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  return {
    button,
    dialog: page.getByRole('dialog'),
    async tab(name: string | RegExp) {
      await page.getByRole('tab', { name }).click()
    },
    /** Ticks something in a field with many choices of the dialog or form. */
    async choose(field: string, option: string) {
      await page.getByRole('button', { name: new RegExp(`^${field}`) }).click()
      await page.getByRole('option', { name: option }).first().click()
      await page.keyboard.press('Escape')
    },
    /** Types into a field with suggestions, and closes them. */
    async suggest(field: string, text: string) {
      const combobox = page.getByRole('dialog').getByRole('combobox', { name: field })
      await combobox.fill(text)
      await combobox.press('Escape')
    },
    /** Fills the one row of tags that was added. */
    async tag(key: string, value: string) {
      for (const [at, text] of [key, value].entries()) {
        const combobox = page.getByRole('combobox').nth(at)
        await combobox.fill(text)
        await combobox.press('Escape')
      }
    },
    /** The button of the dialog that does what its title says. */
    async confirm(action: string) {
      await page.getByRole('dialog').getByRole('button', { name: action, exact: true }).click()
    },
  }
}
