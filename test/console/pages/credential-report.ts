import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'

/** The page of the credential report. */
export function credentialReportPage(page: Page) {
  return {
    generate: page.getByRole('button', { name: 'Generate report' }),
    search: page.getByRole('searchbox', { name: 'Find users' }),
    keyId: page.getByRole('textbox', { name: 'Access key ID' }),
    findOwner: page.getByRole('button', { name: 'Find owner' }),
    async users(): Promise<string[]> {
      return await page.locator('tbody th').allTextContents()
    },
    async sortBy(column: string) {
      await page.getByRole('columnheader', { name: column, exact: true }).getByRole('button').click()
    },
    async download() {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Download .csv file' }).click(),
      ])
      return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') }
    },
  }
}
