import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** What is said while the server, or its database, is away. */
export function outageNotice(page: Page) {
  const notice = page.getByRole('status').filter({ hasText: 'Trying again…' })
  return {
    ofServer: notice.filter({ hasText: 'Latchkey cannot be reached.' }),
    ofDatabase: notice.filter({ hasText: 'Latchkey cannot reach its database.' }),
    tryNow: notice.getByRole('button', { name: 'Try now' }),
    async isGone() {
      await notice.waitFor({ state: 'detached' })
    },
    /** Somebody turns to the window again, of which pages that can change take notice. */
    async comeBack() {
      await page.evaluate(() => void document.dispatchEvent(new Event('visibilitychange')))
    },
    /** Time goes by in the browser until it asks again by itself. */
    async isAskedAgain() {
      await Promise.all([page.waitForRequest('**/graphql'), page.clock.fastForward(80_000)])
    },
    async isSignedIn() {
      expect(await page.getByText('Your session has ended.').count()).toBe(0)
    },
  }
}
