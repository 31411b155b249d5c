import type { Page } from 'playwright-core'
import { createAccessKeyPage } from './create-access-key.ts'

/** The guide that replaces a key in six steps. */
export function keyRotation(page: Page) {
  const step = (number: number) => page.locator(`section[data-step="${number}"]`)
  const button = (number: number, name: string) => step(number).getByRole('button', { name, exact: true })
  const dialog = page.getByRole('dialog')
  const is = (number: number, state: 'done' | 'current' | 'later') =>
    page.locator(`section[data-step="${number}"][data-step-state="${state}"]`).waitFor()
  return {
    step,
    is,
    create: button(1, 'Create access key'),
    moved: step(2).getByRole('checkbox'),
    lookAgain: button(3, 'Look again'),
    nothingFailed: step(5).getByRole('checkbox'),
    finished: page.getByText('The key is rotated'),
    back: page.getByRole('button', { name: 'Back to the credentials' }).first(),
    /** Step 1, up to the page with the secret. */
    async makeKey() {
      await button(1, 'Create access key').click()
      const wizard = createAccessKeyPage(page)
      await wizard.makeKey()
      await wizard.show.click()
      return { accessKeyId: await wizard.keyId(), secretAccessKey: await wizard.secret() }
    },
    async deactivate() {
      await button(4, 'Deactivate the old key').click()
      await dialog.getByRole('button', { name: 'Deactivate', exact: true }).click()
      await is(4, 'done')
    },
    async reactivate() {
      await button(5, 'Activate the old key again').click()
      await is(3, 'current')
    },
    async remove(accessKeyId: string) {
      await button(6, 'Delete the old key').click()
      await dialog.getByRole('textbox').fill(accessKeyId)
      await dialog.getByRole('button', { name: 'Delete', exact: true }).click()
    },
  }
}
