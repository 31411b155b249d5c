import { generateSync } from 'otplib'
import type { Page } from 'playwright-core'

/** The section of MFA devices, on whichever page it is. */
export function mfaDevices(page: Page) {
  const card = (name: string) => page.locator(`[data-mfa-device="${name}"]`)
  return {
    card,
    add: page.getByRole('button', { name: 'Assign MFA device' }),
    dialog: page.getByRole('dialog'),
    qrCode: page.getByRole('img', { name: 'QR code for the authenticator app' }),
    seed: page.locator('[data-seed]'),
    async choose(name: string, action: string) {
      await card(name)
        .getByRole('button', { name: `Actions for ${name}` })
        .click()
      await page.getByRole('menuitem', { name: action }).click()
    },
    /** The code that the device shows at the moment and the one before it. */
    async enterCodes(seed: string, now: Date) {
      const codeAt = (seconds: number) => generateSync({ secret: seed, epoch: seconds })
      const seconds = now.getTime() / 1000
      await page.locator('input[name="authenticationCode1"]').fill(codeAt(seconds - 30))
      await page.locator('input[name="authenticationCode2"]').fill(codeAt(seconds))
    },
    /** The codes that are shown once, in a dialog of their own. */
    async recoveryCodes() {
      await page.getByRole('dialog', { name: 'Keep your recovery codes' }).waitFor()
      return await page.locator('[data-recovery-code]').allTextContents()
    },
    async confirm(action: string) {
      await page.getByRole('dialog').getByRole('button', { name: action, exact: true }).click()
    },
  }
}
