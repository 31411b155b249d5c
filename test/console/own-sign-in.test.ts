import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ACCOUNT_ID } from '../http/serve-application.ts'
import { mfaDevices } from './pages/mfa-devices.ts'
import { expectAccessible } from './support/accessible.ts'
import { signInPage } from './pages/sign-in.ts'
import { PASSWORD, usePortal } from './support/portal.ts'

const portal = usePortal()
const HOME = '/security-credentials'
const USER = 'arn:aws:iam::*:user/${aws:username}'
const DEVICE = 'arn:aws:iam::*:mfa/*'

const MANAGE_OWN_MFA = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: ['iam:GetUser', 'iam:ListMFADevices', 'iam:ListAccessKeys'], Resource: USER },
    { Effect: 'Allow', Action: ['iam:EnableMFADevice', 'iam:ResyncMFADevice'], Resource: USER },
    { Effect: 'Allow', Action: ['iam:CreateVirtualMFADevice', 'iam:DeleteVirtualMFADevice'], Resource: DEVICE },
    {
      Effect: 'Allow',
      Action: 'iam:DeactivateMFADevice',
      Resource: USER,
      Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
    },
  ],
}
const MAKE_CODES = {
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: 'latchkey:CreateRecoveryCodes', Resource: USER },
}
const CHANGE_OWN_PASSWORD = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: ['iam:GetUser', 'iam:ChangePassword', 'iam:ListAccessKeys'], Resource: USER },
    { Effect: 'Allow', Action: 'iam:GetAccountPasswordPolicy', Resource: '*' },
  ],
}

async function serialNumbers(): Promise<unknown> {
  return await portal.asRoot('{ virtualMfaDevices(first: 50) { edges { node { serialNumber } } } }')
}

test('C45: a person assigns an MFA device, whose secret is shown only while it is assigned', async () => {
  await portal.createPerson({ name: 'alice', policies: { MANAGE_OWN_MFA } })
  const page = await portal.openAs('alice', HOME)
  const devices = mfaDevices(page)
  await page.getByText('No MFA device').waitFor()
  await devices.add.click()
  await expectAccessible(page)
  await devices.confirm('Next')
  await devices.qrCode.waitFor()
  await expect
    .poll(async () => await devices.qrCode.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBeGreaterThan(100)
  expect(await devices.seed.count()).toBe(0)
  await page.getByRole('button', { name: 'Show secret key' }).click()
  const seed = (await devices.seed.textContent()) ?? ''
  expect(seed).toMatch(/^[A-Z2-7]{16,}$/)
  await expectAccessible(page)
  await devices.enterCodes(seed, portal.served.clock())
  await devices.confirm('Assign device')
  await page.getByText('MFA device alice is assigned.').waitFor()
  const codes = await devices.recoveryCodes()
  expect(codes).toHaveLength(10)
  await expectAccessible(page)
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download .txt file' }).click()
  const saved = readFileSync(await (await download).path(), 'utf8')
  for (const code of codes) expect(saved).toContain(code)
  await devices.confirm('I have kept them')
  await expect.poll(async () => await page.content()).not.toContain(codes[0])
  await page.getByText('10 of 10').waitFor()
  await devices.card('alice').getByText(':mfa/alice').waitFor()
  await expect.poll(async () => await page.content()).not.toContain(seed)
  await expectAccessible(page)
})

test('a device that was not assigned in the end is not left behind', async () => {
  await portal.createPerson({ name: 'bob', policies: { MANAGE_OWN_MFA } })
  const page = await portal.openAs('bob', HOME)
  const devices = mfaDevices(page)
  await devices.add.click()
  await devices.confirm('Next')
  await devices.qrCode.waitFor()
  expect(JSON.stringify(await serialNumbers())).toContain('mfa/bob')
  const deleted = page.waitForResponse((response) => response.request().postData()?.includes('mfa/bob') ?? false)
  await devices.confirm('Cancel')
  await deleted
  expect(JSON.stringify(await serialNumbers())).not.toContain('mfa/bob')
})

/** A page of somebody with an enabled device, who signed in without it. */
async function openWithDevice(name: string) {
  await portal.createPerson({ name, policies: { MANAGE_OWN_MFA } })
  const page = await portal.openAs(name, HOME)
  await page.getByText('No MFA device').waitFor()
  const device = await portal.enableMfa(name)
  await page.reload()
  const stepUp = page.getByRole('dialog', { name: 'Confirm with MFA' })
  return {
    page,
    devices: mfaDevices(page),
    confirmWithMfa: async () => {
      await page.getByRole('button', { name: 'Confirm with MFA' }).click()
      await stepUp.getByRole('textbox', { name: 'MFA code' }).fill(device.code())
      await stepUp.getByRole('button', { name: 'Confirm' }).click()
    },
  }
}

test('C45: removing the device asks for a code where the policy wants MFA', async () => {
  const { page, devices, confirmWithMfa } = await openWithDevice('carol')
  await devices.choose('carol', 'Remove')
  await devices.confirm('Remove')
  await confirmWithMfa()
  await page.getByText('MFA device carol is removed.').waitFor()
  await page.getByText('No MFA device').waitFor()
  expect(JSON.stringify(await serialNumbers())).not.toContain('mfa/carol')
})

test('a person makes recovery codes after a code of the device, and signs in with one, which is told', async () => {
  await portal.createPerson({ name: 'rhea', policies: { MANAGE_OWN_MFA, MAKE_CODES } })
  const device = await portal.enableMfa('rhea')
  const page = await portal.open(`/sign-in/${ACCOUNT_ID}`)
  const form = signInPage(page)
  await form.signIn('rhea', PASSWORD)
  await form.enterCode(device.code())
  await page.getByRole('link', { name: 'IAM', exact: true }).first().waitFor()
  await page.goto(HOME)
  const devices = mfaDevices(page)
  await page.locator('[data-recovery-codes]').getByText('None').waitFor()
  await page.getByRole('button', { name: 'Create recovery codes' }).click()
  await devices.confirm('Create recovery codes')
  const [code = ''] = await devices.recoveryCodes()
  await devices.confirm('I have kept them')
  await page.getByText('10 of 10').waitFor()

  const elsewhere = await portal.open(`/sign-in/${ACCOUNT_ID}`)
  const again = signInPage(elsewhere)
  await again.signIn('rhea', PASSWORD)
  await elsewhere.getByRole('button', { name: 'Use a recovery code instead' }).click()
  await expectAccessible(elsewhere)
  await again.enterCode(` ${code.toUpperCase()} `)
  await elsewhere.getByText('You used a recovery code; 9 are left.').waitFor()
  await expectAccessible(elsewhere)
  await elsewhere.getByRole('button', { name: 'My security credentials' }).click()
  await elsewhere.getByText('9 of 10').waitFor()
  await elsewhere.getByRole('button', { name: 'Create new recovery codes' }).waitFor()
})

test('C45: the device that somebody has is asked before it is resynchronized, and codes that are wrong are told', async () => {
  const { page, devices, confirmWithMfa } = await openWithDevice('connor')
  await devices.choose('connor', 'Resynchronize')
  await page.locator('input[name="authenticationCode1"]').fill('000000')
  await page.locator('input[name="authenticationCode2"]').fill('000000')
  await devices.confirm('Resynchronize')
  await confirmWithMfa()
  await page.getByText('InvalidAuthenticationCode').waitFor()
  await expectAccessible(page)
})

test('who may not see MFA devices learns which permission is missing', async () => {
  await portal.createPerson({ name: 'dave', policies: { CHANGE_OWN_PASSWORD } })
  const page = await portal.openAs('dave', HOME)
  await page.getByText('You need permission for iam:ListMFADevices.').filter({ visible: true }).first().waitFor()
  await expect.poll(async () => await mfaDevices(page).add.isDisabled()).toBe(true)
})

test('a person changes the own password beside the rules that hold', async () => {
  await portal.createPerson({ name: 'erin', policies: { CHANGE_OWN_PASSWORD } })
  const page = await portal.openAs('erin', HOME)
  await page.getByText('The built-in rules hold:').waitFor()
  await page.getByRole('button', { name: 'Change password' }).click()
  const dialog = page.getByRole('dialog', { name: 'Change password' })
  const field = (name: string) => dialog.locator(`input[name="${name}"]`)
  const save = dialog.getByRole('button', { name: 'Change password' })
  await field('oldPassword').fill('something else')
  await field('newPassword').fill('Another-password-2')
  await field('confirmPassword').fill('Another-password')
  await dialog.getByText('The two passwords are not the same.').waitFor()
  await expect.poll(async () => await save.isDisabled()).toBe(true)
  await field('confirmPassword').fill('Another-password-2')
  await save.click()
  await dialog.getByText('The current password is not right.').waitFor()
  await expectAccessible(page)
  await field('oldPassword').fill(PASSWORD)
  await save.click()
  await page.getByText('Your password is changed').waitFor()
})

test('a session on another device is ended from the list of sessions', async () => {
  await portal.createPerson({ name: 'fay', policies: { CHANGE_OWN_PASSWORD } })
  const other = await portal.openAs('fay', HOME)
  await other.getByText('This session').waitFor()
  const page = await portal.openAs('fay', HOME)
  await page.getByText('This session').waitFor()
  const signOut = page.getByRole('button', { name: /^Sign out of the session from/ })
  await expect.poll(async () => await signOut.count()).toBe(1)
  await expectAccessible(page)
  await signOut.click()
  await page.getByText('The session has ended.').waitFor()
  await expect.poll(async () => await signOut.count()).toBe(0)
  await other.reload()
  await other.getByRole('heading', { level: 1, name: /Sign in/ }).waitFor()
})
