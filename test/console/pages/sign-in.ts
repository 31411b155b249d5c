import type { Page } from 'playwright-core'

/** The pages before somebody is signed in. */
export function signInPage(page: Page) {
  const field = (name: string) => page.locator(`input[name="${name}"]`)
  return {
    heading: page.getByRole('heading', { level: 1 }),
    account: field('account'),
    userName: field('userName'),
    password: field('password'),
    mfaCode: field('mfaCode'),
    otherAccount: page.getByRole('link', { name: 'Sign in to a different account' }),
    async chooseAccount(account: string) {
      // The form of an account has a field of this name, too.
      await page.getByRole('radio', { name: 'IAM user' }).waitFor()
      await field('account').fill(account)
      await page.getByRole('button', { name: 'Next' }).click()
    },
    async chooseRoot(email: string, password: string) {
      await page.getByRole('radio', { name: 'Root user' }).check()
      await field('email').fill(email)
      await field('password').fill(password)
      await page.getByRole('button', { name: 'Sign in' }).click()
    },
    async signIn(userName: string, password: string) {
      await field('userName').fill(userName)
      await field('password').fill(password)
      await page.getByRole('button', { name: 'Sign in' }).click()
    },
    async enterCode(code: string) {
      await field('mfaCode').fill(code)
      await page.getByRole('button', { name: 'Sign in' }).click()
    },
    async changePassword(oldPassword: string, newPassword: string, confirmed = newPassword) {
      await field('oldPassword').fill(oldPassword)
      await field('newPassword').fill(newPassword)
      await field('confirmPassword').fill(confirmed)
      await page.getByRole('button', { name: 'Change password' }).click()
    },
  }
}
