import type { Page } from 'playwright-core'

/** The policy simulator. */
export function simulatorPage(page: Page) {
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const results = page.getByRole('table', { name: 'Results' })
  const chooser = (label: string) => page.getByRole('button', { name: new RegExp(`^${label}`) })
  return {
    button,
    simulate: button('Simulate'),
    source: (name: string) => page.getByRole('radio', { name, exact: true }),
    name: page.getByRole('combobox', { name: /name$/ }),
    resources: page.locator('textarea[name="resources"]'),
    /** The documents that were typed, in their order. */
    editor: (name: string) => page.getByRole('textbox', { name, exact: true }),
    results,
    marks: page.locator('mark'),
    contextValue: (index: number) => page.locator(`input[name="contextValue${index}"]`),
    async chooseName(name: string) {
      await page.getByRole('combobox', { name: /name$/ }).fill(name)
      await page.getByRole('option', { name, exact: true }).click()
    },
    /** Finds an action and chooses it. */
    async chooseAction(text: string, option = text) {
      await chooser('Actions').click()
      await page.getByPlaceholder('Find or type an action').fill(text)
      await page.getByRole('option', { name: option, exact: true }).click()
      await page.keyboard.press('Escape')
    },
    async answerMfa(answer: string) {
      await chooser('Multi-factor authentication').click()
      await page.getByRole('option', { name: answer, exact: true }).click()
    },
    /** Action, resource, result and what decided, of each row. */
    async rows(): Promise<string[][]> {
      await results
        .getByRole('button', { name: /^Explain/ })
        .first()
        .waitFor()
      const rows = await results.locator('tbody tr').all()
      return await Promise.all(
        rows.map(async (row) => {
          const [action = '', result = '', resource = '', decidedBy = ''] = await row.locator('th, td').allInnerTexts()
          return [action, resource, result, decidedBy]
        }),
      )
    },
    /** The text that is marked, its lines as they are shown. */
    async marked(): Promise<string> {
      await page.locator('mark').first().waitFor()
      return (await page.locator('mark').allTextContents()).join('\n')
    },
  }
}
