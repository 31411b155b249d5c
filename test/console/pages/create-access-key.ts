import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'

/** The wizard, step by step. */
export function createAccessKeyPage(page: Page) {
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const text = (selector: string) => page.locator(selector).textContent()
  return {
    next: button('Next'),
    understood: page.getByRole('checkbox', { name: /^I understand the above recommendation/ }),
    description: page.getByRole('textbox', { name: 'Description tag value' }),
    create: button('Create access key'),
    show: button('Show'),
    hide: button('Hide'),
    done: button('Done'),
    useCase: (name: string) => page.getByRole('radio', { name }),
    /** What the first page tells under a heading. */
    fact: (heading: string, text: string) =>
      page.getByRole('region', { name: heading }).getByRole('listitem').filter({ hasText: text }),
    keyId: async () => (await text('[data-access-key-id]')) ?? '',
    secret: async () => (await text('[data-secret]')) ?? '',
    /** From the first page to the one with the secret. */
    async makeKey({ description }: { readonly description?: string } = {}) {
      await page.getByRole('radio', { name: 'Other' }).check()
      await button('Next').click()
      if (description !== undefined)
        await page.getByRole('textbox', { name: 'Description tag value' }).fill(description)
      await button('Create access key').click()
      await page.getByRole('heading', { name: 'Retrieve access key' }).waitFor()
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
