import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { accessKeys } from './pages/access-keys.ts'
import { policiesPage } from './pages/policies.ts'
import { sessionEnd } from './pages/session-end.ts'
import { shell } from './pages/shell.ts'
import { signInPage } from './pages/sign-in.ts'
import { MANAGE_OWN_KEYS } from './policies.ts'
import { usePortal } from './support/portal.ts'

const portal = usePortal()
const HOME = '/security-credentials'
const WRITE_POLICIES = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: ['iam:CreatePolicy', 'iam:GetPolicy*', 'iam:ListPolicies'], Resource: '*' }],
}

/** The same person at two machines. */
async function openTwice(name: string, here: string, there: string) {
  return await Promise.all([portal.openAs(name, here), portal.openAs(name, there)])
}

async function signOutEverywhere(page: Page, name: string): Promise<void> {
  await shell(page).openMenu(name)
  await shell(page).item('Sign out everywhere').click()
  await signInPage(page).heading.waitFor()
}

const NEXT_ACTIONS: readonly [string, (page: Page, other: string) => Promise<void>][] = [
  ['opening the actions of another key', (page, other) => accessKeys(page).openActions(other)],
  ['refreshing', (page) => accessKeys(page).refresh.click()],
  [
    'describing another key',
    async (page, other) => {
      await accessKeys(page).choose(other, 'Edit description')
      await accessKeys(page).dialog.getByRole('textbox').fill('seen')
      await accessKeys(page).confirm('Save')
    },
  ],
  ['coming back to the window', (page) => page.evaluate(() => void dispatchEvent(new Event('focus')))],
]

test.each(NEXT_ACTIONS)('a key deactivated in one browser is inactive in the other after %s', async (_action, act) => {
  const name = `anna-${NEXT_ACTIONS.findIndex(([, one]) => one === act)}`
  await portal.createPerson({ name, policies: { MANAGE_OWN_KEYS } })
  const [first, second] = [await portal.createKey(name), await portal.createKey(name)]
  const [here, there] = await openTwice(name, HOME, HOME)
  await accessKeys(there).has(first.accessKeyId, 'Active')
  await there.waitForLoadState('networkidle')
  await accessKeys(here).choose(first.accessKeyId, 'Deactivate')
  await accessKeys(here).confirm('Deactivate')
  await accessKeys(here).has(first.accessKeyId, 'Inactive')
  await act(there, second.accessKeyId)
  await accessKeys(there).has(first.accessKeyId, 'Inactive')
  await accessKeys(there).has(second.accessKeyId, 'Active')
})

test('what was done to a key elsewhere is what its own actions offer', async () => {
  await portal.createPerson({ name: 'bert', policies: { MANAGE_OWN_KEYS } })
  const { accessKeyId } = await portal.createKey('bert')
  const [here, there] = await openTwice('bert', HOME, HOME)
  await accessKeys(there).has(accessKeyId, 'Active')
  await accessKeys(here).choose(accessKeyId, 'Deactivate')
  await accessKeys(here).confirm('Deactivate')
  await accessKeys(here).has(accessKeyId, 'Inactive')
  await accessKeys(there).openActions(accessKeyId)
  await there.getByRole('menuitem', { name: 'Activate', exact: true }).click()
  await there.getByText(`Access key ${accessKeyId} is active.`).waitFor()
  await accessKeys(here).refresh.click()
  await accessKeys(here).has(accessKeyId, 'Active')
})

test('signed out everywhere in one browser, the other keeps the policy that is being written for after signing in', async () => {
  await portal.createPerson({ name: 'carl', policies: { WRITE_POLICIES } })
  const [here, there] = await openTwice('carl', '/dashboard', '/policies/create')
  const policies = policiesPage(there)
  const half = '{"Version":"2012-10-17","Statement":['
  await there.locator('input[name="policyName"]').fill('Half')
  await policies.editor.fill(half)
  await there.locator('[data-findings="done"]').waitFor()
  await signOutEverywhere(here, 'carl')
  const whole = `${half}{"Effect":"Allow","Action":"iam:GetUser","Resource":"*"}`
  // At once: what is typed after the form appeared would go into that.
  await policies.editor.fill(whole)
  await sessionEnd(there).signInAgain()
  await policies.editor.waitFor()
  await expect.poll(async () => await policies.editor.inputValue()).toBe(whole)
  await policies.editor.pressSequentially(']}')
  await there.locator('[data-findings="done"]').waitFor()
  await policies.button('Create policy').click()
  await shell(there).isAt('Half')
})

test('signed out everywhere in one browser, the other keeps an open dialog for after signing in', async () => {
  await portal.createPerson({ name: 'dana', policies: { MANAGE_OWN_KEYS } })
  const { accessKeyId } = await portal.createKey('dana')
  const [here, there] = await openTwice('dana', HOME, HOME)
  const keys = accessKeys(there)
  await keys.choose(accessKeyId, 'Edit description')
  await keys.dialog.getByRole('textbox').fill('the mail relay in the cellar')
  await signOutEverywhere(here, 'dana')
  await keys.confirm('Save')
  await sessionEnd(there).signInAgain()
  await keys.dialog.waitFor()
  await expect
    .poll(async () => await keys.dialog.getByRole('textbox').inputValue())
    .toBe('the mail relay in the cellar')
  await keys.confirm('Save')
  await keys.has(accessKeyId, 'the mail relay in the cellar')
})
