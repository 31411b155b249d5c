import { expect, test } from 'vitest'
import { accessKeys } from './pages/access-keys.ts'
import { createAccessKeyPage } from './pages/create-access-key.ts'
import { shell } from './pages/shell.ts'
import { CHANGE_OWN_KEYS_WITH_MFA, CREATE_OWN_KEYS, CREATE_OWN_KEYS_WITHOUT_TAGS, MANAGE_OWN_KEYS } from './policies.ts'
import { expectAccessible } from './support/accessible.ts'
import { expectForgotten, recordAnswers } from './support/forgotten.ts'
import { usePortal } from './support/portal.ts'

const portal = usePortal()
const HOME = '/security-credentials'
const CREATE = '/security-credentials/create-access-key'
const TITLE = 'My security credentials'

test('C9, C10: the menu at the top right leads to the own keys without permission to list users', async () => {
  await portal.createPerson({ name: 'alice', policies: { CREATE_OWN_KEYS } })
  const page = await portal.openAs('alice', '/')
  await shell(page).openMenu('alice')
  await expectAccessible(page)
  await shell(page).item('Security credentials').click()
  await shell(page).isAt(TITLE)
  await expect.poll(async () => await accessKeys(page).ids()).toEqual([])
  await expectAccessible(page)
})

test('C1, C4, C12: before a key comes the advice, and every use case but Other has an alternative to understand', async () => {
  await portal.createPerson({ name: 'ben', policies: { CREATE_OWN_KEYS } })
  const page = await portal.openAs('ben', CREATE)
  const wizard = createAccessKeyPage(page)
  await page.getByText('Avoid long-term credentials such as access keys').waitFor()
  await page.getByText('Never give a key to somebody else').waitFor()
  await wizard.next.click()
  await page.getByText('Choose a use case.').waitFor()
  for (const useCase of [
    'Command Line Interface (CLI)',
    'Local code',
    'Application running on a compute service',
    'Third-party service',
    'Application running outside',
  ]) {
    await wizard.useCase(useCase).check()
    await page.getByText('Alternative recommended').waitFor()
    await expect.poll(async () => await wizard.understood.isChecked()).toBe(false)
  }
  await wizard.next.click()
  await page.getByText('Tick the box above to go on.').waitFor()
  await expectAccessible(page)
  await wizard.understood.check()
  await wizard.next.click()
  await shell(page).isAt('Set description tag - optional')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Previous' }).click()
  await wizard.useCase('Other').check()
  expect(await page.getByText('Alternative recommended').count()).toBe(0)
  await wizard.next.click()
  await shell(page).isAt('Set description tag - optional')
})

test('C13, C14, C16, C17: a key is made with a description, shown once, downloaded, and works at once', async () => {
  await portal.createPerson({ name: 'cora', policies: { CREATE_OWN_KEYS } })
  const page = await portal.openAs('cora', HOME)
  await accessKeys(page).create.click()
  const wizard = createAccessKeyPage(page)
  await wizard.makeKey({ description: 'build server' })
  await page.getByText('This is the only time that the secret can be seen').waitFor()
  const masked = await wizard.secret()
  expect(masked).toMatch(/^\*+$/)
  await wizard.show.click()
  const [id, secret] = [await wizard.keyId(), await wizard.secret()]
  expect(secret).toMatch(/^[A-Za-z0-9/+]{40}$/)
  await expectAccessible(page)
  await wizard.hide.click()
  await expect.poll(async () => await wizard.secret()).toBe(masked)
  expect(await wizard.download()).toEqual({
    name: 'cora_accessKeys.csv',
    text: `Access key ID,Secret access key\n${id},${secret}`,
  })
  await wizard.done.click()
  await accessKeys(page).has(id, 'Active')
  await accessKeys(page).has(id, 'build server')
  expect(await portal.callerOf(id, secret)).toMatch(/:user\/cora$/)
  const { user } = await portal.asRoot('{ user(name: "cora") { tags { key value } } }')
  expect(user).toEqual({ tags: [{ key: id, value: 'build server' }] })
})

test('C15: after Done the secret is in no page, address, history, store or later answer', async () => {
  await portal.createPerson({ name: 'dora', policies: { CREATE_OWN_KEYS } })
  const page = await portal.openAs('dora', HOME)
  await accessKeys(page).create.click()
  const wizard = createAccessKeyPage(page)
  await wizard.makeKey()
  await wizard.show.click()
  const secret = await wizard.secret()
  const answers = recordAnswers(page)
  await wizard.done.click()
  await shell(page).isAt(TITLE)
  await expectForgotten(page, secret, answers, () => shell(page).isAt(TITLE))
  await expect.poll(async () => await accessKeys(page).ids()).toHaveLength(1)
})

test('C11: the button is disabled at two keys, whatever their state, and says why', async () => {
  await portal.createPerson({ name: 'emil', policies: { CREATE_OWN_KEYS } })
  await portal.createKey('emil')
  await portal.createKey('emil')
  const page = await portal.openAs('emil', HOME)
  const keys = accessKeys(page)
  await expect.poll(async () => await keys.ids()).toHaveLength(2)
  await expect.poll(async () => await keys.create.isDisabled()).toBe(true)
  await keys.create.hover()
  await page.getByText('There are 2 access keys already').filter({ visible: true }).first().waitFor()
  await expectAccessible(page)
})

test('C11: a third key that is forced is refused with LimitExceeded', async () => {
  await portal.createPerson({ name: 'fay', policies: { CREATE_OWN_KEYS } })
  await portal.createKey('fay')
  await portal.createKey('fay')
  const page = await portal.openAs('fay', CREATE)
  const wizard = createAccessKeyPage(page)
  await wizard.useCase('Other').check()
  await wizard.next.click()
  await wizard.create.click()
  await page.getByText('Cannot exceed quota for AccessKeysPerUser: 2').waitFor()
  await page.getByText('LimitExceeded').waitFor()
})

test('C5: who may only create keys cannot change them, and learns which permission is missing', async () => {
  await portal.createPerson({ name: 'gus', policies: { CREATE_OWN_KEYS } })
  const { accessKeyId: id } = await portal.createKey('gus')
  const page = await portal.openAs('gus', HOME)
  const keys = accessKeys(page)
  await keys.has(id, 'Not allowed to know')
  await keys.openActions(id)
  const deactivate = page.getByRole('menuitem', { name: 'Deactivate' })
  await expect.poll(async () => await deactivate.getAttribute('aria-disabled')).toBe('true')
  await deactivate.hover()
  await page.getByText('You need permission for iam:UpdateAccessKey.').filter({ visible: true }).first().waitFor()
})

test('C5: without iam:TagUser everything works but the description', async () => {
  await portal.createPerson({ name: 'bob', policies: { CREATE_OWN_KEYS_WITHOUT_TAGS } })
  const page = await portal.openAs('bob', CREATE)
  const wizard = createAccessKeyPage(page)
  await wizard.useCase('Other').check()
  await wizard.next.click()
  await page.getByText('You need permission for iam:TagUser.').waitFor()
  await expect.poll(async () => await wizard.description.isDisabled()).toBe(true)
  await wizard.create.click()
  await shell(page).isAt('Retrieve access key')
})

test('C15: leaving without Done asks first, and what was left holds no secret', async () => {
  await portal.createPerson({ name: 'erin', policies: { MANAGE_OWN_KEYS } })
  const page = await portal.openAs('erin', CREATE)
  const wizard = createAccessKeyPage(page)
  await wizard.makeKey()
  await wizard.show.click()
  const secret = await wizard.secret()
  const toCredentials = page.getByRole('navigation', { name: 'Breadcrumbs' }).getByRole('link', { name: TITLE })
  await toCredentials.click()
  await page.getByRole('dialog', { name: 'Leave without the secret?' }).waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Stay' }).click()
  await expect.poll(async () => await wizard.secret()).toBe(secret)
  await toCredentials.click()
  await page.getByRole('button', { name: 'Leave' }).click()
  await shell(page).isAt(TITLE)
  await page.goBack()
  await page.getByRole('heading', { level: 1 }).waitFor()
  await expect.poll(async () => await page.content()).not.toContain(secret)
})

test('C6, C18, C19, C33 to C38: a key is rotated without leaving the page', async () => {
  await portal.createPerson({ name: 'carol', policies: { MANAGE_OWN_KEYS } })
  const old = await portal.createKey('carol', 'old')
  const page = await portal.openAs('carol', HOME)
  const keys = accessKeys(page)
  await keys.has(old.accessKeyId, 'Never')

  await keys.create.click()
  const wizard = createAccessKeyPage(page)
  await wizard.makeKey({ description: 'new' })
  await wizard.show.click()
  const made = { id: await wizard.keyId(), secret: await wizard.secret() }
  await wizard.done.click()
  expect((await keys.ids()).toSorted()).toEqual([old.accessKeyId, made.id].toSorted())

  await keys.choose(old.accessKeyId, 'Deactivate')
  await page.getByText('Requests with this key fail at once.').waitFor()
  await expectAccessible(page)
  await keys.confirm('Deactivate')
  await keys.has(old.accessKeyId, 'Inactive')
  expect(await portal.callerOf(old.accessKeyId, old.secretAccessKey)).toBe('InvalidClientTokenId')
  expect(await portal.callerOf(made.id, made.secret)).toMatch(/:user\/carol$/)
  await expect.poll(async () => await keys.create.isDisabled()).toBe(true)

  await keys.choose(old.accessKeyId, 'Activate')
  await page.getByText(`Access key ${old.accessKeyId} is active.`).waitFor()
  expect(await portal.callerOf(old.accessKeyId, old.secretAccessKey)).toMatch(/:user\/carol$/)
})

test('C22, C35: a key tells its age, and when, for what and from where it was last used', async () => {
  await portal.createPerson({ name: 'hugo', policies: { MANAGE_OWN_KEYS } })
  const { accessKeyId: id, secretAccessKey: secret } = await portal.createKey('hugo')
  await portal.callerOf(id, secret)
  await portal.served.application.lastUsed.flush()
  const page = await portal.openAs('hugo', HOME)
  const keys = accessKeys(page)
  for (const text of ['0 days', 'iam', 'us-east-1', 'viewer', '127.0.0.1']) await keys.has(id, text)
  await expectAccessible(page)
})

test('C20: deleting makes deactivate first, shows the last use, and wants the id typed', async () => {
  await portal.createPerson({ name: 'ines', policies: { MANAGE_OWN_KEYS } })
  const { accessKeyId: id, secretAccessKey: secret } = await portal.createKey('ines')
  await portal.callerOf(id, secret)
  await portal.served.application.lastUsed.flush()
  const page = await portal.openAs('ines', HOME)
  const keys = accessKeys(page)
  await keys.choose(id, 'Delete')
  const { dialog } = keys
  const confirmation = dialog.getByRole('textbox')
  const remove = dialog.getByRole('button', { name: 'Delete', exact: true })
  await dialog.getByText('Last used from').waitFor()
  await expect.poll(() => Promise.all([remove.isDisabled(), confirmation.isDisabled()])).toEqual([true, true])
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Deactivate' }).click()
  await keys.has(id, 'Inactive')
  await confirmation.fill(`${id}X`)
  await expect.poll(async () => await remove.isDisabled()).toBe(true)
  await confirmation.fill(id)
  await remove.click()
  await page.getByText(`Access key ${id} is deleted.`).waitFor()
  await expect.poll(async () => await keys.ids()).not.toContain(id)
})

test('C13: a description is edited where it is shown', async () => {
  await portal.createPerson({ name: 'jack', policies: { MANAGE_OWN_KEYS } })
  const { accessKeyId: id } = await portal.createKey('jack')
  const page = await portal.openAs('jack', HOME)
  const keys = accessKeys(page)
  await keys.choose(id, 'Edit description')
  await keys.dialog.getByRole('textbox').fill('mail relay')
  await keys.confirm('Save')
  await keys.has(id, 'mail relay')
})

test('C39: the root user is told to have no keys, and its file has another name', async () => {
  const page = await portal.openAs('root', HOME)
  await page.getByText('The root user should have no access keys.').waitFor()
  await accessKeys(page).create.click()
  const wizard = createAccessKeyPage(page)
  await wizard.makeKey()
  expect((await wizard.download()).name).toBe('rootkey.csv')
  await wizard.done.click()
  await expect.poll(async () => await accessKeys(page).ids()).toHaveLength(1)
})

test('a denial names who may not do what to which thing', async () => {
  await portal.createPerson({ name: 'dave', policies: { MANAGE_OWN_KEYS } })
  const { accessKeyId: id } = await portal.createKey('dave')
  const page = await portal.openAs('dave', HOME)
  const keys = accessKeys(page)
  await keys.choose(id, 'Deactivate')
  await portal.asRoot(
    'mutation { deleteUserPolicy(input: { userName: "dave", policyName: "MANAGE_OWN_KEYS" }) { __typename } }',
  )
  await keys.confirm('Deactivate')
  await keys.dialog.getByText('You do not have permission').waitFor()
  const arn = `arn:aws:iam::123456789012:user/dave`
  await expect.poll(async () => await keys.dialog.getByText(arn).count()).toBe(2)
  await keys.dialog.getByText('iam:UpdateAccessKey').waitFor()
  await expectAccessible(page)
})

test('C45: what needs MFA is possible after stepping up, without signing in again', async () => {
  await portal.createPerson({ name: 'frank', policies: { CHANGE_OWN_KEYS_WITH_MFA } })
  const page = await portal.openAs('frank', HOME)
  const device = await portal.enableMfa('frank')
  const keys = accessKeys(page)
  await expect.poll(async () => await keys.create.isDisabled()).toBe(true)
  await keys.create.hover()
  await page
    .getByText('iam:CreateAccessKey is allowed only after you sign in with MFA.')
    .filter({ visible: true })
    .first()
    .waitFor()
  await page.goto(CREATE)
  const wizard = createAccessKeyPage(page)
  await wizard.useCase('Other').check()
  await wizard.next.click()
  await wizard.create.click()
  await page.getByRole('button', { name: 'Confirm with MFA' }).click()
  const dialog = page.getByRole('dialog', { name: 'Confirm with MFA' })
  await dialog.getByRole('textbox', { name: 'MFA code' }).fill('000000')
  await dialog.getByRole('button', { name: 'Confirm' }).click()
  await dialog.getByText('The code is not valid.').waitFor()
  await expectAccessible(page)
  await dialog.getByRole('textbox', { name: 'MFA code' }).fill(device.code())
  await dialog.getByRole('button', { name: 'Confirm' }).click()
  await shell(page).isAt('Retrieve access key')
})
