import axe, { type AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** No rule of WCAG 2.2 AA that a machine can check is broken on the page as it is shown now. */
export async function expectAccessible(page: Page): Promise<void> {
  // Half a megabyte, which stays until the page is left.
  if (!(await page.evaluate(`'axe' in window`))) await page.evaluate(axe.source)
  const violations: readonly AxeResults['violations'][number][] = await page.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(RULES)} }).then(({ violations }) => violations)`,
  )
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
  expect(found, `accessibility of ${page.url()}`).toEqual([])
}
