import type { Page } from 'playwright-core'

export interface TypedIdentity {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly name: string
  readonly pin: string
  readonly confirmPin?: string
}

/** Signing in with access keys, before somebody is signed in and after. */
export function identitiesPage(page: Page) {
  const field = (name: string) => page.locator(`input[name="${name}"]`)
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  return {
    field,
    /** What screen readers are told of a fault stands outside of it once more. */
    form: page.locator('form'),
    link: page.getByRole('link', { name: 'Sign in with access keys' }),
    list: page.getByRole('list', { name: 'Identities on this device' }),
    entry: (name: string) => page.getByRole('listitem').filter({ hasText: name }),
    verify: button('Verify and add keys'),
    /** Opens the form, by the words of the button that leads there. */
    async add(words: 'Add an identity' | 'Sign in as a different identity') {
      await button(words).click()
      await page.getByRole('menuitem', { name: 'Access keys' }).click()
      await field('accessKeyId').waitFor()
    },
    async enter({ accessKeyId, secretAccessKey, name, pin, confirmPin = pin }: TypedIdentity) {
      await field('accessKeyId').fill(accessKeyId)
      await field('secretAccessKey').fill(secretAccessKey)
      await field('identityName').fill(name)
      await field('pin').fill(pin)
      await field('confirmPin').fill(confirmPin)
    },
    choose: (name: string) => button(`Sign in as ${name}`).click(),
    async enterPin(pin: string) {
      await field('pin').fill(pin)
      await button('Sign in').click()
    },
    async remove(name: string) {
      await button(`Remove ${name}`).click()
    },
  }
}
