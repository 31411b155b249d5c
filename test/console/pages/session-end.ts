import type { Page } from 'playwright-core'
import { PASSWORD } from '../support/portal.ts'

/** What is said about the end of a session, before and after it. */
export function sessionEnd(page: Page) {
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  return {
    idleWarning: page.getByText('You did nothing for a while.'),
    lastWarning: page.getByText('Your session ends at'),
    stay: button('Stay signed in'),
    renew: button('Sign in again now'),
    ended: page.getByText('Your session has ended.'),
    /** The form knows who it was. */
    async signInAgain() {
      await page.getByText('Your session has ended.').waitFor()
      await page.locator('input[name="password"]').fill(PASSWORD)
      await button('Sign in').click()
    },
  }
}
